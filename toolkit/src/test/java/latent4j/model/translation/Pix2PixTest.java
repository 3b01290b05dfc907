package latent4j.model.translation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.data.Pairs;
import latent4j.data.Samples;
import latent4j.model.Inference;
import latent4j.model.Step;
import latent4j.model.Terms;
import latent4j.tensor.Kernels;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Test;

class Pix2PixTest {

    private static final Shape PAIR = new Shape(3, 16, 6);
    private static final Samples DATA = Samples.of(PAIR, new Seed(1).uniform(5 * 288));

    private static Terms terms(Pix2Pix model, int objective) {
        var step = new Step(Inference.array(DATA, 0, DATA.size()), null, new Seed(2), 0, 0);
        return model.objectives().get(objective).loss().apply(step);
    }

    private static double value(Pix2Pix model, int objective) {
        try (var tape = Tape.evaluation()) {
            return Kernels.current().read(List.of(terms(model, objective).total()))[0];
        }
    }

    /** The discriminator's logits of sources and targets, the channels of both in one picture. */
    private static float[] logits(Pix2Pix model, Samples sources, Samples targets) {
        int d = (int) sources.shape().size();
        var both = new float[2 * d * sources.size()];
        for (int i = 0; i < sources.size(); i++) {
            sources.copyRow(i, both, 2 * i * d);
            targets.copyRow(i, both, (2 * i + 1) * d);
        }
        var shape = new Shape(6, 8, 6);
        return Inference.map(Samples.of(shape, both), shape, model.discriminator()::apply)
                .toArray();
    }

    private static double meanSoftplus(float[] logits, int sign) {
        double sum = 0;
        for (float logit : logits) {
            sum += Math.log1p(Math.exp(sign * logit));
        }
        return sum / logits.length;
    }

    @Test
    void theLossesAreTheEquations() {
        var model = Pix2Pix.of(PAIR, 4, 30);
        var x = Pairs.sources(DATA);
        var y = Pairs.targets(DATA);
        var g = model.translate(x, 0);
        var real = logits(model, x, y);
        var fake = logits(model, x, g);
        assertEquals(5 * 2, real.length, "a logit for each patch");
        assertEquals(0.5 * (meanSoftplus(real, -1) + meanSoftplus(fake, 1)), value(model, 0), 1e-5);
        double error = 0;
        var truth = y.toArray();
        var found = g.toArray();
        for (int k = 0; k < truth.length; k++) {
            error += Math.abs(truth[k] - found[k]) / truth.length;
        }
        assertEquals(meanSoftplus(fake, -1) + 30 * error, value(model, 1), 1e-4);
        assertEquals(error, model.validate(DATA, 0).get("mean absolute error"), 1e-6);
    }

    @Test
    void theGeneratorLearnsFromTheDiscriminatorButNotTheOtherWayRound() {
        var model = Pix2Pix.of(PAIR, 4, 0);
        for (int objective = 0; objective < 2; objective++) {
            try (var tape = Tape.probing()) {
                var gradients = tape.gradients(
                        terms(model, objective).total(), model.generator().trainable());
                double norm = gradients.stream()
                        .mapToDouble(g -> g.square().sum().toFloatArray()[0])
                        .sum();
                assertTrue(objective == 0 ? norm == 0 : norm > 0, "gradient of objective " + objective + ": " + norm);
            }
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        var negative = assertThrows(IllegalArgumentException.class, () -> Pix2Pix.of(PAIR, 4, -1));
        assertEquals("weight must be a finite number >= 0, got -1.0", negative.getMessage());
        var odd = assertThrows(IllegalArgumentException.class, () -> Pix2Pix.small(new Shape(1, 9, 8)));
        assertTrue(odd.getMessage().contains("(1, 9, 8)"), odd.getMessage());
        var model = Pix2Pix.small(PAIR);
        var other = assertThrows(IllegalArgumentException.class, () -> model.translate(DATA, 0));
        assertTrue(other.getMessage().contains("(3, 8, 6), got (3, 16, 6)"), other.getMessage());
        assertThrows(UnsupportedOperationException.class, () -> model.draw(1, 0));
    }
}
