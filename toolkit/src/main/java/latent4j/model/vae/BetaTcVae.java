package latent4j.model.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import latent4j.loss.TotalCorrelation;
import latent4j.model.Elbo;
import latent4j.model.ModifiedVae;
import latent4j.model.Step;
import latent4j.model.VariationalAutoencoder;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;

/**
 * The β-TC-VAE (Chen et al. 2018, equation 4 with α = γ = 1): minimises −ELBO + (β − 1)·TC in nats per example. Of the three
 * parts of the KL term, only the total correlation is weighed by β, and not what the codes tell about the record. TC is
 * estimated by {@linkplain TotalCorrelation#weighted minibatch-weighted sampling}, so that batches should be large.
 *
 * @param beta β ≥ 0
 * @param records N ≥ 1, how many records the training data have; the loss is shifted by it and moves no otherwise
 */
public record BetaTcVae(VariationalAutoencoder vae, double beta, int records) implements ModifiedVae {

    public BetaTcVae {
        Require.notNegative("beta", beta);
        Require.atLeast("records", 1, records);
    }

    /** A small one, for tests. */
    public static BetaTcVae small(Shape shape) {
        return new BetaTcVae(Vae.small(shape), 4, 256);
    }

    @Override
    public NDArray loss(Elbo elbo, Step step) {
        var correlation = TotalCorrelation.weighted(elbo.posterior(), elbo.z(), records);
        return vae.loss(elbo, step).add(Kernels.current().affine(correlation, beta - 1, 0));
    }

    @Override
    public String lossName() {
        return vae.lossName() + " + (β − 1)·TC";
    }
}
