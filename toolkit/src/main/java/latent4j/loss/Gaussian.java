package latent4j.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import latent4j.tensor.Kernels;

/**
 * A normal distribution with independent dimensions, N(mean, diag exp(logVariance)).
 *
 * @param mean [batch, d]
 * @param logVariance [batch, d]
 */
public record Gaussian(NDArray mean, NDArray logVariance) {

    /**
     * The distribution whose mean and log-variance stand side by side, as a linear layer leaves them.
     *
     * @param heads [batch, 2·d]
     */
    public static Gaussian of(NDArray heads) {
        if (heads.getShape().dimension() != 2 || heads.getShape().get(1) % 2 != 0) {
            throw new IllegalArgumentException(
                    "expected [batch, 2·d], mean and log-variance side by side, got " + heads.getShape());
        }
        var halves = Kernels.current().halves(heads);
        return new Gaussian(halves.get(0), halves.get(1));
    }

    /** N(0, I) in as many dimensions as the points have whose density is asked. */
    public static Gaussian standard() {
        var zero = Kernels.current().constant(0);
        return new Gaussian(zero, zero);
    }

    /** The reparameterised sample mean + σ·noise (Kingma and Welling 2014, section 2.4); noise: [batch, d]. */
    public NDArray sample(NDArray noise) {
        return Kernels.current().reparameterise(mean, logVariance, noise);
    }

    /**
     * KL(q ‖ N(0, I)) = ½ Σ (σ² + μ² − 1 − log σ²) (Kingma and Welling 2014, appendix B).
     *
     * @return [batch], nats: the sum over dimensions
     */
    public NDArray klToStandardNormal() {
        return Kernels.current().gaussianKl(mean, logVariance);
    }

    /** KL(q ‖ N(0, I)) by dimension: [batch, d], nats, whose sum over d is {@link #klToStandardNormal}. */
    public NDArray klByDimension() {
        var shape = mean.getShape();
        var each = new Shape(shape.size(), 1);
        return Kernels.current()
                .gaussianKl(mean.reshape(each), logVariance.reshape(each))
                .reshape(shape);
    }

    /**
     * log N(x; μ, σ²).
     *
     * @return [batch], nats: the sum over dimensions
     */
    public NDArray logDensity(NDArray x) {
        return Kernels.current().gaussianLogDensity(x, mean, logVariance);
    }
}
