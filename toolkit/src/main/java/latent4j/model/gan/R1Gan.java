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
 * The GAN with the R1 penalty (Mescheder et al. 2018, equation 9): the non-saturating game with γ/2·E[‖∇D(x)‖₂²] at the data
 * on top of the discriminator's loss, which makes the game converge where without it the players circle.
 *
 * @param discriminator it must not mix the examples of a batch
 * @param gamma γ > 0
 */
public record R1Gan(Net generator, Net discriminator, double gamma) implements GenerativeAdversarialNetwork {

    public R1Gan {
        Require.positive("gamma", gamma);
        GanNets.requireOwnScores(discriminator);
    }

    /** The networks of a {@link Gan} playing this game with γ = 10, as in the paper's section 4. */
    public static R1Gan of(Gan gan) {
        return new R1Gan(gan.generator(), gan.discriminator(), 10);
    }

    /** Linear layers on both sides. */
    public static R1Gan mlp(Shape shape, int latent) {
        return of(Gan.mlp(shape, latent));
    }

    /**
     * The networks of DCGAN with {@code channels} and twice as many channels and γ = 10, the discriminator without batch
     * normalisation.
     */
    public static R1Gan convolutional(Shape image, int latent, int channels) {
        return of(new Gan(
                GanNets.convolutionalGenerator(latent, image, channels), GanNets.convolutionalCritic(image, channels)));
    }

    /** A small one, for tests. */
    public static R1Gan small(Shape shape) {
        return of(Gan.small(shape));
    }

    @Override
    public Terms discriminatorTerms(Step step, NDArray samples) {
        var game = GenerativeAdversarialNetwork.super.discriminatorTerms(step, samples);
        var slope = GradientPenalty.towardsZero(at -> score(step, at), step.data());
        return game.plus("gradient penalty", slope, gamma / 2);
    }
}
