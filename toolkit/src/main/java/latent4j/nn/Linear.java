package latent4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.tensor.Kernels;
import latent4j.tensor.Mode;
import latent4j.tensor.Require;

/**
 * y = x Wᵀ + b; x: [batch, d], y: [batch, units].
 *
 * @param units how many outputs
 */
public record Linear(int units) implements Layer {

    public Linear {
        Require.atLeast("units", 1, units);
    }

    @Override
    public Shape output(Shape input) {
        Checks.vector("Linear", input);
        return new Shape(units);
    }

    @Override
    public List<Weight> weights(Shape input, Initialisation initialisation) {
        int inputs = (int) input.get(0);
        return List.of(
                Weight.trainable("weight", new Shape(units, inputs), initialisation.weight(inputs)),
                Weight.trainable("bias", new Shape(units), initialisation.bias(inputs)));
    }

    @Override
    public void write(ForwardText text, Shape input) {
        text.product("torch.linear", "");
    }

    @Override
    public NDArray apply(Kernels kernels, NDArray x, List<NDArray> weights, Mode mode) {
        return kernels.linear(x, weights.get(0), weights.get(1));
    }
}
