package latent4j.model.translation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.data.Pairs;
import latent4j.data.Samples;
import latent4j.loss.Bernoulli;
import latent4j.loss.FixedGaussian;
import latent4j.model.Inference;
import latent4j.model.Step;
import latent4j.tensor.Kernels;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Test;

class RestorationTest {

    private static final Shape PAIR = new Shape(1, 16, 8);
    private static final Samples DATA = Samples.of(PAIR, new Seed(1).uniform(3 * 128));

    private static double loss(Restoration model) {
        try (var tape = Tape.evaluation()) {
            var step = new Step(Inference.array(DATA, 0, DATA.size()), null, new Seed(2), 0, 0);
            return Kernels.current()
                    .read(List.of(model.objectives().get(0).loss().apply(step).total()))[0];
        }
    }

    /** −log p(y|x) sums over a picture's values and is the mean over the batch. */
    @Test
    void theLossIsTheLikelihoodsOfTheTarget() {
        var gaussian = Restoration.of(PAIR, 4, new FixedGaussian(0.5));
        var y = Pairs.targets(DATA).toArray();
        var mean = gaussian.translate(Pairs.sources(DATA), 0).toArray();
        double squares = 0;
        for (int k = 0; k < y.length; k++) {
            squares += (y[k] - mean[k]) * (y[k] - mean[k]);
        }
        double constant = 64 * 0.5 * (Math.log(0.25) + Math.log(2 * Math.PI));
        assertEquals(squares / 3 / (2 * 0.25) + constant, loss(gaussian), 1e-3);

        var bernoulli = Restoration.of(PAIR, 4, new Bernoulli());
        var p = bernoulli.translate(Pairs.sources(DATA), 0).toArray();
        double surprise = 0;
        for (int k = 0; k < y.length; k++) {
            surprise -= y[k] * Math.log(p[k]) + (1 - y[k]) * Math.log(1 - p[k]);
        }
        assertEquals(surprise / 3, loss(bernoulli), 1e-3);
    }
}
