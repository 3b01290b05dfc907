package latent4j.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class RandomStreamTest {

    @Test
    void generatorIsSplitMix64() {
        // First word of the published SplitMix64 from state 0, as every implementation gives it.
        assertEquals(0xe220a8397b1dcdafL, new java.util.SplittableRandom(0).nextLong());
    }

    @Test
    void normalHasMeanZeroAndVarianceOne() {
        var random = new Seed(1).stream();
        int n = 200_000;
        double sum = 0;
        double squares = 0;
        double fourths = 0;
        for (int i = 0; i < n; i++) {
            double z = random.normal();
            sum += z;
            squares += z * z;
            fourths += z * z * z * z;
        }
        assertEquals(0, sum / n, 0.01);
        assertEquals(1, squares / n, 0.02);
        assertEquals(3, fourths / n, 0.1);
    }

    @Test
    void theQuantileFunctionIsTheNormalDistributions() {
        var reference = new NormalDistribution(0, 1);
        for (double p :
                new double[] {0x1.0p-54, 1e-15, 1e-12, 1e-8, 1e-4, 0.03, 0.074, 0.076, 0.3, 0.5, 0.77, 0.926, 0.99}) {
            double x = NormalQuantile.of(p);
            assertEquals(p, reference.cumulativeProbability(x), 1e-10 * p + 1e-17, "p = " + p);
            if (p > 1e-8) {
                assertEquals(-x, NormalQuantile.of(1 - p), 1e-7);
            }
        }
        assertEquals(-0.67448975019608171, NormalQuantile.of(0.25), 1e-15);
        assertEquals(-1.9599639845400545, NormalQuantile.of(0.025), 1e-14);
        assertEquals(-9.2623400897984, NormalQuantile.of(1e-20), 1e-12);
    }

    @Test
    void everyKeyOpensAnotherStream() {
        double first = new Seed(1).child(2, 3).stream().uniform(0, 1);
        assertEquals(first, new Seed(1).child(2, 3).stream().uniform(0, 1));
        assertNotEquals(first, new Seed(1).child(2, 4).stream().uniform(0, 1));
        assertNotEquals(first, new Seed(1).child(3, 2).stream().uniform(0, 1));
        assertNotEquals(first, new Seed(2).child(2, 3).stream().uniform(0, 1));
    }

    @Test
    void neighbouringStreamsAreUncorrelated() {
        int n = 50_000;
        double product = 0;
        for (int i = 0; i < n; i++) {
            product += (new Seed(7).child(i).stream().uniform(0, 1) - 0.5)
                    * (new Seed(7).child(i + 1).stream().uniform(0, 1) - 0.5);
        }
        assertEquals(0, 12 * product / n, 0.02);
    }

    @Test
    void permutationHoldsEveryNumberOnce() {
        var order = new Seed(5).stream().permutation(100);
        assertTrue(order[0] != 0 || order[1] != 1 || order[2] != 2);
        assertArrayEquals(
                IntStream.range(0, 100).toArray(), Arrays.stream(order).sorted().toArray());
    }
}
