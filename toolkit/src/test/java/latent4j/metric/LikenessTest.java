package latent4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import latent4j.data.Dataset;
import latent4j.data.Datasets;
import latent4j.data.Samples;
import latent4j.tensor.Seed;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LikenessTest {

    private static final int COUNT = 600;
    private static Dataset digits;
    private static Samples fresh;
    private static Reference reference;

    @BeforeAll
    static void draw() {
        digits = Datasets.digits(2_000, COUNT);
        fresh = Datasets.digits(COUNT, 0, 5).train();
        reference = new Reference(digits, Classifier.digits(), COUNT, 0);
    }

    @Test
    void freshRecordsAreAsGoodAsTrainingRecords() {
        var found = Likeness.of(fresh, digits, Classifier.digits(), 0);
        for (var measure : List.of(
                found.frechetDistance(),
                found.kernelDistance(),
                found.precision(),
                found.recall(),
                found.density(),
                found.coverage())) {
            double reach = measure.interval().orElseThrow().high() - measure.value();
            // the floor varies as the value does
            assertEquals(measure.floor().orElseThrow(), measure.value(), 2.2 * reach, measure.toString());
        }
        assertFalse(found.memorisation().found(), found.memorisation().toString());
        assertEquals(10, found.toTable().rowCount());
        assertEquals("Fréchet distance (digits-cnn)", found.frechetDistance().name());
        assertTrue(found.toString().startsWith("Fréchet distance (digits-cnn) "), found.toString());
        assertEquals(found.toString(), likeness(fresh).toString(), "the same seed");
    }

    @Test
    void whatIsWrongWithSamplesShows() {
        var same = likeness(fresh);
        var noisy = new ArrayList<Likeness>(List.of(same));
        for (double deviation : new double[] {0.15, 0.3, 0.6}) {
            noisy.add(likeness(noisy(fresh, deviation)));
        }
        requireRising("noise", noisy, x -> x.frechetDistance().value());
        requireRising("noise", noisy, x -> x.kernelDistance().value());
        requireRising("noise", noisy, x -> -x.precision().value());
        requireRising("noise", noisy, x -> -x.density().value());
        requireRising("noise", noisy, x -> -x.coverage().value());

        var blurred = new ArrayList<Likeness>(List.of(same));
        var blur = fresh;
        for (int i = 0; i < 2; i++) {
            blur = changed(changed(blur, LikenessTest::blurred), LikenessTest::blurred);
            blurred.add(likeness(blur));
        }
        requireRising("blur", blurred, x -> x.frechetDistance().value());
        requireRising("blur", blurred, x -> x.kernelDistance().value());
        requireRising("blur", blurred, x -> -x.coverage().value());

        var dropped = new ArrayList<Likeness>(List.of(same));
        for (int classes : new int[] {7, 4, 1}) {
            dropped.add(likeness(onlyClassesBelow(classes)));
        }
        requireRising("dropped classes", dropped, x -> x.frechetDistance().value());
        requireRising("dropped classes", dropped, x -> x.kernelDistance().value());
        requireRising("dropped classes", dropped, x -> -x.recall().value());
        requireRising("dropped classes", dropped, x -> -x.coverage().value());
        requireRising("dropped classes", dropped, x -> -x.classifierScore()
                .orElseThrow()
                .value());
        var four = dropped.get(2);
        assertTrue(four.precision().value() > same.precision().value() - 0.1, "what is left is as precise: " + four);
    }

    private static void requireRising(String what, List<Likeness> rows, ToDoubleFunction<Likeness> number) {
        var values = rows.stream().mapToDouble(number).toArray();
        for (int i = 1; i < values.length; i++) {
            assertTrue(values[i] > values[i - 1], what + ": " + Arrays.toString(values));
        }
    }

    private static Likeness likeness(Samples samples) {
        return Likeness.of(samples, reference);
    }

    private static Samples noisy(Samples x, double deviation) {
        var noise = new Seed(9).normal(x.size() * 784);
        var values = x.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.max(0, Math.min(1, values[i] + deviation * noise[i]));
        }
        return Samples.of(x.shape(), values);
    }

    private static Samples changed(Samples x, UnaryOperator<float[]> change) {
        var values = new float[x.size() * 784];
        for (int i = 0; i < x.size(); i++) {
            System.arraycopy(change.apply(x.row(i)), 0, values, i * 784, 784);
        }
        return Samples.of(x.shape(), values);
    }

    /** The mean of each pixel and its eight neighbours. */
    private static float[] blurred(float[] image) {
        var result = new float[784];
        for (int k = 0; k < 784; k++) {
            for (int v = -1; v <= 1; v++) {
                for (int u = -1; u <= 1; u++) {
                    int row = Math.max(0, Math.min(27, k / 28 + v));
                    int column = Math.max(0, Math.min(27, k % 28 + u));
                    result[k] += image[row * 28 + column] / 9;
                }
            }
            result[k] = Math.min(1, result[k]);
        }
        return result;
    }

    private static Samples onlyClassesBelow(int classes) {
        var many = Datasets.digits(8_000, 0, 5).train();
        var labels = many.labels().orElseThrow();
        return many.rows(IntStream.range(0, many.size())
                .filter(i -> labels[i] < classes)
                .limit(COUNT)
                .toArray());
    }

    @Test
    void aModelThatRepeatsItsTrainingRecordsIsFoundAndPassesEverythingElse() {
        var copies = digits.train().rows(Arrays.copyOf(new Seed(3).permutation(2_000), COUNT));
        var found = likeness(copies);
        assertTrue(found.memorisation().found(), found.toString());
        assertTrue(found.membership().value() > 0.6, found.membership().toString());
        assertEquals(1, found.nearerToTraining().value(), 1e-12);
        assertTrue(found.coverage().value() > 0.9, found.coverage().toString());
    }

    /** An interval's width is that of fresh samples and fresh records, for each measure. */
    @Test
    void intervalsAreAsWideAsFreshDrawsSay() {
        int n = 400;
        int d = 6;
        var features = Features.values();
        var training = Vectors.normal(n, d, 0, 1, 1);
        var names = List.of("Fréchet distance", "Kernel distance", "Precision", "Recall", "Density", "Coverage");
        var halves = new double[names.size()];
        int repeats = 6;
        for (int i = 0; i < repeats; i++) {
            var data = new Dataset("normal", training, Vectors.normal(n, d, 0, 1, 100 + i));
            var measures = Likeness.of(Vectors.normal(n, d, 0.4, 0.9, 200 + i), data, features, i).measures().stream()
                    .collect(Collectors.toMap(m -> m.name().replace(" (values)", ""), m -> m));
            for (int k = 0; k < halves.length; k++) {
                var measure = measures.get(names.get(k));
                halves[k] += (measure.value() - measure.interval().orElseThrow().low()) / 1.96 / repeats;
            }
        }
        var fresh = new double[names.size()][60];
        for (int i = 0; i < 60; i++) {
            var numbers = Likeness.Numbers.of(
                    Vectors.normal(n, d, 0.4, 0.9, 1_000 + i), Vectors.normal(n, d, 0, 1, 2_000 + i), null);
            fresh[0][i] = numbers.frechet();
            fresh[1][i] = numbers.kernel();
            fresh[2][i] = numbers.neighbourhoods().precision();
            fresh[3][i] = numbers.neighbourhoods().recall();
            fresh[4][i] = numbers.neighbourhoods().density();
            fresh[5][i] = numbers.neighbourhoods().coverage();
        }
        for (int k = 0; k < halves.length; k++) {
            double ratio = halves[k] / Math.sqrt(StatUtils.variance(fresh[k]));
            assertTrue(ratio > 0.6 && ratio < 1.7, names.get(k) + ": " + ratio);
        }
    }

    @Test
    void asAMetricOfAnyModel() {
        var metric = Likeness.metric(Features.values(), 200);
        var ring = Datasets.ring(8, 1, 0.1, 1_000, 0);
        var data = new Dataset(
                "ring",
                ring.train(),
                ring.train().rows(IntStream.range(500, 1_000).toArray()));
        var model = new Resampler(data.train());
        var measures = metric.measure(model, data, 1);
        assertEquals(9, measures.size(), "no classifier, no score");
        assertEquals("Fréchet distance (values)", measures.get(0).name());
        assertEquals(200, measures.get(0).count());
        assertEquals(measures, metric.measure(model, data, 1));
        assertFalse(measures.equals(metric.measure(model, data, 2)));
    }

    /** Draws records of a set. */
    private record Resampler(Samples records) implements Recorded {
        @Override
        public Samples draw(int n, long seed) {
            return records.rows(Arrays.copyOf(new Seed(seed).permutation(records.size()), n));
        }
    }

    @Test
    void refusals() {
        var classifier = Classifier.digits();
        var messages = Map.of(
                "the likeness of 129 samples on the 64 features digits-cnn needs at least 130 samples, got 129",
                () -> Likeness.of(fresh.head(129), digits, classifier, 0),
                "the likeness of 600 samples on the 64 features digits-cnn needs at least 130 held-out records in few, got 100",
                () -> Likeness.of(
                        fresh, new Dataset("few", digits.train(), digits.test().head(100)), classifier, 0),
                "the likeness of 600 samples on the 64 features digits-cnn needs at least 600 training records in few, got 300",
                () -> Likeness.of(fresh, new Dataset("few", digits.train().head(300), digits.test()), classifier, 0),
                "samples are compared with held-out and training records, got samples: 2000 to train on, 0 held out, of shape (1, 28, 28), 10 classes",
                () -> Likeness.of(fresh, Dataset.of(digits.train()), classifier, 0),
                "the samples to compare with digits must have shape (1, 28, 28), got (784)",
                () -> Likeness.of(Features.values().of(fresh), digits, classifier, 0),
                "the samples: record 0 has the value -0.5 at position 0 of shape (1, 28, 28); an image's values must be in [0, 1]",
                () -> Likeness.of(changed(fresh, row -> filled(-0.5f)), digits, classifier, 0),
                "the samples: record 0 has the value NaN at position 0 of shape (1, 28, 28); an image's values must be in [0, 1]",
                () -> Likeness.of(changed(fresh, row -> filled(Float.NaN)), digits, classifier, 0),
                "the held-out records of grey are all alike in their features digits-cnn: nothing can be told from them",
                (Runnable) () -> Likeness.of(
                        fresh,
                        new Dataset("grey", digits.train(), changed(digits.test(), row -> filled(0.5f))),
                        classifier,
                        0));
        messages.forEach((message, call) -> assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage()));
    }

    private static float[] filled(float value) {
        var row = new float[784];
        Arrays.fill(row, value);
        return row;
    }
}
