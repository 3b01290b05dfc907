package latent4j.model.hybrid;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import latent4j.data.Samples;
import latent4j.loss.Adversarial;
import latent4j.loss.Bernoulli;
import latent4j.loss.Likelihood;
import latent4j.model.Inference;
import latent4j.model.Mmd;
import latent4j.model.Objective;
import latent4j.model.ProbabilisticAutoencoder;
import latent4j.model.Step;
import latent4j.model.Terms;
import latent4j.nn.Net;
import latent4j.nn.Nets;
import latent4j.tensor.Arrays;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;

/**
 * Adversarial variational Bayes (Mescheder et al. 2017, section 3 and algorithm 1): a VAE whose posterior is any
 * distribution that a network can make of noise, z = E(x, ε) with ε ~ N(0, I), so that q(z|x) may have several modes. Its
 * density is not known; a discriminator T(x, z), which tells codes from draws from the prior by minimising −E[log σ(T(x,
 * E(x, ε))) + log(1 − σ(T(x, z)))], comes to log q(z|x) − log p(z) where it is optimal, and stands in for it: encoder and
 * decoder minimise E[T(x, E(x, ε)) − log p(x|E(x, ε))]. In nats per example. This is −ELBO only where T is optimal; else it is
 * an estimate, and no bound.
 *
 * @param encoder x and noise side by side to a code: [batch, x + noise] to [batch, latent]
 * @param decoder z to the parameters of p(x|z): [batch, latent] to [batch, shape…]
 * @param discriminator T, from x and z side by side: [batch, x + latent] to [batch, 1]
 * @param likelihood p(x|z) given the decoder's output
 */
public record AdversarialVariationalBayes(Net encoder, Net decoder, Net discriminator, Likelihood likelihood)
        implements ProbabilisticAutoencoder {

    /** What encoder and decoder minimise; no bound while T is not optimal. */
    public static final String ESTIMATE = "negative ELBO, estimated by T";

    /** Hidden layers of 400, as much noise as latent dimensions, Bernoulli likelihood. */
    public static AdversarialVariationalBayes mlp(Shape shape, int latent) {
        Require.atLeast("latent", 1, latent);
        return mlp(shape, latent, 400, new Bernoulli());
    }

    /** A small one, for tests. */
    public static AdversarialVariationalBayes small(Shape shape) {
        return mlp(shape, 2, 32, new Bernoulli());
    }

    private static AdversarialVariationalBayes mlp(Shape shape, int latent, int units, Likelihood likelihood) {
        int inputs = (int) shape.size() + latent;
        return new AdversarialVariationalBayes(
                Nets.mlp("encoder", new Shape(inputs), latent, units, units),
                Nets.mlpDecoder("decoder", latent, shape, units),
                HybridNets.discriminator(inputs, units, units),
                likelihood);
    }

    @Override
    public List<Objective> objectives() {
        return List.of(
                Objective.of(ESTIMATE, List.of(encoder, decoder), step -> {
                    var z = codes(step);
                    var reconstruction = reconstruction(step.data(), z);
                    var divergence = with(discriminator, step.data(), z).mean();
                    return Terms.nats(reconstruction.add(divergence))
                            .with("reconstruction", reconstruction)
                            .with("KL, estimated by T", divergence);
                }),
                Objective.of("discriminator", List.of(discriminator), step -> {
                    var codes = with(discriminator, step.data(), Tape.stopped(codes(step)));
                    var prior = with(discriminator, step.data(), step.normal(latent()));
                    return Terms.nats(Adversarial.discriminator(codes, prior));
                }));
    }

    /** E(x, ε), one for each x; both objectives see the same (algorithm 1). */
    private NDArray codes(Step step) {
        return step.shared("codes", () -> with(encoder, step.data(), step.normal(noise())));
    }

    /** What a network makes of x and of something beside it. */
    private static NDArray with(Net net, NDArray x, NDArray beside) {
        var flat = x.reshape(new Shape(x.getShape().get(0), -1));
        return net.apply(Kernels.current().concatenate(List.of(flat, beside)));
    }

    private int noise() {
        return (int) (encoder.input().size() - shape().size());
    }

    /** A sample of q(z|x) for each record; the same seed draws the same ones. */
    public Samples posterior(Samples x, long seed) {
        var draws = new int[1];
        return Inference.map(x, shape(), batch -> {
            int n = (int) batch.getShape().get(0);
            var epsilon = new Seed(seed).child("posterior").child(draws[0]++).normal(n * noise());
            return with(encoder, batch, Arrays.of(epsilon, new Shape(n, noise())));
        });
    }

    /** One sample of q(z|x) for each record, always the same: a mean would lie between the modes. */
    @Override
    public Samples encode(Samples x) {
        return posterior(x, 0);
    }

    @Override
    public Shape shape() {
        return decoder.output();
    }

    /** MMD² between held-out records and as many draws. */
    @Override
    public Map<String, Double> validate(Samples heldOut, long seed) {
        return Mmd.ofDraws(this, heldOut, seed);
    }
}
