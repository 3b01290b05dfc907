package latent4j.model.gan;

import ai.djl.ndarray.types.Shape;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.nn.Net;

/**
 * The GAN with the non-saturating generator loss −log D(G(z)) (Goodfellow et al. 2014, section 3), which every GAN in
 * practice starts from.
 */
public record Gan(Net generator, Net discriminator) implements GenerativeAdversarialNetwork {

    /** Linear layers on both sides, three of 256. */
    public static Gan mlp(Shape shape, int latent) {
        return mlp(shape, latent, 256);
    }

    /** Linear layers on both sides, three of {@code units}. */
    public static Gan mlp(Shape shape, int latent, int units) {
        return new Gan(GanNets.mlpGenerator(latent, shape, units, 3), GanNets.mlpDiscriminator(shape, units, 3));
    }

    /**
     * The networks with which modes of mixtures in the plane are counted (PacGAN: Lin et al. 2018, appendix): a generator of
     * four layers of 400 with batch normalisation and ReLU, a discriminator of three layers of 200. Here these end in a
     * leaky ReLU, where the paper has maxout.
     */
    public static Gan mixture(Shape shape, int latent) {
        return new Gan(GanNets.normalisedGenerator(latent, shape, 400, 4), GanNets.mlpDiscriminator(shape, 200, 3));
    }

    /** The networks of DCGAN (Radford et al. 2016), with 64 and 128 channels. */
    public static Gan convolutional(Shape image, int latent) {
        return convolutional(image, latent, 64);
    }

    /** The networks of DCGAN with {@code channels} and twice as many channels. */
    public static Gan convolutional(Shape image, int latent, int channels) {
        return new Gan(
                GanNets.convolutionalGenerator(latent, image, channels),
                GanNets.convolutionalDiscriminator(image, channels));
    }

    /** A small one, for tests. */
    public static Gan small(Shape shape) {
        return new Gan(GanNets.mlpGenerator(4, shape, 32, 1), GanNets.mlpDiscriminator(shape, 32, 1));
    }
}
