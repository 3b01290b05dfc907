package latent4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.tensor.Kernels;
import latent4j.tensor.Mode;
import latent4j.tensor.Require;

/**
 * y = x Wᵀ + b, or y = x Wᵀ; x: [batch, d], y: [batch, units]. Without a bias, over one-hot or constant input, it is a free
 * parameter: its columns are what the input selects.
 *
 * @param units how many outputs, ≥ 1
 * @param bias whether b is added
 */
public record Linear(int units, boolean bias) implements Product {

    public Linear {
        Require.atLeast("units", 1, units);
    }

    /** With a bias. */
    public Linear(int units) {
        this(units, true);
    }

    @Override
    public Shape output(Shape input) {
        Checks.vector("Linear", input);
        return new Shape(units);
    }

    @Override
    public List<Weight> weights(Shape input, Initialisation initialisation) {
        int inputs = (int) input.get(0);
        var weight = Weight.trainable("weight", new Shape(units, inputs), initialisation.weight(inputs, units));
        return bias
                ? List.of(weight, Weight.trainable("bias", new Shape(units), initialisation.bias(inputs)))
                : List.of(weight);
    }

    @Override
    public void write(ForwardText text, Shape input) {
        text.product("torch.linear", bias);
    }

    @Override
    public NDArray apply(Kernels kernels, NDArray x, List<NDArray> weights, Mode mode) {
        return bias
                ? kernels.linear(x, weights.get(0), weights.get(1))
                : x.matMul(weights.get(0).transpose());
    }
}
