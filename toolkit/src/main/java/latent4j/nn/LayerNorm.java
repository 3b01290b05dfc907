package latent4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.tensor.Kernels;
import latent4j.tensor.Mode;

/**
 * Layer normalisation (Ba et al. 2016, equations 3 and 4): γ·(x − μ)/√(σ² + 10⁻⁵) + β, where μ and σ² are the mean and the
 * variance over all values of one example, and γ and β have one example's shape. The same in training and in use.
 */
public record LayerNorm() implements Layer {

    @Override
    public List<Weight> weights(Shape input, Initialisation initialisation) {
        return List.of(
                Weight.trainable("scale", input, initialisation.scale()),
                Weight.trainable("shift", input, new Start.Constant(0)));
    }

    @Override
    public void write(ForwardText text, Shape input) {
        text.result("torch.layer_norm(" + text.input() + ", " + ForwardText.sizes(input) + ", " + text.weight() + ", "
                + text.weight() + ", 1e-05, False)");
    }

    @Override
    public NDArray apply(Kernels kernels, NDArray x, List<NDArray> weights, Mode mode) {
        return InstanceNorm.normalised(kernels, x.reshape(x.getShape().get(0), -1))
                .reshape(x.getShape())
                .mul(weights.get(0))
                .add(weights.get(1));
    }
}
