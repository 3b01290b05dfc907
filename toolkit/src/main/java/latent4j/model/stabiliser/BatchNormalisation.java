package latent4j.model.stabiliser;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.model.Stabiliser;
import latent4j.nn.BatchNorm;
import latent4j.nn.Layer;
import latent4j.nn.Net;
import latent4j.nn.Network;

/**
 * Batch normalisation of both players' hidden layers (Ioffe and Szegedy 2015; Radford et al. 2016, section 3, for GANs): after
 * each linear or convolutional layer but the last, before its activation. The discriminator scores data and samples in batches
 * of their own. A score then depends on the others of its batch, so that no penalty on each score's slope is defined.
 */
public record BatchNormalisation() implements Stabiliser {

    @Override
    public Optional<String> refusal(GenerativeAdversarialNetwork game) {
        return Nets.unlessBothAreMadeOfLayers(game);
    }

    @Override
    public Net generator(Net generator) {
        return Nets.changed(generator, BatchNormalisation::normalised);
    }

    @Override
    public Net discriminator(Net discriminator) {
        return Nets.changed(discriminator, BatchNormalisation::normalised);
    }

    private static Network normalised(Network network) {
        var all = network.layers();
        var layers = new ArrayList<Layer>();
        for (int i = 0; i < all.size(); i++) {
            layers.add(all.get(i));
            boolean hidden = Nets.isProduct(all.get(i))
                    && all.subList(i + 1, all.size()).stream().anyMatch(Nets::isProduct);
            if (hidden && !isNormalised(all, i)) {
                layers.add(new BatchNorm());
            }
        }
        return network.layers(layers);
    }

    /** Whether a normalisation follows a product before the next one. */
    private static boolean isNormalised(List<Layer> layers, int product) {
        for (int i = product + 1; !Nets.isProduct(layers.get(i)); i++) {
            if (layers.get(i) instanceof BatchNorm) {
                return true;
            }
        }
        return false;
    }
}
