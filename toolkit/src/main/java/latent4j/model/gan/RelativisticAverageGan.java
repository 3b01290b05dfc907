package latent4j.model.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import latent4j.loss.Adversarial;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.model.Step;
import latent4j.model.Terms;
import latent4j.nn.Net;

/**
 * The relativistic average GAN (Jolicoeur-Martineau 2019, section 4, RaSGAN): a record counts as data as far as its score C
 * exceeds that of the average sample, D̃(x) = σ(C(x) − E C(G(z))), and the other way round for a sample. The discriminator
 * minimises −E log D̃(x) − E log(1 − D̃(G(z))), the generator −E log D̃(G(z)) − E log(1 − D̃(x)).
 */
public record RelativisticAverageGan(Net generator, Net discriminator) implements GenerativeAdversarialNetwork {

    /** The networks of a {@link Gan} playing this game. */
    public static RelativisticAverageGan of(Gan gan) {
        return new RelativisticAverageGan(gan.generator(), gan.discriminator());
    }

    /** Linear layers on both sides. */
    public static RelativisticAverageGan mlp(Shape shape, int latent) {
        return of(Gan.mlp(shape, latent));
    }

    /** A small one, for tests. */
    public static RelativisticAverageGan small(Shape shape) {
        return of(Gan.small(shape));
    }

    /** A score says something only beside the mean of the others. */
    @Override
    public boolean scoresAreLogOdds() {
        return false;
    }

    @Override
    public Terms discriminatorTerms(Step step, NDArray samples) {
        return Terms.nats(Adversarial.relativisticAverage(score(step, step.data()), score(step, samples)));
    }

    /** Data and samples exchanged: the generator sees data, too. */
    @Override
    public Terms generatorTerms(Step step, NDArray samples) {
        return Terms.nats(Adversarial.relativisticAverage(score(step, samples), score(step, step.data())));
    }
}
