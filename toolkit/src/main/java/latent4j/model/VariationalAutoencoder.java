package latent4j.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.List;
import latent4j.data.Samples;
import latent4j.loss.Gaussian;
import latent4j.loss.Likelihood;
import latent4j.nn.Net;
import latent4j.tensor.Seed;
import latent4j.tensor.WholeFile;

/**
 * An encoder q(z|x), a decoder p(x|z) and the prior N(0, I), trained together on a bound. A variant overrides
 * {@link #loss}; every one of them logs −ELBO at β = 1, by which they compare.
 */
public interface VariationalAutoencoder extends Autoencoder {

    /** The name under which every VAE logs its bound at β = 1. */
    String NEGATIVE_ELBO = "negative ELBO";

    /** x to mean and log-variance of q(z|x), side by side: [batch, shape…] to [batch, 2·latent]. */
    Net encoder();

    /** z to the parameters of p(x|z): [batch, latent] to [batch, shape…]. */
    Net decoder();

    /** p(x|z) given the decoder's output. */
    Likelihood likelihood();

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
        var x = step.data();
        var posterior = Gaussian.of(encoder().apply(x));
        var z = posterior.sample(step.normal(latent()));
        var output = decoder().apply(z);
        var reconstruction = likelihood().logLikelihood(x, output).mean().neg();
        return new Elbo(
                x,
                posterior,
                z,
                output,
                reconstruction,
                posterior.klToStandardNormal().mean());
    }

    @Override
    default List<Objective> objectives() {
        return List.of(Objective.of(lossName(), List.of(encoder(), decoder()), step -> {
            var elbo = elbo(step);
            var terms = Terms.nats(loss(elbo, step));
            if (!lossName().equals(NEGATIVE_ELBO)) {
                terms = terms.with(NEGATIVE_ELBO, elbo.negative());
            }
            return terms.with("reconstruction", elbo.reconstruction()).with("KL", elbo.kl());
        }));
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
    default Shape shape() {
        return encoder().input();
    }

    @Override
    default int latent() {
        return (int) decoder().input().size();
    }

    @Override
    default void export(Path file) {
        WholeFile.write(file, stream -> stream.write(decoder().toTorchScript(likelihood()::meanText)));
    }

    @Override
    default Samples encode(Samples x) {
        return Inference.map(
                x, shape(), batch -> Gaussian.of(encoder().apply(batch)).mean());
    }

    @Override
    default Samples decode(Samples codes) {
        return Inference.map(
                codes, decoder().input(), z -> likelihood().mean(decoder().apply(z)));
    }
}
