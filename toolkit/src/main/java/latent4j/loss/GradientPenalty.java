package latent4j.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import latent4j.tensor.Kernels;

/**
 * Penalties on a critic's slope: near 1 where the generator learns from it (Gulrajani et al. 2017, equation 3), or near 0 at
 * the data (Mescheder et al. 2018, equation 9). No unit.
 */
public final class GradientPenalty {

    private GradientPenalty() {}

    /**
     * E[(‖∇D(x̂)‖₂ − 1)²]: the norm is each example's own, the mean is over the batch. Its gradient with respect to the
     * critic's weights is exact.
     *
     * @param critic from [batch, shape…] to [batch] or [batch, 1], which must not mix examples
     * @param points x̂, see {@link #between}: [batch, shape…]
     */
    public static NDArray of(UnaryOperator<NDArray> critic, NDArray points) {
        var kernels = Kernels.current();
        return kernels.affine(kernels.gradientNorm(critic, points), 1, -1)
                .square()
                .mean();
    }

    /**
     * x̂ = ε·x + (1 − ε)·x̃ with one ε for each pair (algorithm 1, line 6).
     *
     * @param real x, [batch, shape…]
     * @param fake x̃, [batch, shape…]
     * @param epsilon uniform on [0, 1], [batch]
     */
    public static NDArray between(NDArray real, NDArray fake, NDArray epsilon) {
        var shape = real.getShape();
        if (!fake.getShape().equals(shape) || !epsilon.getShape().equals(new Shape(shape.get(0)))) {
            throw new IllegalArgumentException(
                    "expected data and samples of one shape [batch, …] and ε of shape [batch]," + " got " + shape + ", "
                            + fake.getShape() + " and " + epsilon.getShape());
        }
        var ones = new long[shape.dimension() - 1];
        Arrays.fill(ones, 1);
        var share = epsilon.reshape(new Shape(shape.get(0)).addAll(new Shape(ones)));
        return fake.add(real.sub(fake).mul(share));
    }

    /**
     * E[‖∇D(x)‖₂²] (Mescheder et al. 2018, equation 9, without its factor γ/2): the squared norm is each example's own, the mean
     * is over the batch.
     *
     * @param critic from [batch, shape…] to [batch] or [batch, 1], which must not mix examples
     * @param points x, [batch, shape…]
     */
    public static NDArray towardsZero(UnaryOperator<NDArray> critic, NDArray points) {
        return Kernels.current().gradientNorm(critic, points).square().mean();
    }

    /**
     * x + δ with δ ~ N(0, c·I) (Kodali et al. 2017, section 2.3), where √c is half the standard deviation of all of the batch's
     * values, as in the authors' code.
     *
     * @param real x, [batch, shape…]
     * @param noise standard normal, [batch, shape…]
     */
    public static NDArray around(NDArray real, NDArray noise) {
        var deviation = real.sub(real.mean()).square().mean().sqrt();
        return real.add(Kernels.current().affine(noise, 0.5, 0).mul(deviation));
    }
}
