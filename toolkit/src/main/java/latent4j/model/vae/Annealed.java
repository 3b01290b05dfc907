package latent4j.model.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import latent4j.model.Elbo;
import latent4j.model.ModifiedVae;
import latent4j.model.Schedule;
import latent4j.model.Step;
import latent4j.model.VariationalAutoencoder;
import latent4j.tensor.Kernels;

/**
 * KL annealing for any VAE (Bowman et al. 2016, section 3.1): the KL term is multiplied by a factor that changes while the model
 * trains. {@code Schedule.constant().warmUp(10)} is the paper's warm-up, over 10 epochs; {@code Schedule.cyclical(4)} the
 * cyclical annealing of Fu et al. 2019, equation 6.
 *
 * @param schedule the factor by time
 */
public record Annealed(VariationalAutoencoder vae, Schedule schedule) implements ModifiedVae {

    /** A small one, for tests. */
    public static Annealed small(Shape shape) {
        return new Annealed(Vae.small(shape), Schedule.constant().warmUp(2));
    }

    @Override
    public NDArray loss(Elbo elbo, Step step) {
        return vae.loss(elbo.withKl(Kernels.current().affine(elbo.kl(), step.factor(schedule), 0)), step);
    }

    @Override
    public String lossName() {
        return "annealed " + vae.lossName();
    }
}
