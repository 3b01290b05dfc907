package latent4j.model.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import latent4j.loss.Adversarial;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.nn.Net;

/**
 * LSGAN (Mao et al. 2017, equation 9, with a = 0 and b = c = 1): the discriminator minimises ½E[(D(x) − 1)²] + ½E[D(G(z))²], the
 * generator ½E[(D(G(z)) − 1)²], so that samples far on the right side of the boundary still have a gradient. Scores are no
 * logits.
 */
public record LeastSquaresGan(Net generator, Net discriminator) implements GenerativeAdversarialNetwork {

    /** The networks of a {@link Gan} playing this game. */
    public static LeastSquaresGan of(Gan gan) {
        return new LeastSquaresGan(gan.generator(), gan.discriminator());
    }

    /** Linear layers on both sides. */
    public static LeastSquaresGan mlp(Shape shape, int latent) {
        return of(Gan.mlp(shape, latent));
    }

    /** A small one, for tests. */
    public static LeastSquaresGan small(Shape shape) {
        return of(Gan.small(shape));
    }

    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
        return Adversarial.leastSquaresDiscriminator(real, fake);
    }

    @Override
    public NDArray generatorLoss(NDArray fake) {
        return Adversarial.leastSquaresGenerator(fake);
    }

    @Override
    public String unit() {
        return "";
    }
}
