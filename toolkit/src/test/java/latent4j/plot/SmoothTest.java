package latent4j.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SmoothTest {

    private static double[] upTo(int n) {
        return IntStream.range(0, n).mapToDouble(i -> i).toArray();
    }

    @Test
    void aStraightLineStaysWhereItIsButAtItsCutEnd() {
        var course = Smooth.course(upTo(2000), upTo(2000));
        for (int i = 0; i < course.x().length; i++) {
            double lag = course.x()[i] > 1959 ? 20 : 1e-9;
            assertEquals(course.x()[i], course.y()[i], lag);
        }
        assertEquals(0, course.x()[0]);
        assertEquals(1999, course.x()[course.x().length - 1]);
    }

    @Test
    void theLastValueIsAMean() {
        var y = new double[1000];
        y[999] = 21;
        assertEquals(1.0, Smooth.course(upTo(1000), y).y()[199], 1e-9, "21 over the last 21 values");
    }

    @Test
    void fewValuesStayAsTheyAre() {
        var y = new double[] {3, 1, 4, 1, 5};
        assertArrayEquals(y, Smooth.course(upTo(5), y).y());
    }

    @Test
    void whatIsNotFiniteIsLeftOut() {
        var y = new double[1000];
        java.util.Arrays.fill(y, 2);
        y[500] = Double.NaN;
        y[501] = Double.POSITIVE_INFINITY;
        for (double value : Smooth.course(upTo(1000), y).y()) {
            assertEquals(2, value);
        }
        for (double value : Smooth.band(upTo(1000), y).y()) {
            assertEquals(2, value);
        }
        assertTrue(Double.isNaN(Smooth.values(upTo(1000), y).y()[501]));
    }

    @Test
    void theBandHoldsNineTenths() {
        var random = new Random(5);
        var y = IntStream.range(0, 100_000)
                .mapToDouble(i -> random.nextDouble())
                .toArray();
        var band = Smooth.band(upTo(y.length), y);
        int n = band.y().length;
        for (int i = 0; i < n / 2; i++) {
            assertEquals(band.x()[i], band.x()[n - 1 - i], "both edges go over the same places");
            assertEquals(0.05, band.y()[i], 0.02);
            assertEquals(0.95, band.y()[n - 1 - i], 0.02);
        }
    }
}
