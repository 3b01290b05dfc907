package latent4j.model.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import latent4j.model.Elbo;
import latent4j.model.ModifiedVae;
import latent4j.model.Step;
import latent4j.model.VariationalAutoencoder;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;

/**
 * The β-VAE (Higgins et al. 2017, equation 4): minimises −E log p(x|z) + β·KL(q(z|x) ‖ N(0, I)) in nats per example. β =
 * 1 is the {@link Vae}; a larger β asks for simpler codes, at the price of the reconstruction.
 *
 * @param beta β ≥ 0
 */
public record BetaVae(VariationalAutoencoder vae, double beta) implements ModifiedVae {

    public BetaVae {
        Require.notNegative("beta", beta);
    }

    /** A VAE with another weight of the KL term. */
    public static BetaVae of(VariationalAutoencoder vae, double beta) {
        return new BetaVae(vae, beta);
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
        return vae.loss(elbo.withKl(Kernels.current().affine(elbo.kl(), beta, 0)), step);
    }

    @Override
    public String lossName() {
        return "reconstruction + β·KL";
    }
}
