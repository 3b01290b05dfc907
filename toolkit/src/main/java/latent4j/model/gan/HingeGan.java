package latent4j.model.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import latent4j.loss.Adversarial;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.nn.Net;

/**
 * The GAN with the hinge loss (Lim and Ye 2017; Miyato et al. 2018, equations 16 and 17): the discriminator minimises
 * E[max(0, 1 − D(x))] + E[max(0, 1 + D(G(z)))], the generator −E[D(G(z))]. Scores are no logits. It is mostly played with
 * spectral norm on the discriminator, which bounds its slope.
 */
public record HingeGan(Net generator, Net discriminator) implements GenerativeAdversarialNetwork {

    /** The networks of a {@link Gan} playing this game. */
    public static HingeGan of(Gan gan) {
        return new HingeGan(gan.generator(), gan.discriminator());
    }

    /** Linear layers on both sides. */
    public static HingeGan mlp(Shape shape, int latent) {
        return of(Gan.mlp(shape, latent));
    }

    /**
     * Residual blocks on both sides (as in Miyato et al. 2018, appendix B, here without batch normalisation), one for each of
     * {@code channels}, the block nearest to the image first.
     */
    public static HingeGan residual(Shape image, int latent, int... channels) {
        return new HingeGan(
                GanNets.residualGenerator(latent, image, channels), GanNets.residualCritic(image, channels));
    }

    /** A small one, for tests. */
    public static HingeGan small(Shape shape) {
        return of(Gan.small(shape));
    }

    @Override
    public NDArray discriminatorLoss(NDArray real, NDArray fake) {
        return Adversarial.hingeDiscriminator(real, fake);
    }

    @Override
    public NDArray generatorLoss(NDArray fake) {
        return Adversarial.wassersteinGenerator(fake);
    }

    @Override
    public String unit() {
        return "";
    }
}
