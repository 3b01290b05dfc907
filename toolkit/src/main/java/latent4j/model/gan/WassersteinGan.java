package latent4j.model.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import latent4j.loss.Adversarial;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.model.Step;
import latent4j.model.Terms;
import latent4j.nn.ClippedWeights;
import latent4j.nn.Net;
import latent4j.nn.Optimizer;
import latent4j.nn.RmsProp;
import latent4j.tensor.Require;

/**
 * WGAN (Arjovsky et al. 2017, algorithm 1): the discriminator is a critic whose scores are no probabilities; it minimises
 * E D(G(z)) − E D(x), its weights are kept in [−bound, bound] so that its slope is bounded, and it moves {@code criticSteps}
 * times for each step of the generator, which minimises −E D(G(z)). What the critic gains is the Wasserstein-1 distance up to
 * the factor that the bound leaves open.
 *
 * <p>It is slow: in its training for the gallery (data/results/gallery; 16 and 32 channels, 60 epochs) MMD² to held-out digits was
 * still 0.11 after 25 epochs, and 0.0025 at the end.
 *
 * @param discriminator the critic
 * @param bound c > 0: what keeps the critic's slope bounded, whichever optimiser moves it
 * @param criticSteps how many steps of the critic for each of the generator
 */
public record WassersteinGan(Net generator, Net discriminator, double bound, int criticSteps)
        implements GenerativeAdversarialNetwork {

    public WassersteinGan {
        Require.positive("bound", bound);
        Require.atLeast("criticSteps", 1, criticSteps);
    }

    /** With c = 0.01 and 5 critic steps, as in the paper. */
    public static WassersteinGan of(Net generator, Net critic) {
        return new WassersteinGan(generator, critic, 0.01, 5);
    }

    /** Linear layers on both sides. */
    public static WassersteinGan mlp(Shape shape, int latent) {
        return of(Gan.mlp(shape, latent));
    }

    /** The networks of DCGAN with 64 and 128 channels, the critic without batch normalisation. */
    public static WassersteinGan convolutional(Shape image, int latent) {
        return convolutional(image, latent, 64);
    }

    /** The same with {@code channels} and twice as many channels. */
    public static WassersteinGan convolutional(Shape image, int latent, int channels) {
        return of(
                GanNets.convolutionalGenerator(latent, image, channels), GanNets.convolutionalCritic(image, channels));
    }

    /** A small one, for tests. */
    public static WassersteinGan small(Shape shape) {
        return of(Gan.small(shape));
    }

    private static WassersteinGan of(Gan gan) {
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
        var loss = discriminatorLoss(score(step, step.data()), score(step, samples));
        return Terms.of(loss).with("Wasserstein estimate", loss.neg());
    }

    /** RMSProp with learning rate 5·10⁻⁵ (algorithm 1). */
    @Override
    public Optimizer optimizer() {
        return RmsProp.of(5e-5);
    }

    /** The critic's weights stay within the bound, unless its optimiser brings a bound of its own. */
    @Override
    public Optimizer optimizer(Net net, Optional<Optimizer> named) {
        var rule = named.orElse(optimizer());
        return net == discriminator && !(rule instanceof ClippedWeights) ? rule.weightsWithin(bound) : rule;
    }
}
