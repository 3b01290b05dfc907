package latent4j.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import latent4j.data.Datasets;
import latent4j.data.FixedFactor;
import latent4j.data.Refusal;
import latent4j.data.Samples;
import latent4j.tensor.Seed;
import org.junit.jupiter.api.Test;

class DisentanglementTest {

    private static final int RECORDS = 3000;
    private static final List<String> NAMES = List.of("a", "b", "c");

    /** Three independent uniform factors and codes made of them. */
    private static Samples codes(int latent, UnaryOperator<float[]> code) {
        var uniform = new Seed(1).uniform(3 * RECORDS);
        var factors = new float[RECORDS][3];
        var values = new float[RECORDS * latent];
        for (int i = 0; i < RECORDS; i++) {
            System.arraycopy(uniform, 3 * i, factors[i], 0, 3);
            System.arraycopy(code.apply(factors[i].clone()), 0, values, i * latent, latent);
        }
        return Samples.of(new Shape(latent), values).withFactors(new Samples.Factors(NAMES, factors));
    }

    private static float[] noise(float[] v) {
        return new Seed(Float.floatToIntBits(v[0])).normal(3);
    }

    /** Each factor in one dimension: permuted, stretched, turned round, and monotonic where linearity is not asked. */
    private static final Samples PERFECT = codes(3, v -> new float[] {5 - 3 * v[2], v[0], 100 * v[1]});

    private static final Samples CHANCE = codes(3, DisentanglementTest::noise);

    /** a and b turned by 45°. */
    private static final Samples TURNED = codes(3, DisentanglementTest::turn);

    private static final Samples PERFECT_IN_ORDER = codes(3, v -> v);

    private static float[] turn(float[] v) {
        return new float[] {v[0] + v[1], v[0] - v[1], v[2]};
    }

    @Test
    void perfectCodesScoreOne() {
        assertEquals(
                1,
                MutualInformationGap.of(PERFECT).value(),
                0.03); // less the bias of frequencies, (19·19 / 6000) / log 20 = 0.02
        assertEquals(1, SeparatedAttributePredictability.of(PERFECT).value(), 0.005);
        var dci = Dci.of(PERFECT, 1);
        System.out.println(dci);
        assertEquals(1, dci.disentanglement(), 0.03);
        assertEquals(1, dci.completeness(), 0.03);
        assertEquals(1, dci.informativeness(), 0.01);
        assertEquals(1, FactorVaeScore.of(PERFECT, 1).value());
    }

    @Test
    void codesThatSayNothingScoreByChance() {
        assertEquals(0, MutualInformationGap.of(CHANCE).value(), 0.01);
        assertEquals(0, SeparatedAttributePredictability.of(CHANCE).value(), 0.005);
        var dci = Dci.of(CHANCE, 1);
        System.out.println(dci);
        assertEquals(0, dci.disentanglement(), 0.05);
        assertEquals(0, dci.completeness(), 0.05);
        assertTrue(dci.informativeness() < 0.02, dci.toString());
        assertEquals(1 / 3.0, FactorVaeScore.of(CHANCE, 1).value(), 0.07);
    }

    /**
     * For a and b uniform and independent, a + b and a − b say the same of both, so that only c has a gap: 1/3 of its score. R²
     * of each is 1/2.
     */
    @Test
    void turnedCodesHaveNoGap() {
        assertEquals(1 / 3.0, MutualInformationGap.of(TURNED).value(), 0.03);
        var sap = SeparatedAttributePredictability.of(TURNED);
        assertEquals(1 / 3.0, sap.value(), 0.04); // the gaps of a and b are |N(0, 0.03²)| at so many records
        assertEquals(0.5, sap.scores()[0][0], 0.03);
        assertEquals(0.5, sap.scores()[1][0], 0.03);
        var dci = Dci.of(TURNED, 1);
        System.out.println(dci);
        // c: 1; the others' importance is shared by two of three: 1 − log 2 / log 3
        double both = 1 - Math.log(2) / Math.log(3);
        assertEquals((1 + 2 * both) / 3, dci.disentanglement(), 0.08);
        assertEquals((1 + 2 * both) / 3, dci.completeness(), 0.08);
        double score = FactorVaeScore.of(TURNED, 1).value();
        assertTrue(score > 0.55 && score < 0.75, "a and b are told apart by chance: 2/3, got " + score);
    }

    /** Hand-computed: two fair bits that agree in 3 of 4 cases. */
    @Test
    void mutualInformationByHand() {
        var a = new int[] {0, 0, 0, 0, 1, 1, 1, 1};
        var b = new int[] {0, 0, 0, 1, 1, 1, 1, 0};
        double expected = Math.log(2) + 0.75 * Math.log(0.75) + 0.25 * Math.log(0.25);
        assertEquals(expected, MutualInformation.of(a, b), 1e-12);
        assertEquals(Math.log(2), MutualInformation.of(a, a), 1e-12);
        assertEquals(0, MutualInformation.of(a, new int[8]));
        assertEquals(
                -0.75 * Math.log(0.75) - 0.25 * Math.log(0.25),
                MutualInformation.entropy(new int[] {2, 0, 0, 0}),
                1e-12);
    }

    @Test
    void binsHoldEquallyManyAndFewValuesHaveOneEach() {
        var values = new double[] {9, 1, 5, 3, 7, 11};
        assertArrayEquals(new int[] {2, 0, 1, 0, 1, 2}, MutualInformation.bins(values, 3));
        assertArrayEquals(new int[] {1, 0, 1, 0}, MutualInformation.bins(new double[] {8, -2, 8, -2}, 20));
        // equal values share a bin
        assertArrayEquals(new int[] {0, 0, 0, 1}, MutualInformation.bins(new double[] {0, 0, 0, 1}, 20));
    }

    /** Chen et al. 2018, equation 6, by hand: a code that is the factor and a second that is half of it, four values each. */
    @Test
    void migByHand() {
        int n = 400;
        var values = new float[2 * n];
        var factors = new float[n][];
        for (int i = 0; i < n; i++) {
            int v = i % 4;
            int w = i / 4 % 4;
            values[2 * i] = v;
            values[2 * i + 1] = v / 2 + 10 * (w / 2);
            factors[i] = new float[] {v, w};
        }
        var codes = Samples.of(new Shape(2), values).withFactors(new Samples.Factors(List.of("v", "w"), factors));
        var mig = MutualInformationGap.of(codes);
        assertEquals(Math.log(4), mig.entropies()[0], 1e-12);
        assertEquals(Math.log(4), mig.information()[0][0], 1e-12);
        assertEquals(Math.log(2), mig.information()[1][0], 1e-12);
        assertEquals(0, mig.information()[0][1], 1e-12);
        assertEquals(Math.log(2), mig.information()[1][1], 1e-12);
        // v: (log 4 − log 2) / log 4; w: (log 2 − 0) / log 4
        assertEquals(0.5, mig.value(), 1e-12);
        assertEquals(2, mig.toTable().rowCount());
    }

    /** Eastwood and Williams 2018, section 2, by hand. */
    @Test
    void disentanglementAndCompletenessByHand() {
        double log2 = Math.log(2);
        var importance = new double[][] {{1, 0}, {0.25, 0.75}, {0, 0}};
        double entropy = -(0.25 * Math.log(0.25) + 0.75 * Math.log(0.75));
        assertEquals((1 * 1 + 1 * (1 - entropy / log2)) / 2, Dci.disentanglement(importance), 1e-12);
        double first = -(0.8 * Math.log(0.8) + 0.2 * Math.log(0.2));
        assertEquals(((1 - first / Math.log(3)) + 1) / 2, Dci.completeness(importance), 1e-12);
    }

    @Test
    void allScoresHaveAnIntervalAndChance() {
        var scores = Disentanglement.of(TURNED, 4);
        System.out.println(scores);
        assertEquals(6, scores.toTable().rowCount());
        for (var measure : scores.measures()) {
            var interval = measure.interval().orElseThrow();
            assertTrue(interval.low() <= measure.value() && measure.value() <= interval.high(), measure.toString());
            assertTrue(measure.floor().orElseThrow() < measure.value(), measure.toString());
        }
    }

    @Test
    void theSeedDecides() {
        assertEquals(
                FactorVaeScore.of(TURNED, 3).value(),
                FactorVaeScore.of(TURNED, 3).value());
        var some = TURNED.head(300);
        assertEquals(Dci.of(some, 3).disentanglement(), Dci.of(some, 3).disentanglement());
    }

    /** A model whose codes are the records themselves, and records whose dimensions are the factors. */
    @Test
    void groupsDrawnScoreAsGroupsFound() {
        FixedFactor draws = (factor, n, seed) -> {
            var values = new Seed(seed).uniform(3 * n);
            for (int i = 0; i < n; i++) {
                values[3 * i + NAMES.indexOf(factor)] = values[NAMES.indexOf(factor)];
            }
            return Samples.of(new Shape(3), values);
        };
        var model = new Identity(new Shape(3));
        assertEquals(
                1,
                FactorVaeScore.of(model, PERFECT_IN_ORDER, draws, 1, "a", "b", "c")
                        .value());
        double found = FactorVaeScore.of(TURNED, 1).value();
        FixedFactor turned = (factor, n, seed) -> {
            var straight = draws.draw(factor, n, seed);
            var values = new float[3 * n];
            for (int i = 0; i < n; i++) {
                System.arraycopy(turn(straight.row(i)), 0, values, 3 * i, 3);
            }
            return Samples.of(new Shape(3), values);
        };
        double drawn =
                FactorVaeScore.of(model, TURNED, turned, 1, "a", "b", "c").value();
        System.out.println("FactorVAE score of turned codes: groups found " + found + ", drawn " + drawn);
        assertEquals(found, drawn, 0.07);
    }

    /** The interval holds the number of fresh records 95 times in 100: here 37 of 40 at least, whose probability is 0.95. */
    @Test
    void theIntervalHoldsFreshRecords() {
        int held = 0;
        int n = 1000;
        for (int repeat = 0; repeat < 40; repeat++) {
            var values = new Seed(repeat).child("values").normal(n);
            var seed = new Seed(repeat);
            var mean = new double[] {
                IntStream.range(0, n).mapToDouble(i -> values[i]).average().orElseThrow()
            };
            var interval = Halves.intervals(mean, n, 20, seed, half -> new double[] {
                IntStream.of(half).mapToDouble(i -> values[i]).average().orElseThrow()
            })[0];
            held += interval.low() <= 0 && 0 <= interval.high() ? 1 : 0;
        }
        System.out.println("intervals that hold the mean: " + held + " of 40");
        assertTrue(held >= 34, held + " of 40");
    }

    @Test
    void refusals() {
        Refusal.expect(() -> MutualInformationGap.of(Samples.of(new Shape(2), new float[2000])), "factors", "none");
        Refusal.expect(() -> MutualInformationGap.of(PERFECT.head(100)), "at least 200", "got 100");
        Refusal.expect(() -> FactorVaeScore.of(PERFECT.head(1000), 1), "1280", "got 1000");
        Refusal.expect(() -> MutualInformationGap.of(PERFECT, "a"), "at least 2 factors", "[a]");
        Refusal.expect(() -> MutualInformationGap.of(PERFECT, "a", "slant"), "no factor 'slant'");
        Refusal.expect(() -> Dci.of(codes(3, v -> new float[3]), 1), "all 2000 codes are the same");
        var slant = Datasets.digitsWithoutSlant(1, 300).test();
        var some = Samples.of(new Shape(2), new Seed(1).normal(600))
                .withFactors(slant.factors().orElseThrow());
        Refusal.expect(() -> Dci.of(some, 1), "'slant'", "name the factors that vary");
    }
}
