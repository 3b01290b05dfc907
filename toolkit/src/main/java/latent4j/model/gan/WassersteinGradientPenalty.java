package latent4j.model.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import latent4j.loss.Adversarial;
import latent4j.loss.GradientPenalty;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.model.Step;
import latent4j.model.Terms;
import latent4j.nn.Adam;
import latent4j.nn.Net;
import latent4j.nn.Optimizer;
import latent4j.tensor.Require;

/**
 * WGAN-GP (Gulrajani et al. 2017, algorithm 1): the discriminator is a critic whose scores are no probabilities; it minimises
 * E D(G(z)) − E D(x) + λ·E[(‖∇D(x̂)‖₂ − 1)²] and moves {@code criticSteps} times for each step of the generator, which
 * minimises −E D(G(z)).
 *
 * @param discriminator the critic; it must not mix the examples of a batch
 * @param penalty λ > 0
 * @param criticSteps how many steps of the critic for each of the generator
 */
public record WassersteinGradientPenalty(Net generator, Net discriminator, double penalty, int criticSteps)
        implements GenerativeAdversarialNetwork {

    public WassersteinGradientPenalty {
        Require.positive("penalty", penalty);
        Require.atLeast("criticSteps", 1, criticSteps);
        GanNets.requireOwnScores(discriminator);
    }

    /** With λ = 10 and 5 critic steps, as in the paper. */
    public static WassersteinGradientPenalty of(Net generator, Net critic) {
        return new WassersteinGradientPenalty(generator, critic, 10, 5);
    }

    /** Linear layers on both sides. */
    public static WassersteinGradientPenalty mlp(Shape shape, int latent) {
        return of(Gan.mlp(shape, latent));
    }

    /** The networks of DCGAN with 64 and 128 channels, the critic without batch normalisation. */
    public static WassersteinGradientPenalty convolutional(Shape image, int latent) {
        return convolutional(image, latent, 64);
    }

    /** The same with {@code channels} and twice as many channels. */
    public static WassersteinGradientPenalty convolutional(Shape image, int latent, int channels) {
        return of(
                GanNets.convolutionalGenerator(latent, image, channels), GanNets.convolutionalCritic(image, channels));
    }

    /**
     * Residual blocks on both sides (as in Gulrajani et al. 2017, appendix C, here without batch normalisation), one for each of
     * {@code channels}, the block nearest to the image first.
     */
    public static WassersteinGradientPenalty residual(Shape image, int latent, int... channels) {
        return of(GanNets.residualGenerator(latent, image, channels), GanNets.residualCritic(image, channels));
    }

    /** A small one, for tests. */
    public static WassersteinGradientPenalty small(Shape shape) {
        return of(Gan.small(shape));
    }

    private static WassersteinGradientPenalty of(Gan gan) {
        return of(gan.generator(), gan.discriminator());
    }

    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
        return Adversarial.wassersteinCritic(real, fake);
    }

    @Override
    public NDArray generatorLoss(NDArray fake) {
        return Adversarial.wassersteinGenerator(fake);
    }

    @Override
    public String unit() {
        return "";
    }

    @Override
    public int discriminatorSteps() {
        return criticSteps;
    }

    @Override
    public Terms discriminatorTerms(Step step, NDArray samples) {
        var x = step.data();
        var loss = discriminatorLoss(score(step, x), score(step, samples));
        var slope = GradientPenalty.of(at -> score(step, at), GradientPenalty.between(x, samples, step.uniform()));
        return Terms.of(loss).with("Wasserstein estimate", loss.neg()).plus("gradient penalty", slope, penalty);
    }

    /** Adam with learning rate 10⁻⁴, β₁ = 0 and β₂ = 0.9 (algorithm 1). */
    @Override
    public Optimizer optimizer() {
        return Adam.of(1e-4).beta1(0).beta2(0.9);
    }
}
