package latent4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class GaussianMixtureTest {

    @Test
    void ringHasItsCentresOnTheCircle() {
        var ring = GaussianMixture.ring(8, 2, 0.01);
        assertEquals(8, ring.centres().size());
        assertArrayEquals(new double[] {2, 0}, ring.centres().get(0), 1e-12);
        assertArrayEquals(new double[] {0, 2}, ring.centres().get(2), 1e-12);
        assertArrayEquals(
                new double[] {-Math.sqrt(2), -Math.sqrt(2)}, ring.centres().get(5), 1e-12);
    }

    @Test
    void gridIsTheOneOfThePapers() {
        var centres = GaussianMixture.grid(5, 2, 0.05).centres();
        assertEquals(25, centres.size());
        assertArrayEquals(new double[] {-4, -4}, centres.get(0));
        assertArrayEquals(new double[] {0, 0}, centres.get(12));
        assertArrayEquals(new double[] {4, 4}, centres.get(24));
        assertArrayEquals(new double[] {-2, 0}, centres.get(11));
    }

    @Test
    void pointsLieAroundTheirModeWithItsSpread() {
        var mixture = GaussianMixture.grid(3, 2, 0.05);
        var points = mixture.dataset(20_000, 1).train();
        assertEquals(new Shape(2), points.shape());
        var labels = points.labels().orElseThrow();
        var counts = new int[9];
        double squares = 0;
        for (int i = 0; i < points.size(); i++) {
            var centre = mixture.centres().get(labels[i]);
            counts[labels[i]]++;
            for (int k = 0; k < 2; k++) {
                double off = points.value(i, k) - centre[k];
                assertTrue(Math.abs(off) < 6 * 0.05);
                squares += off * off;
            }
        }
        assertEquals(0.05, Math.sqrt(squares / (2 * 20_000)), 0.0005);
        for (int count : counts) {
            assertEquals(20_000 / 9.0, count, 250);
        }
    }

    /** VEEGAN's "1200D" as PacGAN's authors published it: the centres' values, 700 coordinates with sd 1, 500 with none. */
    @Test
    void flatModesAreTheOnesOfThePublishedCode() {
        var mixture = GaussianMixture.flat(1200, 700);
        var points = Datasets.flatModes(1200, 700, 300, 2).train();
        var values = new double[] {-1, -0.5, 0, 0.5, -2, -2.5, 10, 0.25, -13, -5.5};
        assertEquals(new Shape(1200), points.shape());
        var labels = points.labels().orElseThrow();
        double squares = 0;
        for (int i = 0; i < points.size(); i++) {
            double centre = values[labels[i]];
            for (int k = 0; k < 1200; k++) {
                double off = points.value(i, k) - centre;
                assertTrue(k < 700 || off == 0);
                squares += off * off;
            }
            assertEquals(labels[i], mixture.nearest(points.row(i)));
            assertEquals(Math.sqrt(700), mixture.distance(points.row(i), labels[i]), 4);
        }
        assertEquals(1, Math.sqrt(squares / (700 * 300)), 0.01);
    }

    @Test
    void distanceIsInStandardDeviations() {
        var mixture = GaussianMixture.grid(5, 2, 0.05);
        assertEquals(5, mixture.distance(new float[] {-4 + 0.15f, -4 + 0.2f}, 0), 1e-4);
        assertEquals(6, mixture.nearest(new float[] {-1.2f, -2.9f}));
        Refusal.expect(() -> mixture.nearest(new float[3]), "the point must have shape (2), got (3)");
    }

    @Test
    void conveniencesFollowTheProtocol() {
        var ring = Datasets.ring();
        assertEquals(100_000, ring.train().size());
        assertEquals(8, ring.classes());
        var grid = Datasets.grid();
        assertEquals(100_000, grid.train().size());
        assertEquals(25, grid.classes());
        assertEquals(10_000, grid.test().size());
    }

    @Test
    void bitsAreTheSameOnEveryPlatform() {
        assertEquals(
                "6029e5442759f6732261482dcaad0fe4778e6112c43c81d0226d641257d56b44",
                Datasets.ring(8, 1, 0.01, 100, 0).hash());
    }

    @Test
    void refusesWhatIsNoMixture() {
        Refusal.expect(() -> Datasets.ring(0, 1, 1, 10, 0), "modes must be >= 1", "0");
        Refusal.expect(() -> Datasets.ring(8, 1, 0, 10, 0), "sd must be a finite number > 0", "0.0");
        Refusal.expect(() -> Datasets.grid(5, -1, 1, 10, 0), "spacing must be a finite number > 0", "-1.0");
        Refusal.expect(() -> Datasets.grid(5, 1, 1, 0, 0), "n must be >= 1", "got 0");
        Refusal.expect(() -> Datasets.flatModes(5, 6, 10, 0), "spread must be between 1 and the 5", "got 6");
        Refusal.expect(() -> new GaussianMixture("x", List.of(), 1), "at least one centre");
        Refusal.expect(
                () -> new GaussianMixture("x", List.of(new double[2], new double[3]), 1), "one dimension", "2 and 3");
    }
}
