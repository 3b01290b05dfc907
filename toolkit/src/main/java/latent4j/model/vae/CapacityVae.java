package latent4j.model.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import latent4j.model.Elbo;
import latent4j.model.ModifiedVae;
import latent4j.model.Schedule;
import latent4j.model.Step;
import latent4j.model.VariationalAutoencoder;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;

/**
 * The β-VAE with annealed capacity (Burgess et al. 2018, equation 8): minimises −E log p(x|z) + γ·|KL(q(z|x) ‖ p(z)) − C|
 * in nats per example, where C rises while the model trains, so that the codes take up one factor of variation after the other.
 *
 * @param gamma γ ≥ 0; 1,000 in the paper
 * @param capacity C at its greatest, in nats, ≥ 0; 25 in the paper
 * @param rise what share of the capacity there is by time
 */
public record CapacityVae(VariationalAutoencoder vae, double gamma, double capacity, Schedule rise)
        implements ModifiedVae {

    public CapacityVae {
        Require.notNegative("gamma", gamma);
        Require.notNegative("capacity", capacity);
    }

    /** The capacity rises in a straight line over the whole training. */
    public static CapacityVae of(VariationalAutoencoder vae, double gamma, double capacity) {
        return new CapacityVae(vae, gamma, capacity, Schedule.linearRise());
    }

    /** A small one, for tests. */
    public static CapacityVae small(Shape shape) {
        return of(Vae.small(shape), 10, 3);
    }

    @Override
    public NDArray loss(Elbo elbo, Step step) {
        var kernels = Kernels.current();
        var distance =
                kernels.affine(elbo.kl(), 1, -capacity * step.factor(rise)).abs();
        return vae.loss(elbo.withKl(kernels.affine(distance, gamma, 0)), step);
    }

    @Override
    public String lossName() {
        return "reconstruction + γ·|KL − C|";
    }
}
