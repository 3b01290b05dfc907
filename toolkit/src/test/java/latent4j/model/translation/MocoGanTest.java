package latent4j.model.translation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import latent4j.data.Samples;
import latent4j.model.Inference;
import latent4j.model.Step;
import latent4j.nn.Net;
import latent4j.tensor.Kernels;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Test;

class MocoGanTest {

    private static final int FRAMES = 4;
    private static final Shape FILM = new Shape(FRAMES, 8, 8);
    private static final Samples DATA = Samples.of(FILM, new Seed(1).uniform(5 * 256));

    private static double value(MocoGan model, int objective) {
        try (var tape = Tape.evaluation()) {
            var step = new Step(Inference.array(DATA, 0, DATA.size()), null, new Seed(2), 0, 0);
            return Kernels.current()
                    .read(List.of(
                            model.objectives().get(objective).loss().apply(step).total()))[0];
        }
    }

    /** What the model makes of the noise of the same step. */
    private static Samples films(MocoGan model) {
        try (var tape = Tape.evaluation()) {
            var step = new Step(Inference.array(DATA, 0, DATA.size()), null, new Seed(2), 0, 0);
            return Samples.of(FILM, model.generate(step).toFloatArray());
        }
    }

    private static double meanSoftplus(Net discriminator, Samples x, int sign) {
        var logits =
                Inference.map(x, discriminator.input(), discriminator::apply).toArray();
        double sum = 0;
        for (float logit : logits) {
            sum += Math.log1p(Math.exp(sign * logit)) / logits.length;
        }
        return sum;
    }

    @Test
    void theLossesAreTheEquation() {
        var model = MocoGan.small(FILM);
        var films = films(model);
        var frame = new Shape(1, 8, 8);
        var frames = Samples.of(frame, films.toArray());
        var real = Samples.of(frame, DATA.toArray());
        var ofFilms = model.discriminator();
        var ofFrames = model.frameDiscriminator();
        assertEquals(meanSoftplus(ofFilms, DATA, -1) + meanSoftplus(ofFilms, films, 1), value(model, 0), 1e-5);
        assertEquals(meanSoftplus(ofFrames, real, -1) + meanSoftplus(ofFrames, frames, 1), value(model, 1), 1e-5);
        assertEquals(meanSoftplus(ofFilms, films, -1) + meanSoftplus(ofFrames, frames, -1), value(model, 2), 1e-5);
    }

    /** The state of the motion knows the noise up to its frame, and no later one. */
    @Test
    void whatMovesLaterChangesNoFrameBefore() {
        var model = MocoGan.of(FILM, 3, 2, 4);
        assertEquals(3 + 2 * FRAMES, model.latent());
        var code = new Seed(5).normal(model.latent());
        var later = code.clone();
        later[3 + 2 * 2] += 3; // the noise of frame 2
        var film = model.decode(Samples.of(new Shape(code.length), code)).row(0);
        var other = model.decode(Samples.of(new Shape(code.length), later)).row(0);
        for (int t = 0; t < FRAMES; t++) {
            var frame = Arrays.copyOfRange(film, 64 * t, 64 * (t + 1));
            var changed = Arrays.copyOfRange(other, 64 * t, 64 * (t + 1));
            if (t < 2) {
                assertArrayEquals(frame, changed, 1e-6f, "frame " + t);
            } else {
                assertFalse(Arrays.equals(frame, changed), "frame " + t);
            }
        }
        var content = code.clone();
        content[0] += 3;
        var first = Arrays.copyOf(
                model.decode(Samples.of(new Shape(code.length), content)).row(0), 64);
        assertFalse(Arrays.equals(first, Arrays.copyOf(film, 64)), "content is in every frame");
    }

    @Test
    void whatDoesNotFitIsRefused() {
        var content = assertThrows(IllegalArgumentException.class, () -> MocoGan.of(FILM, 0, 2));
        assertEquals("content must be >= 1, got 0", content.getMessage());
        var motion = assertThrows(IllegalArgumentException.class, () -> MocoGan.of(FILM, 2, 0));
        assertEquals("motion must be >= 1, got 0", motion.getMessage());
        var layer = assertThrows(IllegalArgumentException.class, () -> new latent4j.nn.ContentAndMotion(3, 4, List.of())
                .output(new Shape(9)));
        assertTrue(layer.getMessage().contains("3 values and a multiple of 4, got shape (9)"), layer.getMessage());
    }
}
