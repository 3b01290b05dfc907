package latent4j.model.hybrid;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.data.Samples;
import latent4j.loss.Adversarial;
import latent4j.loss.FixedGaussian;
import latent4j.loss.Gaussian;
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
 * The VAE-GAN (Larsen et al. 2016, algorithm 1 and equations 5 to 9): a VAE whose decoder is a GAN's generator, and that
 * compares x with its reconstruction x̃ by what the GAN's discriminator sees in them, L_llike = −E log N(Dis_l(x);
 * Dis_l(x̃), I), instead of pixel by pixel. With L_prior = KL(q(z|x) ‖ N(0, I)), with the reconstructions x̃ and samples
 * x_p = Dec(z_p) from the prior, and with the discriminator's cross-entropy L_GAN = −E[log Dis(x) + log(1 − Dis(x̃)) +
 * log(1 − Dis(x_p))],
 *
 * <ul>
 *   <li>the encoder minimises L_prior + L_llike,
 *   <li>the decoder minimises γ·L_llike − L_GAN,
 *   <li>the discriminator minimises L_GAN alone, and never makes the comparison easier for itself.
 * </ul>
 *
 * <p>All three start from the same z, x̃ and x_p of a batch; no gradient of one reaches what another moves. Likelihoods are in
 * nats per example, summed over features.
 *
 * <p>Its codes say less of the class than a VAE's: on the drawn digits a linear probe finds it in 0.747 of them, against 0.865
 * (data/results/claims.md).
 *
 * @param encoder x to mean and log-variance of q(z|x), side by side: [batch, shape…] to [batch, 2·latent]
 * @param decoder z to a record: [batch, latent] to [batch, shape…]
 * @param discriminator x to the logit of «this is data»: [batch, shape…] to [batch, 1]; Dis_l(x) are its {@linkplain
 *     Net#features features}, what its last linear layer gets
 * @param gamma γ ≥ 0, how much the decoder cares for the reconstruction rather than for the discriminator
 */
public record VaeGan(Net encoder, Net decoder, Net discriminator, double gamma) implements Autoencoder, Game {

    private static final FixedGaussian UNIT = new FixedGaussian(1);

    public VaeGan {
        Require.notNegative("gamma", gamma);
    }

    /** The networks of a GAN and an encoder with one hidden layer of 400. */
    public static VaeGan mlp(Shape shape, int latent) {
        var gan = Gan.mlp(shape, latent);
        return new VaeGan(Nets.mlp("encoder", shape, 2 * latent, 400), gan.generator(), gan.discriminator(), 0.01);
    }

    /** The networks of DCGAN with {@code channels} and twice as many channels, and an encoder with as many. */
    public static VaeGan convolutional(Shape image, int latent, int channels) {
        var gan = Gan.convolutional(image, latent, channels);
        var encoder = Nets.convolutional("encoder", image, 2 * latent, 256, channels, 2 * channels);
        return new VaeGan(encoder, gan.generator(), gan.discriminator(), 0.01);
    }

    /** A small one, for tests. */
    public static VaeGan small(Shape shape) {
        var gan = Gan.mlp(shape, 2, 64);
        return new VaeGan(Nets.mlp("encoder", shape, 4, 32), gan.generator(), gan.discriminator(), 0.1);
    }

    @Override
    public List<Objective> objectives() {
        return List.of(
                Objective.of("encoder", List.of(encoder), this::encoderTerms),
                Objective.of("decoder", List.of(decoder), this::decoderTerms),
                Objective.of("discriminator", List.of(discriminator), this::discriminatorTerms));
    }

    private Terms encoderTerms(Step step) {
        var prior = posterior(step).klToStandardNormal().mean();
        var comparison = comparison(step.data(), decoder.apply(z(step)));
        return Terms.nats(prior.add(comparison)).with("KL", prior).with("reconstruction of features", comparison);
    }

    private Terms decoderTerms(Step step) {
        var reconstructions = reconstructions(step);
        var comparison = Kernels.current().affine(comparison(step.data(), reconstructions), gamma, 0);
        var deception = Adversarial.minimax(score(reconstructions)).add(Adversarial.minimax(score(samples(step))));
        return Terms.nats(comparison.add(deception));
    }

    private Terms discriminatorTerms(Step step) {
        var reconstructed = score(Tape.stopped(reconstructions(step)));
        var sampled = score(Tape.stopped(samples(step)));
        var loss = Adversarial.discriminator(score(step.data()), reconstructed)
                .add(Kernels.current().softplus(sampled).mean());
        return Terms.nats(loss);
    }

    /** L_llike of equation 8: −log N(Dis_l(x); Dis_l(x̃), I), mean over the batch. */
    private NDArray comparison(NDArray x, NDArray reconstructions) {
        return UNIT.logLikelihood(features(x), features(reconstructions)).mean().neg();
    }

    private NDArray features(NDArray x) {
        return Tape.withBatchStatistics(() -> discriminator.features(x));
    }

    private NDArray score(NDArray x) {
        return Tape.withBatchStatistics(() -> discriminator.apply(x));
    }

    private Gaussian posterior(Step step) {
        return Gaussian.of(step.shared("posterior", () -> encoder.apply(step.data())));
    }

    private NDArray z(Step step) {
        return step.shared("z", () -> posterior(step).sample(step.normal(latent())));
    }

    /** x̃, cut off from the encoder. */
    private NDArray reconstructions(Step step) {
        return step.shared("reconstructions", () -> decoder.apply(Tape.stopped(z(step))));
    }

    /** x_p. */
    private NDArray samples(Step step) {
        return step.shared("samples", () -> decoder.apply(step.normal(latent())));
    }

    /** The decoder. */
    @Override
    public Net generator() {
        return decoder;
    }

    @Override
    public Samples encode(Samples x) {
        return Inference.map(
                x, shape(), batch -> Gaussian.of(encoder.apply(batch)).mean());
    }
}
