package latent4j.model;

import ai.djl.ndarray.NDArray;
import latent4j.loss.Gaussian;

/**
 * The evidence lower bound of one batch (Kingma and Welling 2014, equation 7, one sample of z for each x), in parts.
 *
 * @param x [batch, shape…]
 * @param posterior q(z|x)
 * @param z one sample from it, [batch, d]
 * @param output what the decoder puts out for z
 * @param logLikelihood log p(x|z), [batch], nats
 * @param klByDimension what each dimension of z adds to the KL term, the mean over the batch: [d]; [1] where the prior is no
 *     product over dimensions
 * @param reconstruction −E log p(x|z), nats per example: sum over dimensions, mean over the batch
 * @param kl KL(q(z|x) ‖ p(z)), nats per example
 */
public record Elbo(
        NDArray x,
        Gaussian posterior,
        NDArray z,
        NDArray output,
        NDArray logLikelihood,
        NDArray klByDimension,
        NDArray reconstruction,
        NDArray kl) {

    /**
     * The bound's parts from those of each example.
     *
     * @param logLikelihood log p(x|z), [batch], nats
     * @param kl KL(q(z|x) ‖ p(z)) in nats, [batch], or [batch, d] where it is a sum over dimensions
     */
    public static Elbo of(NDArray x, Gaussian posterior, NDArray z, NDArray output, NDArray logLikelihood, NDArray kl) {
        var byDimension = kl.reshape(logLikelihood.getShape().get(0), -1).mean(new int[] {0}, false);
        return new Elbo(
                x,
                posterior,
                z,
                output,
                logLikelihood,
                byDimension,
                logLikelihood.mean().neg(),
                byDimension.sum());
    }

    /** −ELBO = reconstruction + KL, an upper bound of −log p(x) on average, in nats per example. */
    public NDArray negative() {
        return reconstruction.add(kl);
    }

    /** The same with another KL term, nats per example: for a loss that weighs it otherwise. */
    public Elbo withKl(NDArray kl) {
        return new Elbo(x, posterior, z, output, logLikelihood, klByDimension, reconstruction, kl);
    }
}
