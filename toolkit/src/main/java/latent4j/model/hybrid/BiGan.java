package latent4j.model.hybrid;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.data.Samples;
import latent4j.loss.Adversarial;
import latent4j.model.Autoencoder;
import latent4j.model.Game;
import latent4j.model.Inference;
import latent4j.model.Objective;
import latent4j.model.Step;
import latent4j.model.Terms;
import latent4j.model.gan.Gan;
import latent4j.nn.Net;
import latent4j.nn.Nets;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;
import latent4j.tensor.Tape;

/**
 * The bidirectional GAN (Donahue et al. 2017, equation 3; the same game as in ALI, Dumoulin et al. 2017): the discriminator
 * sees a record together with its code, and tells data with their codes (x, E(x)) from samples with theirs (G(z), z),
 * minimising −E[log D(x, E(x)) + log(1 − D(G(z), z))]. Encoder and generator deceive it together; they minimise the same with
 * the labels changed, −E[log(1 − D(x, E(x))) + log D(G(z), z)], whose gradient does not vanish where the discriminator is
 * sure. Where nobody can tell the pairs apart, the encoder inverts the generator (theorem 2), without any term that
 * compares x with its reconstruction. In nats; the encoder is deterministic.
 *
 * @param encoder x to its code: [batch, shape…] to [batch, latent]
 * @param generator z to a record: [batch, latent] to [batch, shape…]
 * @param features what the discriminator sees of x: [batch, shape…] to [batch, features]
 * @param discriminator features and code side by side to the logit of «data and its code»: [batch, features + latent] to
 *     [batch, 1]
 */
public record BiGan(Net encoder, Net generator, Net features, Net discriminator) implements Autoencoder, Game {

    /** Hidden layers of 400 in the encoder, three of 256 in the generator, and of 256 in the discriminator. */
    public static BiGan mlp(Shape shape, int latent) {
        Require.atLeast("latent", 1, latent);
        return new BiGan(
                Nets.mlp("encoder", shape, latent, 400, 400),
                Gan.mlp(shape, latent).generator(),
                HybridNets.features(shape, 256),
                HybridNets.discriminator(256 + latent, 256, 256));
    }

    /** The networks of DCGAN with {@code channels} and twice as many channels; the encoder is made as its discriminator. */
    public static BiGan convolutional(Shape image, int latent, int channels) {
        return new BiGan(
                HybridNets.convolutionalEncoder(image, latent, channels),
                Gan.convolutional(image, latent, channels).generator(),
                HybridNets.convolutionalFeatures(image, channels, 64),
                HybridNets.discriminator(64 + latent, 256, 256));
    }

    /** A small one, for tests. */
    public static BiGan small(Shape shape) {
        return new BiGan(
                Nets.mlp("encoder", shape, 4, 32),
                Gan.small(shape).generator(),
                HybridNets.features(shape, 32),
                HybridNets.discriminator(36, 32));
    }

    @Override
    public List<Objective> objectives() {
        return List.of(
                Objective.of("discriminator", List.of(features, discriminator), step -> {
                    var data = score(step.data(), Tape.stopped(codes(step)));
                    var sampled = score(Tape.stopped(samples(step)), z(step));
                    return Terms.nats(Adversarial.discriminator(data, sampled));
                }),
                Objective.of("encoder and generator", List.of(encoder, generator), step -> {
                    var data = score(step.data(), codes(step));
                    var sampled = score(samples(step), z(step));
                    return Terms.nats(Adversarial.discriminator(sampled, data));
                }));
    }

    /** The logit of D(x, z): [batch, 1]. */
    private NDArray score(NDArray x, NDArray z) {
        return Tape.withBatchStatistics(
                () -> discriminator.apply(Kernels.current().concatenate(List.of(features.apply(x), z))));
    }

    private NDArray codes(Step step) {
        return step.shared("codes", () -> encoder.apply(step.data()));
    }

    private NDArray z(Step step) {
        return step.shared("z", () -> step.normal(latent()));
    }

    private NDArray samples(Step step) {
        return step.shared("samples", () -> generator.apply(z(step)));
    }

    @Override
    public Samples encode(Samples x) {
        return Inference.map(x, shape(), encoder::apply);
    }
}
