package latent4j.metric;

import java.util.Arrays;
import java.util.stream.IntStream;
import latent4j.data.Samples;
import latent4j.model.Inference;
import latent4j.tensor.Kernels;

/** Squared Euclidean distances between the records of two sets, piece by piece, since all of them may not fit into memory. */
final class Distances {

    private static final int COLUMNS = 2_000;

    private Distances() {}

    /** Takes the squared distances of record {@code i} to the others from {@code first} on: {@code values[from]} to {@code values[to − 1]}. */
    interface Row {
        void accept(int i, int first, float[] values, int from, int to);
    }

    /** All squared distances from a's records to b's. */
    static void squared(Samples a, Samples b, Row row) {
        requireVectors(a, b);
        var values = new float[Math.min(500, a.size()) * Math.min(COLUMNS, b.size())];
        for (int first = 0; first < b.size(); first += COLUMNS) {
            int column = first;
            int end = Math.min(b.size(), first + COLUMNS);
            int width = end - column;
            Inference.inBatches(a.size(), (from, to) -> {
                var tile = Kernels.current()
                        .pairwiseSquaredDistances(Inference.array(a, from, to), Inference.array(b, column, end));
                latent4j.tensor.Arrays.read(tile, values, 0);
                for (int i = from; i < to; i++) {
                    row.accept(i, column, values, (i - from) * width, (i - from + 1) * width);
                }
            });
        }
    }

    /** The squared distances of each record to the k nearest others of the same set, in rising order: [n][k]. */
    static float[][] nearestOthers(Samples x, int k) {
        if (x.size() <= k) {
            throw new IllegalArgumentException(
                    "the " + k + " nearest others need at least " + (k + 1) + " records, got " + x.size());
        }
        var nearest = new float[x.size()][k];
        for (var row : nearest) {
            Arrays.fill(row, Float.POSITIVE_INFINITY);
        }
        squared(x, x, (i, first, values, from, to) -> {
            var row = nearest[i];
            for (int at = from; at < to; at++) {
                if (values[at] < row[k - 1] && first + at - from != i) {
                    insert(values[at], row);
                }
            }
        });
        return nearest;
    }

    private static void insert(float value, float[] rising) {
        int place = rising.length - 1;
        while (place > 0 && rising[place - 1] > value) {
            rising[place] = rising[place - 1];
            place--;
        }
        rising[place] = value;
    }

    /**
     * The other way round the same distances count for both sets.
     *
     * @param fromA for each record of a, the squared distance to the closest of b
     * @param whichOfB which one that is
     * @param fromB for each record of b, the squared distance to the closest of a
     */
    record Closest(float[] fromA, int[] whichOfB, float[] fromB) {

        static Closest of(Samples a, Samples b) {
            var fromA = new float[a.size()];
            var which = new int[a.size()];
            var fromB = new float[b.size()];
            Arrays.fill(fromA, Float.POSITIVE_INFINITY);
            Arrays.fill(fromB, Float.POSITIVE_INFINITY);
            squared(a, b, (i, first, values, from, to) -> {
                for (int at = from; at < to; at++) {
                    int j = first + at - from;
                    float d = values[at];
                    if (d < fromA[i]) {
                        fromA[i] = d;
                        which[i] = j;
                    }
                    fromB[j] = Math.min(fromB[j], d);
                }
            });
            return new Closest(fromA, which, fromB);
        }
    }

    /** Refuses what are no vectors of the same length, and values that are not finite. */
    static void requireVectors(Samples a, Samples b) {
        if (a.shape().dimension() != 1 || !a.shape().equals(b.shape())) {
            throw new IllegalArgumentException(
                    "both sets must hold vectors of the same length, got " + a.shape() + " and " + b.shape());
        }
    }

    /** ‖x‖² of each record. */
    static double[] squaredNorms(Samples x) {
        return IntStream.range(0, x.size())
                .mapToDouble(i -> {
                    double sum = 0;
                    for (float value : x.row(i)) {
                        sum += (double) value * value;
                    }
                    return sum;
                })
                .toArray();
    }
}
