package latent4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.tensor.Kernels;
import latent4j.tensor.Mode;
import latent4j.tensor.Require;

/**
 * max(x, slope·x).
 *
 * @param slope what is left of negative values, in [0, 1)
 */
public record LeakyRelu(double slope) implements Layer {

    public LeakyRelu {
        Require.belowOne("slope", slope);
    }

    @Override
    public void write(ForwardText text, Shape input) {
        text.kinked("torch.leaky_relu_backward", slope + ", False");
    }

    @Override
    public NDArray apply(Kernels kernels, NDArray x, List<NDArray> weights, Mode mode) {
        return kernels.leakyRelu(x, slope);
    }
}
