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
 * @param reconstruction −E log p(x|z), nats per example: sum over dimensions, mean over the batch
 * @param kl KL(q(z|x) ‖ p(z)), nats per example
 */
public record Elbo(NDArray x, Gaussian posterior, NDArray z, NDArray output, NDArray reconstruction, NDArray kl) {

    /** −ELBO = reconstruction + KL, an upper bound of −log p(x) on average, in nats per example. */
    public NDArray negative() {
        return reconstruction.add(kl);
    }
}
