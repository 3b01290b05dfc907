package latent4j.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import latent4j.tensor.Arrays;
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

    /** Each example's distribution so many times, one after the other: [times·batch, d]. */
    public Gaussian repeated(int times) {
        return new Gaussian(Arrays.repeated(mean, times), Arrays.repeated(logVariance, times));
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
     * The normalised product of two densities: means weighted by precision, precisions added (Sønderby et al. 2016, equations
     * 18 and 19).
     *
     * @param other [batch, d]
     */
    public Gaussian times(Gaussian other) {
        var precision = logVariance.neg().exp();
        var otherPrecision = other.logVariance.neg().exp();
        var sum = precision.add(otherPrecision);
        var weighted = mean.mul(precision).add(other.mean.mul(otherPrecision));
        return new Gaussian(weighted.div(sum), sum.log().neg());
    }

    /**
     * KL(q ‖ p) = ½ Σ ((σ_q² + (μ_q − μ_p)²)/σ_p² − 1 + log σ_p² − log σ_q²), example by example.
     *
     * @param p [batch, d]
     * @return [batch], nats: the sum over dimensions
     */
    public NDArray klTo(Gaussian p) {
        // In units of p: KL does not change when both are shifted and scaled alike.
        var kernels = Kernels.current();
        var shifted =
                mean.sub(p.mean).mul(kernels.affine(p.logVariance, -0.5, 0).exp());
        return kernels.gaussianKl(shifted, logVariance.sub(p.logVariance));
    }

    /**
     * log N(x; μ, σ²) of every x under every one of these distributions, [k, d].
     *
     * @param x [batch, d]
     * @return [batch, k], nats: the sum over dimensions
     */
    public NDArray logDensities(NDArray x) {
        long n = x.getShape().get(0);
        long k = mean.getShape().get(0);
        long d = mean.getShape().get(1);
        var kernels = Kernels.current();
        var difference = x.reshape(n, 1, d).sub(mean.reshape(1, k, d));
        var precision = logVariance.neg().exp().reshape(1, k, d);
        var squares = difference.square().mul(precision).add(logVariance.reshape(1, k, d));
        return kernels.affine(squares.sum(new int[] {2}), -0.5, -0.5 * d * Math.log(2 * Math.PI));
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
