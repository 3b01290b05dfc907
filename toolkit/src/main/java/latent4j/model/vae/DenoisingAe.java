package latent4j.model.vae;

import ai.djl.ndarray.types.Shape;
import latent4j.loss.Likelihood;
import latent4j.model.CodeDensity;
import latent4j.model.Corruption;
import latent4j.model.DeterministicAutoencoder;
import latent4j.model.Step;
import latent4j.model.Terms;
import latent4j.nn.Net;

/**
 * The denoising autoencoder (Vincent et al. 2008, equation 4; 2010, section 3): minimises −log p(x|E(x̃)) in nats per example,
 * where x̃ is the record x after a corruption. It learns to undo it; codes of records and draws are those of clean ones.
 *
 * @param density what draws come from, fitted to the codes of clean records
 * @param corruption how x̃ is made of x
 */
public record DenoisingAe(Net encoder, Net decoder, Likelihood likelihood, CodeDensity density, Corruption corruption)
        implements DeterministicAutoencoder {

    /** The networks of an autoencoder that sees spoilt records. */
    public static DenoisingAe of(Ae ae, Corruption corruption) {
        return new DenoisingAe(ae.encoder(), ae.decoder(), ae.likelihood(), ae.density(), corruption);
    }

    /** One hidden layer of 400 on each side, Bernoulli likelihood. */
    public static DenoisingAe mlp(Shape shape, int latent, Corruption corruption) {
        return of(Ae.mlp(shape, latent), corruption);
    }

    /** A small one, for tests. */
    public static DenoisingAe small(Shape shape) {
        return of(Ae.small(shape), new Corruption.Masking(0.25));
    }

    @Override
    public Terms terms(Step step) {
        var spoilt = corruption.of(step.data(), step);
        return Terms.nats(reconstruction(step.data(), encoder.apply(spoilt)));
    }
}
