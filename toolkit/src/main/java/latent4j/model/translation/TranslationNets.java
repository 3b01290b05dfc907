package latent4j.model.translation;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import latent4j.nn.Activation;
import latent4j.nn.Affine;
import latent4j.nn.Convolution;
import latent4j.nn.Initialisation;
import latent4j.nn.Layer;
import latent4j.nn.LeakyRelu;
import latent4j.nn.Net;
import latent4j.nn.Nets;
import latent4j.nn.Network;

/** Networks between pictures with values in [0, 1] that fit themselves to the pictures' shape. */
final class TranslationNets {

    private TranslationNets() {}

    /** A U-Net from picture to picture of the same shape, with values in [0, 1]. */
    static Net generator(String name, Shape image, int channels) {
        var layers = new ArrayList<>(
                regression(name, image, channels).network().orElseThrow().layers());
        layers.addAll(List.of(Activation.TANH, new Affine(0.5, 0.5)));
        return net(name, image, layers);
    }

    /** A U-Net from picture to picture of the same shape, with any values: parameters of a likelihood. */
    static Net regression(String name, Shape image, int channels) {
        return Nets.unet(name, image, (int) image.get(0), channels, 2 * channels, 4 * channels);
    }

    /**
     * Scores of overlapping patches of 18 x 18 pixels (the PatchGAN of Isola et al. 2017, section 3.4, smaller): [batch,
     * channels of the picture, h, w] to [batch, 1, ⌊h/4⌋, ⌊w/4⌋].
     */
    static Net patches(String name, Shape image, int channels) {
        return net(
                name,
                image,
                List.of(
                        new Affine(2, -1),
                        Nets.halving(channels),
                        new LeakyRelu(0.2),
                        Nets.halving(2 * channels),
                        new LeakyRelu(0.2),
                        new Convolution(1, 3, 1, 1)));
    }

    private static Net net(String name, Shape image, List<Layer> layers) {
        return new Net(name, new Network(layers, new Initialisation.ByInputs()), image);
    }
}
