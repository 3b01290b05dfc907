package latent4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.tensor.Kernels;
import latent4j.tensor.Mode;
import latent4j.tensor.Require;

/**
 * How close an example lies to the others of its batch, as further features (Salimans et al. 2016, section 3.2): with M =
 * x·T, a matrix of {@code features} rows for each example, o(xᵢ)_b = Σⱼ exp(−‖M_{i,b} − M_{j,b}‖₁) over all examples j,
 * i too; x: [batch, d], y: [batch, d + features]. Over the batch that is at hand, also in use.
 *
 * @param features B, how many features are added, ≥ 1
 * @param dimensions C, of the space in which each of them measures distances, ≥ 1
 */
public record MinibatchDiscrimination(int features, int dimensions) implements Layer {

    public MinibatchDiscrimination {
        Require.atLeast("features", 1, features);
        Require.atLeast("dimensions", 1, dimensions);
    }

    @Override
    public Shape output(Shape input) {
        Checks.vector("MinibatchDiscrimination", input);
        return new Shape(input.get(0) + features);
    }

    @Override
    public List<Weight> weights(Shape input, Initialisation initialisation) {
        int inputs = (int) input.get(0);
        return List.of(Weight.trainable(
                "weight",
                new Shape(inputs, (long) features * dimensions),
                initialisation.weight(inputs, features * dimensions)));
    }

    @Override
    public boolean mixesExamples() {
        return true;
    }

    @Override
    public void write(ForwardText text, Shape input) {
        var x = text.input();
        var m = text.value("torch.reshape(torch.matmul(" + x + ", " + text.weight() + "), [-1, " + features + ", "
                + dimensions + "])");
        var distances = text.value(
                "torch.sum(torch.abs(torch.sub(torch.unsqueeze(" + m + ", 0), torch.unsqueeze(" + m + ", 1))), [3])");
        text.result("torch.cat([" + x + ", torch.sum(torch.exp(torch.neg(" + distances + ")), [0])], 1)");
    }

    @Override
    public NDArray apply(Kernels kernels, NDArray x, List<NDArray> weights, Mode mode) {
        long batch = x.getShape().get(0);
        var m = x.matMul(weights.get(0));
        var distances = m.reshape(1, batch, features, dimensions)
                .sub(m.reshape(batch, 1, features, dimensions))
                .abs()
                .sum(new int[] {3});
        return x.concat(distances.neg().exp().sum(new int[] {0}), 1);
    }
}
