package latent4j.model.stabiliser;

import java.util.Optional;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.model.Stabiliser;
import latent4j.nn.Net;
import latent4j.nn.Optimizer;
import latent4j.tensor.Require;

/**
 * Weight clipping (Arjovsky et al. 2017, algorithm 1, line 7): after each of its steps the discriminator's weights are brought
 * back into [−c, c], whichever optimiser moved them, so that its slope is bounded.
 *
 * @param bound c > 0
 */
public record WeightClipping(double bound) implements Stabiliser {

    public WeightClipping {
        Require.positive("bound", bound);
    }

    /** With c = 0.01, as in the paper. */
    public static WeightClipping usual() {
        return new WeightClipping(0.01);
    }

    @Override
    public Optimizer optimizer(GenerativeAdversarialNetwork game, Net net, Optional<Optimizer> named) {
        var rule = game.optimizer(net, named);
        return net == game.discriminator() ? rule.weightsWithin(bound) : rule;
    }
}
