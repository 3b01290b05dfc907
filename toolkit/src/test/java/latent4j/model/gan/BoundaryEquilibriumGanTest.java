package latent4j.model.gan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import latent4j.data.Datasets;
import latent4j.model.Models;
import latent4j.nn.Adam;
import latent4j.tensor.Tape;
import latent4j.train.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundaryEquilibriumGanTest {

    private static final Shape IMAGE = new Shape(1, 4, 4);

    private static double k(BoundaryEquilibriumGan model) {
        return model.equilibrium().values().get(0)[0] + 0.5;
    }

    @Test
    void theErrorIsThatOfTheAutoencoder() {
        var model = BoundaryEquilibriumGan.small(IMAGE);
        try (var tape = Tape.training()) {
            var step = Steps.of(IMAGE, 0, 0);
            var x = step.data().toFloatArray();
            var y = model.discriminator().apply(step.data()).toFloatArray();
            var scores = model.score(step, step.data()).toFloatArray();
            for (int i = 0; i < 2; i++) {
                double error = 0;
                for (int j = 0; j < 16; j++) {
                    error += Math.abs(x[16 * i + j] - y[16 * i + j]) / 16;
                }
                assertEquals(-error, scores[i], 1e-6);
            }
        }
    }

    /** k ← clip(k + λ(γL(x) − L(G(z))), 0, 1) from 0, as the history's losses say it, whatever optimiser moves the others. */
    @Test
    void kFollowsTheBalance(@TempDir Path folder) {
        var data = Datasets.digits(320, 20);
        var small = BoundaryEquilibriumGan.small(data.shape());
        assertEquals(0, k(small));
        var model = new BoundaryEquilibriumGan(small.generator(), small.discriminator(), small.equilibrium(), 0.9, 2);
        var run =
                Trainer.epochs(8).batch(32).optimizer(Adam.of(1e-3)).watchedBy().fit(model, data);
        var history = run.history();
        var real = history.training("L(x)").values();
        var fake = history.training("generator").values();
        var discriminator = history.training("discriminator").values();
        var found = history.training("k").values();
        var convergence = history.training("convergence").values();
        double k = 0;
        double most = 0;
        for (int i = 0; i < found.length; i++) {
            assertEquals(k, found[i], 1e-4);
            assertEquals(real[i] + Math.abs(0.9 * real[i] - fake[i]), convergence[i], 1e-5);
            if (k == 0) {
                assertEquals(real[i], discriminator[i], 1e-6);
            } else {
                assertTrue(discriminator[i] < real[i]);
            }
            k = Math.max(0, Math.min(1, k + 2 * (0.9 * real[i] - fake[i])));
            most = Math.max(most, k);
        }
        assertEquals(k, k(model), 1e-4);
        assertTrue(most > 0.05, "k must have moved, at most to " + most);
        var file = folder.resolve("model.zip");
        model.save(file);
        assertArrayEquals(
                model.equilibrium().values().get(0),
                ((BoundaryEquilibriumGan) Models.load(file))
                        .equilibrium()
                        .values()
                        .get(0));
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        var small = BoundaryEquilibriumGan.small(IMAGE);
        for (double gamma : new double[] {0, 1, -0.1}) {
            var error = assertThrows(
                    IllegalArgumentException.class,
                    () -> new BoundaryEquilibriumGan(
                            small.generator(), small.discriminator(), small.equilibrium(), gamma, 1e-3));
            assertEquals("gamma must be in (0, 1), got " + gamma, error.getMessage());
        }
    }
}
