package latent4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;
import latent4j.data.Dataset;
import latent4j.data.GaussianMixture;
import latent4j.data.Refusal;
import latent4j.data.Samples;
import latent4j.tensor.Seed;
import org.junit.jupiter.api.Test;

class ClustersTest {

    private static final Dataset RING = GaussianMixture.ring(8, 1, 0.05).dataset(800, 3);

    @Test
    void bothFindEightModesApart() {
        var labels = RING.train().labels().orElseThrow();
        for (var clusters : new Clusters[] {Clusters.kMeans(RING.train(), 8, 1), Clusters.hdbscan(RING.train(), 20)}) {
            var agreement = clusters.agreement(labels);
            System.out.println(clusters + "; " + agreement);
            assertEquals(8, clusters.count());
            assertTrue(agreement.purity() > 0.95 && agreement.adjustedRand() > 0.9, agreement.toString());
        }
    }

    /** Every pair of records, asked one by one: the Rand index's formula by its definition. */
    @Test
    void theAdjustedRandIndexByCountingPairs() {
        var a = IntStream.range(0, 60)
                .map(i -> new Seed(1).child(i).stream().integer(3))
                .toArray();
        var b = IntStream.range(0, 60).map(i -> i % 3 == 0 ? a[i] : i % 4).toArray();
        double both = 0;
        double inA = 0;
        double inB = 0;
        double all = 0;
        for (int i = 0; i < 60; i++) {
            for (int j = 0; j < i; j++) {
                all++;
                inA += a[i] == a[j] ? 1 : 0;
                inB += b[i] == b[j] ? 1 : 0;
                both += a[i] == a[j] && b[i] == b[j] ? 1 : 0;
            }
        }
        double expected = inA * inB / all;
        assertEquals(
                (both - expected) / ((inA + inB) / 2 - expected),
                Agreement.of(a, b).adjustedRand(),
                1e-12);
    }

    /** Manning et al. 2008, figure 16.4: three clusters of 17 records of three classes, with the numbers of its page. */
    @Test
    void theBooksExample() {
        var clusters = "aaaaaabbbbbbccccc";
        var classes = "xxxxxoxoooodxxddd".replace('x', '0').replace('o', '1').replace('d', '2');
        var agreement = Agreement.of(
                clusters.chars().map(c -> c - 'a').toArray(),
                classes.chars().map(c -> c - '0').toArray());
        System.out.println(agreement);
        assertEquals(0.71, agreement.purity(), 0.005);
        assertEquals(0.36, agreement.normalisedMutualInformation(), 0.005);
    }

    @Test
    void theSamePartitionIsOneAndChanceIsZero() {
        var a = IntStream.range(0, 3000).map(i -> i % 5).toArray();
        var renamed = Arrays.stream(a).map(c -> 4 - c).toArray();
        var same = Agreement.of(a, renamed);
        assertEquals(1, same.purity());
        assertEquals(1, same.normalisedMutualInformation(), 1e-12);
        assertEquals(1, same.adjustedRand(), 1e-12);
        var order = new Seed(2).permutation(a.length);
        var chance = Agreement.of(a, Arrays.stream(order).map(i -> a[i]).toArray());
        assertEquals(0, chance.adjustedRand(), 0.005);
        assertEquals(0, chance.normalisedMutualInformation(), 0.01);
        assertEquals(3, same.toTable().rowCount());
    }

    @Test
    void asMetricWithChanceAndIntervals() {
        var measures = Clusters.metric().measure(new Identity(RING.shape()), RING, 5);
        measures.forEach(System.out::println);
        assertEquals(3, measures.size());
        for (var measure : measures) {
            assertTrue(measure.value() > 0.9, measure.toString());
            assertTrue(measure.floor().orElseThrow() < 0.6, measure.toString());
        }
        assertEquals(0, measures.get(2).floor().orElseThrow(), 0.1);
    }

    @Test
    void refusals() {
        var same = Samples.of(new Shape(2), new float[200]);
        Refusal.expect(() -> Clusters.kMeans(same, 3, 1), "k = 3 different", "got 1");
        Refusal.expect(() -> Clusters.kMeans(same, 1, 1), "k must be >= 2");
        Refusal.expect(() -> Clusters.hdbscan(same.head(20), 10), "more than 20", "got 20");
        Refusal.expect(() -> Agreement.of(new int[] {0, 1}, new int[] {0, 0}), "at least 2 classes");
        Refusal.expect(() -> Agreement.of(new int[3], new int[2]), "3 and 2");
        var wrong = Samples.of(new Shape(1), new float[] {1, Float.NaN, 2});
        Refusal.expect(() -> Clusters.kMeans(wrong, 2, 1), "finite", "NaN");
    }
}
