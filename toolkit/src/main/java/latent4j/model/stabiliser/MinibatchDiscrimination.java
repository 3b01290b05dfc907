package latent4j.model.stabiliser;

import java.util.Optional;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.model.Stabiliser;
import latent4j.nn.Net;
import latent4j.tensor.Require;

/**
 * Minibatch discrimination (Salimans et al. 2016, section 3.2): how close an example lies to the others of its batch is a further
 * feature of the discriminator's last layer, so that samples that are all alike betray themselves. See {@link
 * latent4j.nn.MinibatchDiscrimination}.
 *
 * @param features B ≥ 1, how many features are added
 * @param dimensions C ≥ 1, of the space in which each of them measures distances
 */
public record MinibatchDiscrimination(int features, int dimensions) implements Stabiliser {

    public MinibatchDiscrimination {
        Require.atLeast("features", 1, features);
        Require.atLeast("dimensions", 1, dimensions);
    }

    /** With B = 16 and C = 5. */
    public static MinibatchDiscrimination usual() {
        return new MinibatchDiscrimination(16, 5);
    }

    @Override
    public Optional<String> refusal(GenerativeAdversarialNetwork game) {
        return Nets.unlessItEndsInALinearLayer(game.discriminator());
    }

    @Override
    public Net discriminator(Net discriminator) {
        int last = Nets.layers(discriminator).size() - 1;
        return Nets.inserted(discriminator, last, new latent4j.nn.MinibatchDiscrimination(features, dimensions));
    }
}
