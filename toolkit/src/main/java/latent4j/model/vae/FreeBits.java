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
 * Free bits for any VAE (Kingma et al. 2016, the objective with free bits, each dimension a group of its own): in place of the KL term stands
 * Σ_j max(λ, KL_j), where KL_j is the mean over the batch of what dimension j adds to it. A dimension pays nothing for its
 * first λ nats, so that none is given up. A prior that is no product over dimensions makes one group of all.
 *
 * @param nats λ ≥ 0, in nats a dimension
 */
public record FreeBits(VariationalAutoencoder vae, double nats) implements ModifiedVae {

    public FreeBits {
        Require.notNegative("nats", nats);
    }

    /** A small one, for tests. */
    public static FreeBits small(Shape shape) {
        return new FreeBits(Vae.small(shape), 0.25);
    }

    @Override
    public NDArray loss(Elbo elbo, Step step) {
        var kernels = Kernels.current();
        var paid = kernels.relu(kernels.affine(elbo.klByDimension(), 1, -nats));
        return vae.loss(elbo.withKl(kernels.affine(paid, 1, nats).sum()), step);
    }

    @Override
    public String lossName() {
        return vae.lossName() + " with free bits";
    }
}
