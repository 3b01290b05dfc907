package latent4j.model.vae;

import ai.djl.ndarray.types.Shape;
import latent4j.loss.Bernoulli;
import latent4j.loss.Likelihood;
import latent4j.model.CodeDensity;
import latent4j.model.DeterministicAutoencoder;
import latent4j.nn.Net;
import latent4j.nn.Nets;
import latent4j.tensor.Require;

/**
 * The plain autoencoder (Hinton and Salakhutdinov 2006, with their cross-entropy for a Bernoulli likelihood): minimises
 * −log p(x|E(x)) in nats per example. Its codes have no prior; draws come from a density fitted to them.
 *
 * @param density what draws come from; it does not change what the autoencoder learns
 */
public record Ae(Net encoder, Net decoder, Likelihood likelihood, CodeDensity density)
        implements DeterministicAutoencoder {

    /** How many Gaussians the density of codes mixes (Ghosh et al. 2020, section 5). */
    private static final int COMPONENTS = 10;

    /** One hidden layer of 400 on each side, Bernoulli likelihood. */
    public static Ae mlp(Shape shape, int latent) {
        Require.atLeast("latent", 1, latent);
        return of(Nets.mlp("encoder", shape, latent, 400), Nets.mlpDecoder("decoder", latent, shape, 400));
    }

    /** Convolutions of 32 and 64 channels and a dense layer of 256 on each side, Bernoulli likelihood. */
    public static Ae convolutional(Shape image, int latent) {
        Require.atLeast("latent", 1, latent);
        return of(
                Nets.convolutional("encoder", image, latent, 256, 32, 64),
                Nets.convolutionalDecoder("decoder", latent, image, 256, 32, 64));
    }

    /** A small one, for tests. */
    public static Ae small(Shape shape) {
        return of(Nets.mlp("encoder", shape, 2, 16), Nets.mlpDecoder("decoder", 2, shape, 16));
    }

    private static Ae of(Net encoder, Net decoder) {
        int latent = (int) decoder.input().size();
        return new Ae(encoder, decoder, new Bernoulli(), CodeDensity.mixture(COMPONENTS, latent));
    }
}
