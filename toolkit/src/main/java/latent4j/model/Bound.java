package latent4j.model;

import ai.djl.ndarray.NDArray;

/**
 * A lower bound of log p(x) for one batch, in parts.
 *
 * @param reconstruction −E log p(x|z), nats per example: sum over dimensions, mean over the batch
 * @param kl how far q(z|x) lies from the prior, nats per example
 */
public record Bound(NDArray reconstruction, NDArray kl) {

    /** −ELBO = reconstruction + KL, in nats per example. */
    public NDArray negative() {
        return reconstruction.add(kl);
    }
}
