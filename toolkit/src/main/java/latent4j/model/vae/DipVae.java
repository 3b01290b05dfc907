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
 * DIP-VAE-I (Kumar et al. 2018, equation 6): minimises −ELBO + λ_od Σ_{i≠j} C_ij² + λ_d Σ_i (C_ii − 1)², where C = Cov[μ(x)]
 * is the covariance of the posteriors' means over the batch. {@link DipVaeII} takes the codes' covariance.
 *
 * @param offDiagonal λ_od ≥ 0
 * @param diagonal λ_d ≥ 0; 10·λ_od in the paper
 */
public record DipVae(VariationalAutoencoder vae, double offDiagonal, double diagonal) implements ModifiedVae {

    public DipVae {
        Require.notNegative("offDiagonal", offDiagonal);
        Require.notNegative("diagonal", diagonal);
    }

    /** A small one, for tests. */
    public static DipVae small(Shape shape) {
        return new DipVae(Vae.small(shape), 1, 10);
    }

    @Override
    public NDArray loss(Elbo elbo, Step step) {
        var covariance = Covariance.of(elbo.posterior().mean());
        return vae.loss(elbo, step).add(Covariance.distanceFromIdentity(covariance, offDiagonal, diagonal));
    }

    @Override
    public String lossName() {
        return vae.lossName() + " + DIP-I";
    }
}
