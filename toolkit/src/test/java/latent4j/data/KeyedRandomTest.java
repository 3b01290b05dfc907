package latent4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyedRandomTest {

    @Test
    void generatorIsSplitMix64() {
        // First word of the published SplitMix64 from state 0, as every implementation gives it.
        assertEquals(0xe220a8397b1dcdafL, new java.util.SplittableRandom(0).nextLong());
    }

    @Test
    void normalHasMeanZeroAndVarianceOne() {
        var random = KeyedRandom.of(1);
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
    void everyKeyOpensAnotherStream() {
        double first = KeyedRandom.of(1, 2, 3).uniform(0, 1);
        assertEquals(first, KeyedRandom.of(1, 2, 3).uniform(0, 1));
        assertNotEquals(first, KeyedRandom.of(1, 2, 4).uniform(0, 1));
        assertNotEquals(first, KeyedRandom.of(1, 3, 2).uniform(0, 1));
        assertNotEquals(first, KeyedRandom.of(2, 2, 3).uniform(0, 1));
    }

    @Test
    void neighbouringStreamsAreUncorrelated() {
        int n = 50_000;
        double product = 0;
        for (int i = 0; i < n; i++) {
            product += (KeyedRandom.of(7, i).uniform(0, 1) - 0.5)
                    * (KeyedRandom.of(7, i + 1).uniform(0, 1) - 0.5);
        }
        assertEquals(0, 12 * product / n, 0.02);
    }

    @Test
    void permutationHoldsEveryNumberOnce() {
        var order = KeyedRandom.of(5).permutation(100);
        assertTrue(order[0] != 0 || order[1] != 1 || order[2] != 2);
        assertArrayEquals(
                IntStream.range(0, 100).toArray(), Arrays.stream(order).sorted().toArray());
    }
}
