package latent4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import latent4j.data.Samples;
import org.junit.jupiter.api.Test;

class NeighbourhoodsTest {

    @Test
    void byHand() {
        // The third nearest other real record is 3, 2, 2, 2, 2, 2, 3 away, the fifth 5, 4, 3, 3, 3, 4, 5.
        var real = Vectors.of(1, 0, 1, 2, 3, 4, 5, 6);
        // The third nearest other sample is 0.3, 0.2, 0.2, 0.2, 0.3 and 16.8 away.
        var samples = Vectors.of(1, 3, 3.1, 3.2, 3.3, 3.4, 20);
        var found = Neighbourhoods.of(samples, real);
        assertEquals(5 / 6.0, found.precision(), 1e-12); // all but 20
        assertEquals(4 / 7.0, found.recall(), 1e-12); // 3, and by the wide ball around 20: 4, 5 and 6
        assertEquals(5 * 7 / (5 * 6.0), found.density(), 1e-12); // five lie in all seven balls
        assertEquals(1, found.coverage(), 1e-12);
    }

    /** Also where distances come in several pieces. */
    @Test
    void agreesWithAllPairs() {
        for (int m : new int[] {60, 2_100}) {
            var real = Vectors.normal(m, 3, 0, 1, 1);
            var samples = Vectors.normal(700, 3, 0.8, 0.7, 2);
            var found = Neighbourhoods.of(samples, real);
            var real3 = nearest(real, 3);
            var real5 = nearest(real, 5);
            var samples3 = nearest(samples, 3);
            int n = samples.size();
            assertEquals(
                    share(n, i -> any(m, j -> distance(samples, i, real, j) <= real3[j])), found.precision(), 1e-12);
            assertEquals(
                    share(m, j -> any(n, i -> distance(samples, i, real, j) <= samples3[i])), found.recall(), 1e-12);
            assertEquals(
                    share(m, j -> any(n, i -> distance(samples, i, real, j) <= real5[j])), found.coverage(), 1e-12);
            double inside = IntStream.range(0, n)
                    .mapToDouble(i -> m * share(m, j -> distance(samples, i, real, j) <= real5[j]))
                    .sum();
            assertEquals(inside / (5.0 * n), found.density(), 1e-9);
        }
    }

    private static double[] nearest(Samples x, int k) {
        return IntStream.range(0, x.size())
                .mapToDouble(i -> IntStream.range(0, x.size())
                        .filter(j -> j != i)
                        .mapToDouble(j -> distance(x, i, x, j))
                        .sorted()
                        .toArray()[k - 1])
                .toArray();
    }

    private static double distance(Samples a, int i, Samples b, int j) {
        return Vectors.squaredDistance(a.row(i), b.row(j));
    }

    private static boolean any(int n, IntPredicate test) {
        return IntStream.range(0, n).anyMatch(test);
    }

    private static double share(int n, IntPredicate test) {
        return IntStream.range(0, n).filter(test).count() / (double) n;
    }

    @Test
    void resamplingWithReplacementShrinksTheBalls() {
        var real = Vectors.normal(500, 4, 0, 1, 1);
        var samples = Vectors.normal(500, 4, 0, 1, 2);
        var once = Neighbourhoods.of(samples, real);
        var resampled = Neighbourhoods.of(Vectors.withReplacement(samples, 3), Vectors.withReplacement(real, 4));
        // by more than three standard errors of such a share of 500 records
        assertTrue(resampled.precision() < once.precision() - 0.03, once + " became " + resampled);
        assertTrue(resampled.recall() < once.recall() - 0.03, once + " became " + resampled);
        assertTrue(resampled.coverage() < once.coverage() - 0.03, once + " became " + resampled);
    }

    /** Naeem et al. 2020, equation 8: 1 − (m − 1)…(m − k) / ((n + m − 1)…(n + m − k)), whatever the distribution. */
    @Test
    void coverageOfOneDistributionIsAsDerived() {
        int n = 1_000;
        double missed = 1;
        for (int k = 1; k <= 5; k++) {
            missed *= (n - k) / (2.0 * n - k);
        }
        var found = Neighbourhoods.of(Vectors.normal(n, 3, 0, 1, 5), Vectors.normal(n, 3, 0, 1, 6));
        assertEquals(1 - missed, found.coverage(), 0.02);
        assertEquals(1, found.density(), 0.1);
    }

    @Test
    void refusesFewRecords() {
        var few = Vectors.of(1, 1, 2, 3, 4, 5);
        var message = assertThrows(IllegalArgumentException.class, () -> Neighbourhoods.of(few, few))
                .getMessage();
        assertEquals(
                "density and coverage need at least 6 records in each set, got 5 samples and 5 real records", message);
    }
}
