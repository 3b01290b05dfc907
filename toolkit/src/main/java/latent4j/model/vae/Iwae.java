package latent4j.model.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import latent4j.loss.ImportanceWeights;
import latent4j.model.Elbo;
import latent4j.model.ModifiedVae;
import latent4j.model.Step;
import latent4j.model.VariationalAutoencoder;
import latent4j.tensor.Require;

/**
 * The importance weighted autoencoder (Burda et al. 2016, equation 8): minimises −log 1/k Σ_i p(x|z_i)·p(z_i)/q(z_i|x), with
 * k codes from q(z|x), in nats per example. The bound rises with k; k = 1 is the VAE with the KL term estimated by the sample.
 * The gradient is that of the bound itself, which weighs each sample by its share of Σ w.
 *
 * @param vae its bound is replaced, so that what it minimises otherwise plays no part
 * @param samples k ≥ 1
 */
public record Iwae(VariationalAutoencoder vae, int samples) implements ModifiedVae {

    public Iwae {
        Require.atLeast("samples", 1, samples);
    }

    /** A small one, for tests. */
    public static Iwae small(Shape shape) {
        return new Iwae(Vae.small(shape), 5);
    }

    /** The parts of the bound where each record stands k times, one after the other, each time with a code of its own. */
    @Override
    public Elbo elbo(Step step) {
        var posterior = vae.posterior(step).repeated(samples);
        var noise = step.normal(samples, latent()).reshape(posterior.mean().getShape());
        var many = step.repeated(samples);
        return vae.elbo(many.data(), posterior, posterior.sample(noise), many);
    }

    @Override
    public NDArray loss(Elbo elbo, Step step) {
        var logWeights = elbo.logLikelihood()
                .add(vae.logPrior(elbo.z(), step))
                .sub(elbo.posterior().logDensity(elbo.z()));
        return ImportanceWeights.bound(logWeights.reshape(-1, samples)).mean().neg();
    }

    @Override
    public String lossName() {
        return "negative bound by k samples";
    }
}
