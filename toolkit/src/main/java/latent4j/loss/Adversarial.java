package latent4j.loss;

import ai.djl.ndarray.NDArray;
import latent4j.tensor.Kernels;

/**
 * The losses of two players. Scores are logits, [batch] or [batch, 1]: D(x) = σ(score). Results are means
 * over the batch, in nats; the reference is Goodfellow et al. 2014.
 */
public final class Adversarial {

    private Adversarial() {}

    /**
     * −log D(x) − log(1 − D(G(z))), equation (1) as the discriminator minimises it; log 4 where it cannot tell.
     *
     * @param real scores of data
     * @param fake scores of samples
     */
    public static NDArray discriminator(NDArray real, NDArray fake) {
        var kernels = Kernels.current();
        return kernels.softplus(real.neg()).mean().add(kernels.softplus(fake).mean());
    }

    /**
     * E f(G(z)) − E f(x): what a critic f minimises whose slope is bounded by 1, so that the loss is minus the Wasserstein-1
     * distance at the optimum, in the data's unit (Arjovsky et al. 2017, equation 2). Scores are no logits here.
     *
     * @param real scores of data
     * @param fake scores of samples
     */
    public static NDArray wassersteinCritic(NDArray real, NDArray fake) {
        return fake.mean().sub(real.mean());
    }

    /** −E f(G(z)): what the generator minimises against a critic f (Arjovsky et al. 2017, equation 4 and algorithm 1). */
    public static NDArray wassersteinGenerator(NDArray fake) {
        return fake.mean().neg();
    }

    /** −log D(G(z)): the non-saturating generator loss, section 3. */
    public static NDArray nonSaturating(NDArray fake) {
        return Kernels.current().softplus(fake.neg()).mean();
    }

    /** log(1 − D(G(z))): the generator's side of equation (1), whose gradient vanishes where D is sure. */
    public static NDArray minimax(NDArray fake) {
        return Kernels.current().softplus(fake).mean().neg();
    }
}
