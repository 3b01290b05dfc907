package latent4j.model.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import latent4j.loss.Covariance;
import latent4j.model.Elbo;
import latent4j.model.ModifiedVae;
import latent4j.model.Step;
import latent4j.model.VariationalAutoencoder;
import latent4j.tensor.Require;

/**
 * DIP-VAE-II (Kumar et al. 2018, equation 7): minimises −ELBO + λ_od Σ_{i≠j} C_ij² + λ_d Σ_i (C_ii − 1)², where C = Cov[z] =
 * Cov[μ(x)] + E[Σ(x)] is the covariance of the codes over the batch. {@link DipVae} takes that of the means.
 *
 * @param offDiagonal λ_od ≥ 0
 * @param diagonal λ_d ≥ 0; λ_od in the paper
 */
public record DipVaeII(VariationalAutoencoder vae, double offDiagonal, double diagonal) implements ModifiedVae {

    public DipVaeII {
        Require.notNegative("offDiagonal", offDiagonal);
        Require.notNegative("diagonal", diagonal);
    }

    /** A small one, for tests. */
    public static DipVaeII small(Shape shape) {
        return new DipVaeII(Vae.small(shape), 1, 1);
    }

    @Override
    public NDArray loss(Elbo elbo, Step step) {
        var covariance = Covariance.ofCodes(elbo.posterior());
        return vae.loss(elbo, step).add(Covariance.distanceFromIdentity(covariance, offDiagonal, diagonal));
    }

    @Override
    public String lossName() {
        return vae.lossName() + " + DIP-II";
    }
}
