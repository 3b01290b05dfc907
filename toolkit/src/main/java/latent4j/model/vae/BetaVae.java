package latent4j.model.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import latent4j.loss.Likelihood;
import latent4j.model.Elbo;
import latent4j.model.Step;
import latent4j.model.VariationalAutoencoder;
import latent4j.nn.Net;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;

/**
 * The β-VAE (Higgins et al. 2017, equation 4): minimises −E log p(x|z) + β·KL(q(z|x) ‖ N(0, I)) in nats per example. β =
 * 1 is the {@link Vae}; a larger β asks for simpler codes, at the price of the reconstruction.
 *
 * @param beta β ≥ 0
 */
public record BetaVae(Net encoder, Net decoder, Likelihood likelihood, double beta) implements VariationalAutoencoder {

    public BetaVae {
        Require.notNegative("beta", beta);
    }

    /** The networks and the likelihood of a VAE with another weight of the KL term. */
    public static BetaVae of(Vae vae, double beta) {
        return new BetaVae(vae.encoder(), vae.decoder(), vae.likelihood(), beta);
    }

    /** One hidden layer of 400 on each side, Bernoulli likelihood. */
    public static BetaVae mlp(Shape shape, int latent, double beta) {
        return of(Vae.mlp(shape, latent), beta);
    }

    /** Convolutions of 32 and 64 channels and a dense layer of 256 on each side, Bernoulli likelihood. */
    public static BetaVae convolutional(Shape image, int latent, double beta) {
        return of(Vae.convolutional(image, latent), beta);
    }

    /** A small one, for tests. */
    public static BetaVae small(Shape shape) {
        return of(Vae.small(shape), 4);
    }

    @Override
    public NDArray loss(Elbo elbo, Step step) {
        return elbo.reconstruction().add(Kernels.current().affine(elbo.kl(), beta, 0));
    }

    @Override
    public String lossName() {
        return "reconstruction + β·KL";
    }
}
