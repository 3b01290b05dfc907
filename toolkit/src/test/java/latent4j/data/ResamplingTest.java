package latent4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ResamplingTest {

    private static double[] resize(double[] line, double part, int to) {
        return Resampling.of(line.length, part, to).apply(line, 1, 1, line.length);
    }

    @Test
    void smallerAverages() {
        assertArrayEquals(new double[] {1.5, 3.5}, resize(new double[] {1, 2, 3, 4}, 4, 2), 1e-12);
        // Each new pixel covers one and a half old ones.
        assertArrayEquals(
                new double[] {(1 + 0.5 * 2) / 1.5, (0.5 * 2 + 3) / 1.5}, resize(new double[] {1, 2, 3}, 3, 2), 1e-12);
    }

    @Test
    void largerInterpolates() {
        assertArrayEquals(new double[] {0, 0.25, 0.75, 1}, resize(new double[] {0, 1}, 2, 4), 1e-12);
        assertArrayEquals(new double[] {3, 3, 3}, resize(new double[] {3}, 1, 3), 1e-12);
    }

    @Test
    void sameSizeIsTheIdentity() {
        var line = new double[] {5, 1, 7, 2, 8};
        assertArrayEquals(line, resize(line, 5, 5), 1e-12);
    }

    @Test
    void centredPart() {
        assertArrayEquals(new double[] {2, 3}, resize(new double[] {9, 2, 3, 9}, 2, 2), 1e-12);
    }

    @Test
    void weightsAlwaysSumToOneInsideTheLine() {
        for (int from = 1; from < 40; from++) {
            for (int to = 1; to < 40; to++) {
                for (double part : new double[] {from, from * 0.7, from / 3.0}) {
                    var resampling = Resampling.of(from, part, to);
                    for (int i = 0; i < to; i++) {
                        assertEquals(1, Arrays.stream(resampling.weights()[i]).sum(), 1e-9);
                    }
                    var flat = new double[from];
                    Arrays.fill(flat, 2);
                    assertEquals(
                            2.0 * to,
                            Arrays.stream(resampling.apply(flat, 1, 1, from)).sum(),
                            1e-9);
                }
            }
        }
    }
}
