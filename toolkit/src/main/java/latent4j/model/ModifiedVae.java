package latent4j.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import latent4j.data.Samples;
import latent4j.loss.Gaussian;
import latent4j.loss.Likelihood;
import latent4j.nn.Net;
import latent4j.nn.Optimizer;

/**
 * A VAE that is another one with a different loss. A variant overrides {@link #loss} and {@link #lossName}; where it adds
 * to what the other VAE minimises, or hands it {@linkplain Elbo#withKl another KL term}, variants can be put around each
 * other: {@code new Annealed(new BetaTcVae(Vae.mlp(shape, 10), 6, 10_000), Schedule.constant().warmUp(5))}.
 */
public interface ModifiedVae extends VariationalAutoencoder {

    /** The VAE whose networks, likelihood, prior and bound it has. */
    VariationalAutoencoder vae();

    @Override
    NDArray loss(Elbo elbo, Step step);

    @Override
    String lossName();

    @Override
    default Net encoder() {
        return vae().encoder();
    }

    @Override
    default Net decoder() {
        return vae().decoder();
    }

    @Override
    default Likelihood likelihood() {
        return vae().likelihood();
    }

    @Override
    default Shape shape() {
        return vae().shape();
    }

    @Override
    default int latent() {
        return vae().latent();
    }

    @Override
    default Gaussian posterior(Step step) {
        return vae().posterior(step);
    }

    @Override
    default NDArray output(NDArray z, Step step) {
        return vae().output(z, step);
    }

    @Override
    default NDArray logPrior(NDArray z, Step step) {
        return vae().logPrior(z, step);
    }

    @Override
    default NDArray kl(Gaussian posterior, NDArray z, Step step) {
        return vae().kl(posterior, z, step);
    }

    @Override
    default Elbo elbo(Step step) {
        return vae().elbo(step);
    }

    @Override
    default Elbo elbo(NDArray x, Gaussian posterior, NDArray z, Step step) {
        return vae().elbo(x, posterior, z, step);
    }

    @Override
    default NDArray logWeights(Step step, int samples) {
        return vae().logWeights(step, samples);
    }

    @Override
    default List<Net> bounded() {
        return vae().bounded();
    }

    @Override
    default List<Objective> furtherObjectives() {
        return vae().furtherObjectives();
    }

    @Override
    default Optimizer optimizer() {
        return vae().optimizer();
    }

    @Override
    default Optimizer optimizer(Net net, Optional<Optimizer> named) {
        return vae().optimizer(net, named);
    }

    @Override
    default double average(Net net) {
        return vae().average(net);
    }

    @Override
    default Map<String, Double> validate(Samples heldOut, long seed) {
        return vae().validate(heldOut, seed);
    }

    @Override
    default Samples prior(int n, long seed) {
        return vae().prior(n, seed);
    }

    @Override
    default Samples draw(int n, long seed) {
        return vae().draw(n, seed);
    }

    @Override
    default Samples encode(Samples x) {
        return vae().encode(x);
    }

    @Override
    default Samples decode(Samples codes) {
        return vae().decode(codes);
    }

    @Override
    default Samples reconstruct(Samples x) {
        return vae().reconstruct(x);
    }

    @Override
    default void export(Path file) {
        vae().export(file);
    }
}
