package latent4j.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.stream.Stream;
import latent4j.data.Samples;
import latent4j.loss.Gaussian;
import latent4j.nn.Net;
import latent4j.tensor.Seed;

/**
 * An encoder q(z|x), a decoder p(x|z) and a prior p(z), N(0, I) unless a variant says otherwise, trained together on a
 * bound. A variant overrides {@link #loss}, or what the bound is made of: {@link #posterior}, {@link #output}, and for
 * another prior {@link #logPrior}, {@link #kl} and {@link #prior}. Every one of them logs −ELBO at β = 1, by which they
 * compare. A variant that changes the loss of any VAE is a {@link ModifiedVae}.
 */
public interface VariationalAutoencoder extends ImportanceSampled {

    /** The name under which every VAE logs its bound at β = 1. */
    String NEGATIVE_ELBO = "negative ELBO";

    /** x to mean and log-variance of q(z|x), side by side: [batch, shape…] to [batch, 2·latent]. */
    @Override
    Net encoder();

    /** q(z|x) of the batch. */
    default Gaussian posterior(Step step) {
        return Gaussian.of(encoder().apply(step.data()));
    }

    /**
     * What the decoder puts out for codes of the batch.
     *
     * @param z [batch, latent]
     */
    default NDArray output(NDArray z, Step step) {
        return decoder().apply(z);
    }

    /**
     * log p(z).
     *
     * @param z [batch, latent]
     * @return [batch], nats
     */
    default NDArray logPrior(NDArray z, Step step) {
        return Gaussian.standard().logDensity(z);
    }

    /**
     * KL(q(z|x) ‖ p(z)) of each example, in closed form for the standard normal prior. For another one, {@code
     * posterior.logDensity(z).sub(logPrior(z, step))} estimates it without bias.
     *
     * @param z a sample of the posterior, [batch, latent]
     * @return nats, [batch, latent], or [batch] where it is no sum over dimensions
     */
    default NDArray kl(Gaussian posterior, NDArray z, Step step) {
        return posterior.klByDimension();
    }

    /** What is minimised, nats per example: −ELBO unless a variant says otherwise. */
    default NDArray loss(Elbo elbo, Step step) {
        return elbo.negative();
    }

    /** The name of what is minimised. */
    default String lossName() {
        return NEGATIVE_ELBO;
    }

    /** The bound's parts for one batch, with one sample of z an example. */
    default Elbo elbo(Step step) {
        var posterior = posterior(step);
        return elbo(step.data(), posterior, posterior.sample(step.normal(latent())), step);
    }

    /**
     * The bound's parts for records and their codes.
     *
     * @param x [batch, shape…]
     * @param z a sample of the posterior, [batch, latent]
     */
    default Elbo elbo(NDArray x, Gaussian posterior, NDArray z, Step step) {
        var output = output(z, step);
        return Elbo.of(x, posterior, z, output, likelihood().logLikelihood(x, output), kl(posterior, z, step));
    }

    @Override
    default NDArray logWeights(Step step, int samples) {
        var many = step.repeated(samples);
        var posterior = posterior(step).repeated(samples);
        var z = posterior.sample(many.normal(latent()));
        return likelihood()
                .logLikelihood(many.data(), output(z, many))
                .add(logPrior(z, many))
                .sub(posterior.logDensity(z))
                .reshape(-1, samples);
    }

    /** What networks beside those minimise, after them. */
    default List<Objective> furtherObjectives() {
        return List.of();
    }

    @Override
    default List<Objective> objectives() {
        var bound = Objective.of(lossName(), bounded(), step -> {
            var elbo = elbo(step);
            var terms = Terms.nats(loss(elbo, step));
            if (!lossName().equals(NEGATIVE_ELBO)) {
                terms = terms.with(NEGATIVE_ELBO, elbo.negative());
            }
            return terms.with("reconstruction", elbo.reconstruction()).with("KL", elbo.kl());
        });
        return Stream.concat(Stream.of(bound), furtherObjectives().stream()).toList();
    }

    /**
     * −ELBO at β = 1 of records, one sample of z for each.
     *
     * @return nats per example
     */
    default double negativeElbo(Samples x, long seed) {
        var sum = new double[1];
        Inference.inBatches(x.size(), (from, to) -> {
            var step = Step.of(x, from, to, new Seed(seed).child(from));
            sum[0] += (to - from) * (double) elbo(step).negative().getFloat();
        });
        return sum[0] / x.size();
    }

    @Override
    default Samples encode(Samples x) {
        return Inference.map(
                x, shape(), batch -> Gaussian.of(encoder().apply(batch)).mean());
    }
}
