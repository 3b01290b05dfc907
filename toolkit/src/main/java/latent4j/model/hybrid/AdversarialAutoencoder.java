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
import latent4j.tensor.Require;
import latent4j.tensor.Tape;

/**
 * The adversarial autoencoder (Makhzani et al. 2016, section 2): an autoencoder whose codes a discriminator drives towards
 * the prior N(0, I). A batch has two phases: first encoder and decoder minimise the reconstruction error −log
 * p(x|E(x)); then the discriminator D learns to tell draws z from the prior from codes, −E[log D(z) + log(1 − D(E(x)))],
 * and the encoder, as its generator, minimises −log D(E(x)). The encoder is deterministic. All are in nats per example; one
 * optimiser moves the encoder in both phases.
 *
 * @param encoder x to its code: [batch, shape…] to [batch, latent]
 * @param decoder z to the parameters of p(x|z): [batch, latent] to [batch, shape…]
 * @param discriminator z to the logit of «this is from the prior»: [batch, latent] to [batch, 1]
 * @param likelihood p(x|z) given the decoder's output
 */
public record AdversarialAutoencoder(Net encoder, Net decoder, Net discriminator, Likelihood likelihood)
        implements ProbabilisticAutoencoder {

    /** Hidden layers of 400 in encoder and decoder and two of 256 in the discriminator, Bernoulli likelihood. */
    public static AdversarialAutoencoder mlp(Shape shape, int latent) {
        Require.atLeast("latent", 1, latent);
        return new AdversarialAutoencoder(
                Nets.mlp("encoder", shape, latent, 400),
                Nets.mlpDecoder("decoder", latent, shape, 400),
                HybridNets.discriminator(latent, 256, 256),
                new Bernoulli());
    }

    /** A small one, for tests. */
    public static AdversarialAutoencoder small(Shape shape) {
        return new AdversarialAutoencoder(
                Nets.mlp("encoder", shape, 2, 32),
                Nets.mlpDecoder("decoder", 2, shape, 32),
                HybridNets.discriminator(2, 32),
                new Bernoulli());
    }

    @Override
    public List<Objective> objectives() {
        return List.of(
                Objective.of(
                        "reconstruction",
                        List.of(encoder, decoder),
                        step -> Terms.nats(reconstruction(step.data(), encoder.apply(step.data())))),
                Objective.of("discriminator", List.of(discriminator), step -> {
                    var prior = discriminator.apply(step.normal(latent()));
                    var codes = discriminator.apply(Tape.stopped(codes(step)));
                    return Terms.nats(Adversarial.discriminator(prior, codes));
                }),
                Objective.of(
                        "regularisation",
                        List.of(encoder),
                        step -> Terms.nats(Adversarial.nonSaturating(discriminator.apply(codes(step))))));
    }

    /** E(x) as the reconstruction phase left the encoder; both sides of the second phase see the same. */
    private NDArray codes(Step step) {
        return step.shared("codes", () -> encoder.apply(step.data()));
    }

    @Override
    public Samples encode(Samples x) {
        return Inference.map(x, shape(), encoder::apply);
    }

    /** MMD² between held-out records and as many draws. */
    @Override
    public Map<String, Double> validate(Samples heldOut, long seed) {
        return Mmd.ofDraws(this, heldOut, seed);
    }
}
