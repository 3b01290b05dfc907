package latent4j.model;

import ai.djl.ndarray.NDArray;
import latent4j.data.Samples;
import latent4j.loss.Gaussian;
import latent4j.nn.Net;
import latent4j.nn.Nets;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;

/**
 * A mixture of Gaussians over codes, p(z) = Σ_k π_k N(z; μ_k, diag σ_k²), from which a model draws whose codes have no prior
 * of their own (Ghosh et al. 2020, section 4, «ex-post density estimation»). It is fitted by the likelihood of the codes
 * while the model trains, moves nothing of the model, and is saved with it.
 *
 * @param net the mixture's numbers: one-hot component to log-weight, means and log-variances, [k] to [1 + 2·latent]
 */
public record CodeDensity(Net net) {

    private static final double SCALE = 0.5; // codes lie units apart

    /**
     * A mixture of so many components.
     *
     * @param components ≥ 1
     * @param latent how many dimensions a code has
     */
    public static CodeDensity mixture(int components, int latent) {
        Require.atLeast("components", 1, components);
        return new CodeDensity(Nets.table("density of codes", components, 1 + 2 * latent, SCALE));
    }

    /**
     * What moves the mixture, and nothing else: −log p(z) of codes that are cut off from what made them.
     *
     * @param codes z: [batch, latent]
     * @return nats per code: sum over dimensions, mean over the batch
     */
    public NDArray loss(NDArray codes) {
        return logDensity(Tape.stopped(codes)).mean().neg();
    }

    /**
     * log p(z).
     *
     * @param codes z: [batch, latent]
     * @return [batch], nats
     */
    public NDArray logDensity(NDArray codes) {
        var kernels = Kernels.current();
        var numbers = numbers();
        var logWeights = logWeights(numbers);
        var joint = components(numbers).logDensities(codes).add(logWeights);
        return kernels.logSumExp(joint).sub(kernels.logSumExp(logWeights));
    }

    /** {@code n} codes; the same seed draws the same ones. */
    public Samples draw(int n, Seed seed) {
        try (var tape = Tape.evaluation()) {
            var numbers = numbers();
            return Mixtures.draw(logWeights(numbers), components(numbers), n, seed);
        }
    }

    private NDArray logWeights(NDArray numbers) {
        return Kernels.current().columns(numbers, 0, 1).reshape(1, size());
    }

    private Gaussian components(NDArray numbers) {
        return Gaussian.of(
                Kernels.current().columns(numbers, 1, (int) net.output().size()));
    }

    /** [components, 1 + 2·latent]. */
    private NDArray numbers() {
        return net.apply(OneHot.all(size()));
    }

    private int size() {
        return (int) net.input().size();
    }
}
