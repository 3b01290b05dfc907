package latent4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.tensor.Kernels;
import latent4j.tensor.Mode;
import latent4j.tensor.Require;

/** factor·x + shift with fixed numbers, such as the step from [−1, 1] to [0, 1]. */
public record Affine(double factor, double shift) implements Layer {

    public Affine {
        Require.finite("factor", factor);
        Require.finite("shift", shift);
    }

    @Override
    public void write(ForwardText text, Shape input) {
        text.result("torch.add(torch.mul(" + text.input() + ", " + factor + "), " + shift + ")");
    }

    @Override
    public NDArray apply(Kernels kernels, NDArray x, List<NDArray> weights, Mode mode) {
        return kernels.affine(x, factor, shift);
    }
}
