package latent4j.model.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import latent4j.loss.MaximumMeanDiscrepancy;
import latent4j.model.Elbo;
import latent4j.model.ModifiedVae;
import latent4j.model.Step;
import latent4j.model.VariationalAutoencoder;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;

/**
 * InfoVAE with the MMD (Zhao et al. 2019, equation 6): minimises −E log p(x|z) + (1 − α)·KL(q(z|x) ‖ p(z)) + (α + λ −
 * 1)·MMD²(q(z), p(z)), nats per example but for the last, which has no unit. The kernel is exp(−‖z − z'‖²/d), as in the
 * authors' code. α = 1 is the MMD-VAE, which is a {@link Wae} with a Gaussian encoder: then nothing keeps the codes from
 * telling all about the record. The prior must be N(0, I).
 *
 * @param alpha α ≤ 1, how much of the mutual information of x and z is not paid for
 * @param lambda λ ≥ 1 − α, the weight of the aggregated posterior's distance from the prior
 */
public record InfoVae(VariationalAutoencoder vae, double alpha, double lambda) implements ModifiedVae {

    public InfoVae {
        Require.finite("alpha", alpha);
        Require.notNegative("1 - alpha", 1 - alpha);
        Require.notNegative("alpha + lambda - 1", alpha + lambda - 1);
    }

    /** A small one, for tests. */
    public static InfoVae small(Shape shape) {
        return new InfoVae(Vae.small(shape), 0.5, 10);
    }

    @Override
    public NDArray loss(Elbo elbo, Step step) {
        var kernels = Kernels.current();
        double width = Math.sqrt(latent() / 2.0);
        var distance = MaximumMeanDiscrepancy.gaussian(elbo.z(), step.normal(latent()), width);
        return vae.loss(elbo.withKl(kernels.affine(elbo.kl(), 1 - alpha, 0)), step)
                .add(kernels.affine(distance, alpha + lambda - 1, 0));
    }

    @Override
    public String lossName() {
        return "reconstruction + (1 − α)·KL + (α + λ − 1)·MMD²";
    }
}
