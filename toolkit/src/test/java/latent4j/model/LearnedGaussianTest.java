package latent4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import latent4j.data.Dataset;
import latent4j.data.Samples;
import latent4j.model.vae.Vae;
import latent4j.tensor.Arrays;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import latent4j.train.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnedGaussianTest {

    @Test
    void theDensityIsThatOfItsWeight() {
        var likelihood = LearnedGaussian.start();
        likelihood.logVariance().load(java.util.List.of(new float[] {0.04f})); // times 10
        double variance = Math.exp(0.4);
        assertEquals(Math.sqrt(variance), likelihood.standardDeviation(), 1e-6);
        try (var tape = Tape.evaluation()) {
            var x = Arrays.of(new float[] {1, 0}, new Shape(1, 2));
            var mean = Arrays.of(new float[] {0.3f, -1}, new Shape(1, 2));
            assertEquals(
                    -0.5 * (0.49 + 1) / variance - Math.log(2 * Math.PI * variance),
                    likelihood.logLikelihood(x, mean).getFloat(),
                    1e-5);
        }
    }

    /** Points on a line with noise of standard deviation 0.2 across and along it: that is what is left to find. */
    @Test
    void itFindsTheNoisesStandardDeviation(@TempDir Path folder) {
        int n = 2000;
        var noise = new Seed(6).normal(5 * n);
        var values = new float[4 * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < 4; j++) {
                values[4 * i + j] = noise[5 * i] * (j % 2 == 0 ? 1 : -1) + 0.2f * noise[5 * i + 1 + j];
            }
        }
        var shape = new Shape(4);
        var data = Samples.of(shape, values);
        var likelihood = LearnedGaussian.start();
        var vae = Vae.mlp(shape, 1, likelihood);
        assertEquals(3, vae.nets().size());
        Trainer.epochs(30).batch(100).watchedBy().fit(vae, new Dataset("line", data, data.head(100)));
        assertEquals(0.2, likelihood.standardDeviation(), 0.02);

        var file = folder.resolve("model.zip");
        vae.save(file);
        var back = (Vae) Models.load(file);
        assertEquals(likelihood.standardDeviation(), ((LearnedGaussian) back.likelihood()).standardDeviation());
        assertTrue(back.draw(3, 1).size() == 3);
    }
}
