package latent4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.tensor.Kernels;
import latent4j.tensor.Mode;

/**
 * Instance normalisation (Ulyanov et al. 2016): (x − μ)/√(σ² + 10⁻⁵), where μ and σ² are the mean and the variance
 * of one channel of one image over height and width. It has no weights, and does the same in training and in use;
 * x: [batch, c, h, w].
 */
public record InstanceNorm() implements Layer {

    private static final double EPSILON = 1e-5;

    @Override
    public Shape output(Shape input) {
        Checks.image("InstanceNorm", input);
        if (input.get(1) * input.get(2) == 1) {
            throw new IllegalArgumentException("InstanceNorm takes images of more than one pixel, got shape " + input
                    + ": it would leave only zeros");
        }
        return input;
    }

    @Override
    public void write(ForwardText text, Shape input) {
        text.result(
                "torch.instance_norm(" + text.input() + ", None, None, None, None, True, 0.1, " + EPSILON + ", False)");
    }

    @Override
    public NDArray apply(Kernels kernels, NDArray x, List<NDArray> weights, Mode mode) {
        return normalised(kernels, x.reshape(x.getShape().get(0), x.getShape().get(1), -1))
                .reshape(x.getShape());
    }

    /** (x − μ)/√(σ² + 10⁻⁵) along the last axis. */
    static NDArray normalised(Kernels kernels, NDArray x) {
        int[] last = {x.getShape().dimension() - 1};
        var centred = x.sub(x.mean(last, true));
        return centred.div(
                kernels.affine(centred.square().mean(last, true), 1, EPSILON).sqrt());
    }
}
