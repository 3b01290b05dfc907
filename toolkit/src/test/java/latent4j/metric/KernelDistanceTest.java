package latent4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import latent4j.data.Samples;
import org.junit.jupiter.api.Test;

class KernelDistanceTest {

    @Test
    void byHand() {
        // d = 1: k(x, y) = (xy + 1)³; X = {0, 1, 2}, Y = {1, 3}
        double xx = (1 + 1 + 27) / 3.0; // 0·1, 0·2, 1·2
        double yy = 64;
        double xy = (1 + 1 + 8 + 64 + 27 + 343) / 6.0;
        assertEquals(xx + yy - 2 * xy, KernelDistance.between(Vectors.of(1, 0, 1, 2), Vectors.of(1, 1, 3)), 1e-4);
    }

    @Test
    void agreesWithTheSumsAsWritten() {
        var x = Vectors.normal(60, 5, 0, 1, 1);
        var y = Vectors.normal(70, 5, 0.3, 1.2, 2);
        double expected = sum(x, x) / (60 * 59) + sum(y, y) / (70 * 69) - 2 * sum(x, y) / (60 * 70);
        assertEquals(expected, KernelDistance.between(x, y), 1e-6);
    }

    private static double sum(Samples x, Samples y) {
        double sum = 0;
        for (int i = 0; i < x.size(); i++) {
            for (int j = 0; j < y.size(); j++) {
                double product = 0;
                for (int k = 0; k < 5; k++) {
                    product += x.row(i)[k] * (double) y.row(j)[k];
                }
                sum += x == y && i == j ? 0 : Math.pow(product / 5 + 1, 3);
            }
        }
        return sum;
    }

    @Test
    void isZeroOnAverageForOneDistributionAndResamplingMovesIt() {
        double sum = 0;
        double squares = 0;
        double resampled = 0;
        int repeats = 60;
        for (int i = 0; i < repeats; i++) {
            var x = Vectors.normal(40, 8, 0, 1, 2 * i);
            var y = Vectors.normal(40, 8, 0, 1, 2 * i + 1);
            double distance = KernelDistance.between(x, y);
            sum += distance / repeats;
            squares += distance * distance / repeats;
            resampled +=
                    KernelDistance.between(Vectors.withReplacement(x, 1_000 + i), Vectors.withReplacement(y, 2_000 + i))
                            / repeats;
        }
        double error = Math.sqrt((squares - sum * sum) / repeats);
        assertTrue(Math.abs(sum) < 3 * error, sum + " ± " + error);
        assertTrue(resampled > 5 * error, "with replacement " + resampled + ", standard error " + error);
    }

    @Test
    void refusesOneRecord() {
        var message = assertThrows(
                        IllegalArgumentException.class,
                        () -> KernelDistance.between(Vectors.of(1, 1), Vectors.of(1, 1, 2)))
                .getMessage();
        assertEquals("the kernel distance needs at least 2 records in each set, got 1 and 2", message);
    }
}
