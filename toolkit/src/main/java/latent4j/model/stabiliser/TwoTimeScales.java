package latent4j.model.stabiliser;

import java.util.Optional;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.model.Stabiliser;
import latent4j.nn.Net;
import latent4j.nn.Optimizer;
import latent4j.tensor.Require;

/**
 * The two time-scale update rule, TTUR (Heusel et al. 2017, section 2): the discriminator learns at another rate than the
 * generator, so that it stays near its optimum while the generator moves slowly.
 *
 * @param ratio the discriminator's learning rate over what the game or the trainer says, > 0
 */
public record TwoTimeScales(double ratio) implements Stabiliser {

    public TwoTimeScales {
        Require.positive("ratio", ratio);
    }

    /** With four times the rate, 4·10⁻⁴ against 10⁻⁴ as in SAGAN (Zhang et al. 2019, section 5). */
    public static TwoTimeScales usual() {
        return new TwoTimeScales(4);
    }

    @Override
    public Optimizer optimizer(GenerativeAdversarialNetwork game, Net net, Optional<Optimizer> named) {
        var rule = game.optimizer(net, named);
        return net == game.discriminator() ? rule.learningRate(ratio * rule.learningRate()) : rule;
    }
}
