package latent4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.data.Samples;
import latent4j.nn.Adam;
import latent4j.tensor.Kernels;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Test;

class CodeDensityTest {

    /** Two clusters far from the origin, of which the first has three quarters of the points. */
    private static Samples clusters(int n, long seed) {
        var noise = new Seed(seed).normal(2 * n);
        for (int i = 0; i < n; i++) {
            boolean first = i % 4 != 0;
            noise[2 * i] = (first ? 6 : -4) + (first ? 0.5f : 2) * noise[2 * i];
            noise[2 * i + 1] = (first ? 0 : 3) + noise[2 * i + 1];
        }
        return Samples.of(new Shape(2), noise);
    }

    private static double logDensity(double x, double y) {
        return Math.log(0.75 * normal(x, 6, 0.5) * normal(y, 0, 1) + 0.25 * normal(x, -4, 2) * normal(y, 3, 1));
    }

    private static double normal(double x, double mean, double deviation) {
        double z = (x - mean) / deviation;
        return Math.exp(-0.5 * z * z) / (deviation * Math.sqrt(2 * Math.PI));
    }

    private static double loss(CodeDensity density, Samples codes) {
        try (var tape = Tape.evaluation()) {
            return Kernels.current().read(List.of(density.loss(Inference.array(codes, 0, codes.size()))))[0];
        }
    }

    @Test
    void itsDensityIsThatOfTheMixtureInItsTable() {
        var density = CodeDensity.mixture(2, 2);
        // log-weights, means, log-variances, each divided by the table's scale of 25; its weight is [5, 2]
        double quarter = Math.log(0.25 / 0.75) / 25;
        density.net().load(List.of(new float[] {
            0,
            (float) quarter, // log-weights
            6 / 25f,
            -4 / 25f,
            0,
            3 / 25f, // means
            (float) (2 * Math.log(0.5) / 25),
            (float) (2 * Math.log(2) / 25),
            0,
            0
        }));
        var x = clusters(16, 1);
        try (var tape = Tape.evaluation()) {
            var found = density.logDensity(Inference.array(x, 0, 16)).toFloatArray();
            for (int i = 0; i < 16; i++) {
                assertEquals(logDensity(x.row(i)[0], x.row(i)[1]), found[i], 1e-4);
            }
        }
        var draws = density.draw(4000, new Seed(2));
        assertEquals(loss(density, clusters(4000, 3)), loss(density, draws), 0.05);
        assertArrayEquals(draws.toArray(), density.draw(4000, new Seed(2)).toArray());
    }

    @Test
    void itFindsClustersFarFromItsStart() {
        var density = CodeDensity.mixture(4, 2);
        density.net().initialise(new Seed(1));
        var data = clusters(2000, 1);
        for (int step = 0; step < 2000; step++) {
            try (var tape = Tape.training()) {
                int from = 100 * (step % 20);
                var total = density.loss(Inference.array(data, from, from + 100));
                density.net()
                        .step(Adam.of(1e-3), tape.gradients(total, density.net().trainable()));
            }
        }
        var other = clusters(2000, 2);
        double entropy = 0;
        for (int i = 0; i < other.size(); i++) {
            entropy -= logDensity(other.row(i)[0], other.row(i)[1]) / other.size();
        }
        double found = loss(density, other);
        assertTrue(found < entropy + 0.1, "−log p " + found + ", of the true density " + entropy);
    }
}
