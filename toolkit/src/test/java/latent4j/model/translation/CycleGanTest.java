package latent4j.model.translation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.data.Pairs;
import latent4j.data.Samples;
import latent4j.model.Inference;
import latent4j.model.Step;
import latent4j.nn.Net;
import latent4j.tensor.Kernels;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Test;

class CycleGanTest {

    private static final Shape PAIR = new Shape(1, 16, 8);
    private static final Samples DATA = Samples.of(PAIR, new Seed(1).uniform(5 * 128));

    private static double value(CycleGan model, int objective, Samples data) {
        try (var tape = Tape.evaluation()) {
            var step = new Step(Inference.array(data, 0, data.size()), null, new Seed(2), 0, 0);
            return Kernels.current()
                    .read(List.of(
                            model.objectives().get(objective).loss().apply(step).total()))[0];
        }
    }

    /** E(D(x) − target)². */
    private static double squares(Net discriminator, Samples x, double target) {
        double sum = 0;
        var scores =
                Inference.map(x, discriminator.input(), discriminator::apply).toArray();
        for (float score : scores) {
            sum += (score - target) * (score - target);
        }
        return sum / scores.length;
    }

    private static double distance(Samples a, Samples b) {
        double sum = 0;
        for (int k = 0; k < a.toArray().length; k++) {
            sum += Math.abs(a.toArray()[k] - b.toArray()[k]);
        }
        return sum / a.toArray().length;
    }

    @Test
    void theLossesAreTheEquations() {
        var model = CycleGan.of(PAIR, 4, 7, 3);
        var x = Pairs.sources(DATA);
        var y = Pairs.targets(DATA);
        var there = model.translate(x, 0);
        var back = model.translateBack(y);
        assertEquals(
                0.5 * squares(model.targetDiscriminator(), y, 1) + 0.5 * squares(model.targetDiscriminator(), there, 0),
                value(model, 0, DATA),
                1e-5);
        assertEquals(
                0.5 * squares(model.sourceDiscriminator(), x, 1) + 0.5 * squares(model.sourceDiscriminator(), back, 0),
                value(model, 1, DATA),
                1e-5);
        double game = squares(model.targetDiscriminator(), there, 1) + squares(model.sourceDiscriminator(), back, 1);
        double cycle = distance(model.translateBack(there), x) + distance(model.translate(back, 0), y);
        double identity = distance(model.translate(y, 0), y) + distance(model.translateBack(x), x);
        assertEquals(game + 7 * cycle + 3 * identity, value(model, 2, DATA), 1e-4);
        var plain = new CycleGan(
                model.generator(), model.inverse(), model.targetDiscriminator(), model.sourceDiscriminator(), 7, 0);
        assertEquals(game + 7 * cycle, value(plain, 2, DATA), 1e-4);
    }

    /** No term compares a source with its own target: other company leaves every loss as it is. */
    @Test
    void whichTargetStandsUnderWhichSourceDoesNotMatter() {
        var model = CycleGan.of(PAIR, 4, 10, 5);
        var shuffled = Pairs.of(Pairs.sources(DATA), Pairs.targets(DATA).rows(1, 2, 3, 4, 0));
        for (int objective = 0; objective < 3; objective++) {
            assertEquals(value(model, objective, DATA), value(model, objective, shuffled), 1e-5);
        }
    }

    @Test
    void negativeWeightsAreRefused() {
        var cycle = assertThrows(IllegalArgumentException.class, () -> CycleGan.of(PAIR, 4, -1, 0));
        assertEquals("cycle must be a finite number >= 0, got -1.0", cycle.getMessage());
        var identity = assertThrows(IllegalArgumentException.class, () -> CycleGan.of(PAIR, 4, 1, -2));
        assertEquals("identity must be a finite number >= 0, got -2.0", identity.getMessage());
    }
}
