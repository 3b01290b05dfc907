package latent4j.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeedTest {

    @Test
    void theSamePathGivesTheSameNumbers() {
        var a = new Seed(7).child("noise").child(3);
        a.normal(10);
        assertArrayEquals(a.normal(5), new Seed(7).child("noise").child(3).normal(5));
    }

    @Test
    void childrenDiffer() {
        var seeds = new HashSet<Long>();
        for (int seed = 0; seed < 20; seed++) {
            for (int key = 0; key < 100; key++) {
                seeds.add(new Seed(seed).child(key).value());
            }
        }
        assertEquals(2000, seeds.size());
        assertNotEquals(new Seed(0).child("a").value(), new Seed(0).child("b").value());
        assertNotEquals(
                new Seed(0).child(1).child(2).value(),
                new Seed(0).child(2).child(1).value());
    }

    @Test
    void normalDrawsHaveTheRightMoments() {
        var draws = new Seed(1).normal(100_000);
        double mean = IntStream.range(0, draws.length)
                .mapToDouble(i -> draws[i])
                .average()
                .orElseThrow();
        double square = IntStream.range(0, draws.length)
                .mapToDouble(i -> draws[i] * draws[i])
                .average()
                .orElseThrow();
        assertEquals(0, mean, 0.015);
        assertEquals(1, square, 0.02);
    }

    @Test
    void aPermutationHoldsEachNumberOnce() {
        var order = new Seed(3).permutation(1000);
        assertArrayEquals(
                IntStream.range(0, 1000).toArray(),
                java.util.Arrays.stream(order).sorted().toArray());
        assertNotEquals(0, IntStream.range(0, 1000).filter(i -> order[i] != i).count());
    }
}
