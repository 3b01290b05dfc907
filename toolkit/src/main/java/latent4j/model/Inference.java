package latent4j.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import latent4j.data.Samples;
import latent4j.tensor.Arrays;
import latent4j.tensor.Tape;

/** Runs samples through trained networks, a few hundred at a time. */
public final class Inference {

    private static final int ROWS = 500;

    private Inference() {}

    /** A number of records, of which a batch holds some: {@code (from, to)}, to exclusive. */
    public interface Rows {
        /** Takes the records from {@code from} to {@code to} (exclusive). */
        void accept(int from, int to);
    }

    /** Calls for all records in runs of a few hundred, each on an evaluation tape. */
    public static void inBatches(int n, Rows rows) {
        for (int from = 0; from < n; from += ROWS) {
            try (var tape = Tape.evaluation()) {
                rows.accept(from, Math.min(n, from + ROWS));
            }
        }
    }

    /**
     * f of all samples, with their labels and factors.
     *
     * @param f from [batch, shape…] to [batch, result…]
     */
    public static Samples map(Samples samples, Shape expected, Function<NDArray, NDArray> f) {
        return map(samples, expected, (from, to) -> f.apply(array(samples, from, to)));
    }

    /**
     * f of all labelled samples and their classes, with their labels and factors.
     *
     * @param f from [batch, shape…] and one-hot classes [batch, classes] to [batch, result…]
     */
    public static Samples map(Samples samples, Shape expected, int classes, BinaryOperator<NDArray> f) {
        var labels = samples.labels()
                .orElseThrow(
                        () -> new IllegalArgumentException("a conditional model needs labels, and these records have"
                                + " none: give them some by withLabels"));
        return map(samples, expected, (from, to) -> {
            var y = OneHot.of(java.util.Arrays.copyOfRange(labels, from, to), classes);
            return f.apply(array(samples, from, to), y);
        });
    }

    private interface OfRows {
        NDArray apply(int from, int to);
    }

    private static Samples map(Samples samples, Shape expected, OfRows f) {
        if (!samples.shape().equals(expected)) {
            throw new IllegalArgumentException("expected records of shape " + expected + ", got " + samples.shape());
        }
        if (samples.size() == 0) {
            throw new IllegalArgumentException("expected at least one record, got none");
        }
        var results = new float[1][];
        var shape = new Shape[1];
        inBatches(samples.size(), (from, to) -> {
            var y = f.apply(from, to);
            if (results[0] == null) {
                shape[0] = y.getShape().slice(1);
                results[0] = new float[Math.multiplyExact(samples.size(), (int) shape[0].size())];
            }
            Arrays.read(y, results[0], from * (int) shape[0].size());
        });
        var mapped = Samples.of(shape[0], results[0]);
        var labelled = samples.labels().map(mapped::withLabels).orElse(mapped);
        return samples.factors().map(labelled::withFactors).orElse(labelled);
    }

    /** Records {@code from} to {@code to} (exclusive) as an array [to − from, shape…]. */
    public static NDArray array(Samples samples, int from, int to) {
        return Arrays.filled(new Shape(to - from).addAll(samples.shape()), buffer -> {
            for (int i = from; i < to; i++) {
                samples.copyRow(i, buffer);
            }
        });
    }
}
