package latent4j.model.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import latent4j.loss.GradientPenalty;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.model.Step;
import latent4j.model.Terms;
import latent4j.nn.Net;
import latent4j.tensor.Require;

/**
 * DRAGAN (Kodali et al. 2017, section 2.3): the non-saturating game with the penalty λ·E[(‖∇D(x + δ)‖₂ − 1)²] on the slope of
 * the score around the data, δ ~ N(0, c·I), against the sharp slopes there that go with mode collapse. √c is half the standard
 * deviation of the batch's values, as in the authors' code.
 *
 * @param discriminator it must not mix the examples of a batch
 * @param penalty λ > 0
 */
public record Dragan(Net generator, Net discriminator, double penalty) implements GenerativeAdversarialNetwork {

    public Dragan {
        Require.positive("penalty", penalty);
        GanNets.requireOwnScores(discriminator);
    }

    /** The networks of a {@link Gan} playing this game with λ = 10, as in the paper. */
    public static Dragan of(Gan gan) {
        return new Dragan(gan.generator(), gan.discriminator(), 10);
    }

    /** Linear layers on both sides. */
    public static Dragan mlp(Shape shape, int latent) {
        return of(Gan.mlp(shape, latent));
    }

    /**
     * The networks of DCGAN with {@code channels} and twice as many channels and λ = 10, the discriminator without batch
     * normalisation.
     */
    public static Dragan convolutional(Shape image, int latent, int channels) {
        return of(new Gan(
                GanNets.convolutionalGenerator(latent, image, channels), GanNets.convolutionalCritic(image, channels)));
    }

    /** A small one, for tests. */
    public static Dragan small(Shape shape) {
        return of(Gan.small(shape));
    }

    @Override
    public Terms discriminatorTerms(Step step, NDArray samples) {
        var game = GenerativeAdversarialNetwork.super.discriminatorTerms(step, samples);
        var noise = step.normal(shape().getShape());
        var slope = GradientPenalty.of(at -> score(step, at), GradientPenalty.around(step.data(), noise));
        return game.plus("gradient penalty", slope, penalty);
    }
}
