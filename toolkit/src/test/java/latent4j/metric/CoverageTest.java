package latent4j.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import latent4j.data.Datasets;
import latent4j.data.GaussianMixture;
import latent4j.data.Samples;
import latent4j.model.Model;
import latent4j.model.Objective;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CoverageTest {

    private static final GaussianMixture RING = GaussianMixture.ring(8, 1, 0.01);

    /** Shares ½, ¼, ¼ and 0 of four modes. */
    @Test
    void figuresAsByHand() {
        var coverage = new Coverage("x", "", List.of(10, 5, 5, 0), 40, 6, OptionalDouble.of(0.9), "");
        assertEquals(3, coverage.found());
        assertEquals(1, coverage.foundStrictly());
        assertEquals(0.5, coverage.good());
        assertEquals(0.5 * Math.log(2), coverage.reverseKl(), 1e-12);
        // averages 3/8, 1/4, 1/4, 1/8: half of ½ log(4/3), and of ¼ log(2/3) + ¼ log 2
        double js = (0.5 * Math.log(4 / 3.0) + 0.25 * Math.log(2 / 3.0) + 0.25 * Math.log(2)) / 2;
        assertEquals(js, coverage.jensenShannon(), 1e-12);
    }

    @Test
    void oneModeAloneAndNoGoodSampleAreTheFarthestFromUniform() {
        var one = new Coverage("x", "", List.of(0, 9, 0, 0), 9, 1, OptionalDouble.empty(), "");
        assertEquals(Math.log(4), one.reverseKl(), 1e-12);
        assertTrue(one.jensenShannon() < Math.log(2));
        var none = new Coverage("x", "", List.of(0, 0, 0, 0), 9, 1, OptionalDouble.empty(), "");
        assertEquals(0, none.found());
        assertEquals(0, none.good());
        assertEquals(one.reverseKl(), none.reverseKl());
        assertEquals(one.jensenShannon(), none.jensenShannon(), 1e-12);
    }

    /** Counted once more, by hand, with all distances. */
    @Test
    void countsAsBruteForce() {
        var random = new Random(1);
        var values = new float[2 * 3000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (RING.centres().get(i / 2 % 8)[i % 2] * 0.99 + 0.02 * random.nextGaussian());
        }
        var counts = new int[8];
        for (int i = 0; i < 3000; i++) {
            for (int k = 0; k < 8; k++) {
                double x = values[2 * i] - RING.centres().get(k)[0];
                double y = values[2 * i + 1] - RING.centres().get(k)[1];
                counts[k] += x * x + y * y <= 0.03 * 0.03 ? 1 : 0;
            }
        }
        var coverage = Coverage.of(Samples.of(RING.shape(), values), Modes.of(RING));
        for (int k = 0; k < 8; k++) {
            assertEquals(counts[k], coverage.counts().get(k));
            assertTrue(counts[k] > 100 && counts[k] < 375, "some of each are good, and not all: " + counts[k]);
        }
    }

    static Stream<GaussianMixture> mixtures() {
        return Stream.of(RING, GaussianMixture.grid(5, 2, 0.05), GaussianMixture.flat(1200, 700));
    }

    /** The mixture itself: all modes, the share that is good within binomial error of 98.9 %, the divergences at their floor. */
    @ParameterizedTest
    @MethodSource("mixtures")
    void trueRecordsCoverEverything(GaussianMixture mixture) {
        int n = 2500;
        var coverage = Coverage.of(mixture.dataset(n, 7).train(), Modes.of(mixture));
        int modes = mixture.centres().size();
        assertEquals(modes, coverage.found());
        assertEquals(modes, coverage.foundStrictly());
        double good = 1 - Math.exp(-4.5);
        assertEquals(good, coverage.perfectGood().orElseThrow(), 1e-8);
        assertEquals(good, coverage.good(), 3 * Math.sqrt(good * (1 - good) / n));
        // 2n·KL is about χ² with m − 1 degrees of freedom: 3 of its standard deviations
        double floor = (modes - 1) / (2.0 * n);
        assertEquals(floor, coverage.reverseKl(), 3 * floor * Math.sqrt(2.0 / (modes - 1)));
        for (var measure : coverage.measures()) {
            measure.interval().ifPresent(i -> assertTrue(i.low() < good && good < i.high(), measure.toString()));
        }
    }

    /** VEEGAN's 10 standard deviations refuse all true records of 700 dimensions, and the floor says so. */
    @Test
    void tenStandardDeviationsHoldNoTrueRecordOfManyDimensions() {
        var mixture = GaussianMixture.flat(1200, 700);
        var modes = CoverageProtocol.veeganFlat().modes(mixture);
        assertEquals(0, modes.shown().orElseThrow(), 1e-9);
        assertEquals(0, Coverage.of(mixture.dataset(2500, 7).train(), modes).good());
    }

    /** What perfect samples reach, against drawing them 400 times. */
    @Test
    void floorsAreTheMeansOfPerfectSamples() {
        int n = 300;
        int repeats = 400;
        var random = new Random(3);
        var means = new double[5];
        List<Measure> measures = List.of();
        for (int repeat = 0; repeat < repeats; repeat++) {
            var counts = new Integer[12];
            Arrays.fill(counts, 0);
            for (int i = 0; i < n; i++) {
                counts[random.nextInt(12)]++;
            }
            measures = new Coverage("x", "", List.of(counts), n, 20, OptionalDouble.of(1), "").measures();
            for (int k = 0; k < means.length; k++) {
                means[k] += measures.get(k).value() / repeats;
            }
        }
        assertEquals(5, measures.size());
        for (int k = 0; k < means.length; k++) {
            double floor = measures.get(k).floor().orElseThrow();
            assertEquals(
                    floor,
                    means[k],
                    Math.max(1e-9, 0.05 * Math.min(floor, 1)),
                    measures.get(k).name());
        }
        assertEquals(11 / 600.0, measures.get(3).floor().orElseThrow(), 0.001); // (m − 1) / 2n for many samples
    }

    @Test
    void aCollapsedModelIsSeenAsOne() {
        var collapsed = RING.dataset(20_000, 5).train().ofClass(3).head(2000);
        var coverage = Coverage.of(collapsed, Modes.of(RING));
        assertEquals(1, coverage.found());
        assertEquals(Math.log(8), coverage.reverseKl(), 1e-12);
        assertTrue(coverage.good() > 0.98);
        assertTrue(coverage.toString().contains("1 of 8 modes (1 with 50 samples or more), 9"), coverage.toString());
        assertTrue(coverage.toString().contains("reverse KL 2.079 nats (floor 0.002)"), coverage.toString());
        var table = coverage.toTable();
        assertEquals(8, table.rowCount());
        assertEquals(1, table.booleanColumn("found").countTrue());
        assertEquals(1, table.doubleColumn("share").get(3));
        assertEquals(5, Measure.table(coverage.measures()).rowCount());
    }

    /** By reading each colour's digit; here by a classifier that is told the truth. */
    @Test
    void stackedDigitsAreReadColourByColour() {
        var stacked = Datasets.stackedDigits(40, 0, 3).train();
        var labels = stacked.labels().orElseThrow();
        var digits = new int[3 * labels.length];
        for (int i = 0; i < labels.length; i++) {
            digits[3 * i] = labels[i] / 100;
            digits[3 * i + 1] = labels[i] / 10 % 10;
            digits[3 * i + 2] = labels[i] % 10;
        }
        var modes = Modes.stackedDigits("truth", new Shape(1, 28, 28), images -> {
            assertEquals(120, images.size());
            return digits;
        });
        assertEquals(1000, modes.count());
        assertArrayEquals(labels, modes.shown(stacked));
        refuses(() -> Coverage.of(stacked, modes), "40 samples are too few for the 1,000 modes", "from 11,5");
    }

    @Test
    void asAMetricItIsDefinedForSuchDataOnly() {
        var metric = Coverage.metric(Modes.of(RING), CoverageProtocol.pacGan());
        var measures = metric.measure(perfect(), RING.dataset(10, 0), 1);
        assertEquals(
                List.of("modes found (ring of 8)", "of 8"),
                List.of(measures.get(0).name(), measures.get(0).unit()));
        assertEquals(8, measures.get(0).value());
        assertEquals(2500, measures.get(0).count());
        assertTrue(
                measures.get(0).protocol().startsWith("PacGAN (Lin et al. 2018)"),
                measures.get(0).protocol());
        assertEquals(List.of(), metric.measure(perfect(), Datasets.digits(1, 1), 1));
    }

    @Test
    void protocolsHaveTheirNumbers() {
        var pacGan = CoverageProtocol.pacGan();
        var training = pacGan.training().orElseThrow();
        assertEquals(400_000, training.steps());
        assertEquals(400 * training.records() / training.batch(), training.steps());
        var stacked = CoverageProtocol.pacGanStacked().training().orElseThrow();
        assertEquals(50 * stacked.records() / stacked.batch(), stacked.steps());
        assertEquals(
                "PacGAN (Lin et al. 2018), ring and grid, at 4,000 of 400,000 steps",
                pacGan.at(4000).name());
        assertEquals(5, CoverageProtocol.veegan().runs());
        assertEquals(26_000, CoverageProtocol.veeganStacked().samples());
        assertTrue(Coverage.needed(1000, 5) <= 26_000, "stacked digits are counted with enough samples");
        assertTrue(Coverage.needed(25, 20) <= 2500, "the grid is counted with enough samples");
    }

    /** With 2 modes and one sample each, n samples miss one with probability 2·2⁻ⁿ: 8 are the first below 1 %. */
    @Test
    void tooFewAreRefusedWithTheCountNeeded() {
        assertEquals(8, Coverage.needed(2, 1));
        assertEquals(1, Coverage.needed(1, 1));
        assertEquals(7, Coverage.needed(1, 7));
        var modes = Modes.of(GaussianMixture.ring(2, 1, 0.01));
        refuses(
                () -> Coverage.of(GaussianMixture.ring(2, 1, 0.01).dataset(7, 0).train(), modes, 1),
                "7 samples are too few for the 2 modes of the ring of 2",
                "from 8 on");
        refuses(() -> Coverage.of(RING.dataset(100, 0).train().head(0), modes, 1), "0 samples are too few");
    }

    @Test
    void whatCannotBeCountedIsRefused() {
        var modes = Modes.of(RING);
        refuses(
                () -> Coverage.of(Datasets.flatModes(3, 3, 500, 0).train(), modes),
                "samples of the ring of 8 must have shape (2), got (3)");
        var values = RING.dataset(500, 0).train().toArray();
        values[13] = Float.NaN;
        refuses(() -> Coverage.of(Samples.of(RING.shape(), values), modes), "record 6 has the value NaN");
        refuses(() -> Coverage.of(RING.dataset(500, 0).train(), modes, 0), "least must be >= 1, got 0");
        var digits = Datasets.digits(80, 0).train();
        refuses(
                () -> Coverage.of(digits, Modes.classes("x", 2, digits.shape(), samples -> new int[3])),
                "a mode of each of 80 samples, got 3");
        refuses(
                () -> Coverage.of(digits, Modes.classes("x", 2, digits.shape(), x -> x.labels()
                        .orElseThrow())),
                "must be between 0 and 1, or -1 for none, got");
        refuses(() -> Modes.within(RING, 0), "radius must be a finite number > 0, got 0");
        refuses(() -> Modes.classes("x", 1, RING.shape(), samples -> new int[0]), "classes must be >= 2, got 1");
    }

    private static void refuses(Runnable action, String... words) {
        var message = assertThrows(IllegalArgumentException.class, action::run).getMessage();
        for (var word : words) {
            assertTrue(message.contains(word), () -> "expected '" + word + "' in: " + message);
        }
    }

    /** A model that draws from the ring itself. */
    private static Model perfect() {
        return new Model() {
            @Override
            public List<Objective> objectives() {
                return Collections.emptyList();
            }

            @Override
            public Shape shape() {
                return RING.shape();
            }

            @Override
            public Samples draw(int n, long seed) {
                return RING.dataset(n, seed).train();
            }
        };
    }
}
