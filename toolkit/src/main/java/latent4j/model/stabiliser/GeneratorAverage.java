package latent4j.model.stabiliser;

import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.model.Stabiliser;
import latent4j.nn.Net;
import latent4j.tensor.Require;

/**
 * A moving average of the generator's weights (Yazıcı et al. 2019, equation 3; Karras et al. 2018, section 4): a ← δa +
 * (1 − δ)θ after each of its steps. The game is played with θ; samples, validation and files come from the average, see {@link
 * Net#average}. Where the trainer names an average for the generator, that one is kept.
 *
 * @param decay δ, in (0, 1): the average reaches back about 1/(1 − δ) steps
 */
public record GeneratorAverage(double decay) implements Stabiliser {

    public GeneratorAverage {
        Require.insideUnit("decay", decay);
    }

    /** With δ = 0.999. */
    public static GeneratorAverage usual() {
        return new GeneratorAverage(0.999);
    }

    @Override
    public double average(GenerativeAdversarialNetwork game, Net net) {
        return net == game.generator() ? decay : game.average(net);
    }
}
