package latent4j.model.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import latent4j.loss.Adversarial;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.nn.Net;

/**
 * The original game (Goodfellow et al. 2014, equation 1): the generator minimises log(1 − D(G(z))), so that its gradient
 * vanishes where the discriminator is sure.
 */
public record MinimaxGan(Net generator, Net discriminator) implements GenerativeAdversarialNetwork {

    /** The networks of a {@link Gan} playing this game. */
    public static MinimaxGan of(Gan gan) {
        return new MinimaxGan(gan.generator(), gan.discriminator());
    }

    /** Linear layers on both sides. */
    public static MinimaxGan mlp(Shape shape, int latent) {
        return of(Gan.mlp(shape, latent));
    }

    /** A small one, for tests. */
    public static MinimaxGan small(Shape shape) {
        return of(Gan.small(shape));
    }

    @Override
    public NDArray generatorLoss(NDArray fake) {
        return Adversarial.minimax(fake);
    }
}
