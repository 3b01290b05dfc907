package latent4j.model.stabiliser;

import java.util.Optional;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.model.Stabiliser;
import latent4j.nn.Net;

/**
 * Minibatch standard deviation (Karras et al. 2018, section 3): how much the batch varies is a further feature of the
 * discriminator's last layer, so that samples that vary less than data betray themselves. See {@link
 * latent4j.nn.MinibatchStandardDeviation}.
 */
public record MinibatchStandardDeviation() implements Stabiliser {

    @Override
    public Optional<String> refusal(GenerativeAdversarialNetwork game) {
        return Nets.unlessItEndsInALinearLayer(game.discriminator());
    }

    @Override
    public Net discriminator(Net discriminator) {
        int last = Nets.layers(discriminator).size() - 1;
        return Nets.inserted(discriminator, last, new latent4j.nn.MinibatchStandardDeviation());
    }
}
