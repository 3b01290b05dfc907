package latent4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import latent4j.data.Samples;
import latent4j.tensor.Seed;
import org.junit.jupiter.api.Test;

class MemorisationTest {

    private static final int DIMENSIONS = 8;

    private static Samples records(int n, long seed) {
        return Vectors.normal(n, DIMENSIONS, 0, 1, seed);
    }

    @Test
    void agreesWithAllPairs() {
        var samples = records(60, 1);
        var training = records(90, 2);
        var heldOut = records(70, 3);
        var found = Memorisation.of(samples, training, heldOut);
        var toTraining = closest(samples, training);
        var toHeldOut = closest(samples, heldOut);
        assertEquals(
                IntStream.range(0, 60).filter(i -> toTraining[i] < toHeldOut[i]).count() / 60.0,
                found.nearerToTraining(),
                1e-12);
        assertEquals(90 / 160.0, found.nearerByChance(), 1e-12);
        var members = closest(training, samples);
        var others = closest(heldOut, samples);
        double pairs = 0;
        for (double member : members) {
            for (double other : others) {
                pairs += member < other ? 1 : 0;
            }
        }
        assertEquals(pairs / (90 * 70), found.auc(), 1e-12);
        var sorted = IntStream.range(0, 60)
                .mapToDouble(i -> Math.sqrt(toTraining[i]))
                .sorted()
                .toArray();
        assertEquals((sorted[29] + sorted[30]) / 2, found.closestTraining(), 1e-6);
    }

    private static double[] closest(Samples from, Samples to) {
        return IntStream.range(0, from.size())
                .mapToDouble(i -> IntStream.range(0, to.size())
                        .mapToDouble(j -> Vectors.squaredDistance(from.row(i), to.row(j)))
                        .min()
                        .orElseThrow())
                .toArray();
    }

    @Test
    void equalDistancesCountHalf() {
        assertEquals(0.5, Memorisation.smaller(new float[] {1, 1}, new float[] {1}));
        assertEquals(0.75, Memorisation.smaller(new float[] {1, 0}, new float[] {1}));
        assertEquals(0, Memorisation.smaller(new float[] {2}, new float[] {1}));
    }

    @Test
    void whoCopiesIsFound() {
        var training = records(2_000, 1);
        var heldOut = records(1_000, 2);
        var copies = noisy(training.rows(new Seed(3).permutation(2_000)).head(500), 0.3, 4);
        var found = Memorisation.of(copies, training, heldOut);
        assertTrue(found.found(), found.toString());
        assertTrue(found.nearerToTraining() > found.nearerByChance() + 5 * found.nearerError(), found.toString());
        assertTrue(found.auc() > 0.5 + 5 * found.aucError(), found.toString());
        assertTrue(found.closestTraining() < 0.8 * found.closestTrainingOfHeldOut(), found.toString());
        assertTrue(found.toString().startsWith("training records are given away: "), found.toString());
    }

    /** Fresh samples, also poor, collapsed or repeated ones, lie as likely near to a held-out record; the errors say how likely. */
    @Test
    void whoHasNotSeenThemIsNot() {
        double squaresOfNearer = 0;
        double squaresOfAuc = 0;
        int repeats = 60;
        int alarms = 0;
        for (int i = 0; i < repeats; i++) {
            var training = records(300, 10L * i);
            var heldOut = records(200, 10L * i + 1);
            var samples =
                    switch (i % 3) {
                        case 0 -> records(200, 10L * i + 2);
                        case 1 -> Vectors.normal(200, DIMENSIONS, 0.2, 0.3, 10L * i + 2); // crowded
                        default -> Vectors.withReplacement(records(20, 10L * i + 2), 3); // few
                    };
            if (i % 3 == 2) {
                var few = samples;
                samples = few.rows(
                        IntStream.range(0, 200).map(k -> k % few.size()).toArray());
            }
            var found = Memorisation.of(samples, training, heldOut);
            alarms += found.found() ? 1 : 0;
            squaresOfNearer += Math.pow((found.nearerToTraining() - found.nearerByChance()) / found.nearerError(), 2);
            squaresOfAuc += Math.pow((found.auc() - 0.5) / found.aucError(), 2);
        }
        // of chi-squared variables over their number: 1 ± 0.18
        assertEquals(1, squaresOfNearer / repeats, 0.55);
        assertEquals(1, squaresOfAuc / repeats, 0.55);
        assertTrue(alarms <= 2, alarms + " false alarms of " + repeats);
    }

    @Test
    void refusesFewRecords() {
        var few = records(49, 1);
        var enough = records(50, 2);
        var message = assertThrows(IllegalArgumentException.class, () -> Memorisation.of(few, enough, enough))
                .getMessage();
        assertEquals(
                "memorisation needs at least 50 records in each set, got 49 samples, 50 training and 50 held-out records",
                message);
    }

    private static Samples noisy(Samples x, double deviation, long seed) {
        var noise = new Seed(seed).normal(x.size() * DIMENSIONS);
        var values = x.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] += (float) (deviation * noise[i]);
        }
        return Samples.of(x.shape(), values);
    }
}
