package latent4j.data;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Records of one shape, as plain Java values: what a data set holds and what a model draws.
 *
 * <p>An image has shape {@code (channels, height, width)} and values in [0, 1]; a vector has shape
 * {@code (d)} and any real values.
 */
public final class Samples {

    private final Shape shape;
    private final float[] values;
    private final int[] labels;
    private final Factors factors;

    private Samples(Shape shape, float[] values, int[] labels, Factors factors) {
        this.shape = shape;
        this.values = values;
        this.labels = labels;
        this.factors = factors;
    }

    /** What each record was made with: {@code values[i][k]} is factor {@code names[k]} of record {@code i}. */
    public record Factors(List<String> names, float[][] values) {}

    /**
     * Samples over the given values, which are taken, not copied.
     *
     * @param shape one record's shape
     * @param values {@code n * shape.size()} values, record after record, row-major
     */
    public static Samples of(Shape shape, float[] values) {
        if (shape.size() <= 0 || values.length % shape.size() != 0) {
            throw new IllegalArgumentException("values must hold whole records of shape " + shape + " (" + shape.size()
                    + " values each), got " + values.length + " values");
        }
        return new Samples(shape, values, null, null);
    }

    /** The same records with a class for each. */
    public Samples withLabels(int[] labels) {
        if (labels.length != size()) {
            throw new IllegalArgumentException("expected " + size() + " labels, one a record, got " + labels.length);
        }
        return new Samples(shape, values, labels.clone(), factors);
    }

    /** The same records with the factors that each was made with. */
    public Samples withFactors(Factors factors) {
        if (factors.values().length != size()) {
            throw new IllegalArgumentException(
                    "expected " + size() + " rows of factors, one a record, got " + factors.values().length);
        }
        return new Samples(shape, values, labels, factors);
    }

    /** How many records. */
    public int size() {
        return (int) (values.length / shape.size());
    }

    /** One record's shape. */
    public Shape shape() {
        return shape;
    }

    /** Whether the records are images: shape {@code (channels, height, width)} with 1 or 3 channels. */
    public boolean isImage() {
        return shape.dimension() == 3 && (shape.get(0) == 1 || shape.get(0) == 3);
    }

    /** A copy of record {@code i}, row-major. */
    public float[] row(int i) {
        int d = (int) shape.size();
        return Arrays.copyOfRange(values, i * d, (i + 1) * d);
    }

    /** Copies record {@code i} to {@code target} from {@code offset}. */
    public void copyRow(int i, float[] target, int offset) {
        int d = (int) shape.size();
        System.arraycopy(values, i * d, target, offset, d);
    }

    /** Each record's class, where there are classes. */
    public Optional<int[]> labels() {
        return Optional.ofNullable(labels).map(int[]::clone);
    }

    /** What each record was made with, where that is known. */
    public Optional<Factors> factors() {
        return Optional.ofNullable(factors);
    }

    /** The records with the given indices, in that order. */
    public Samples rows(int... indices) {
        int d = (int) shape.size();
        var chosen = new float[indices.length * d];
        for (int i = 0; i < indices.length; i++) {
            copyRow(indices[i], chosen, i * d);
        }
        var chosenLabels = labels == null
                ? null
                : Arrays.stream(indices).map(i -> labels[i]).toArray();
        var chosenFactors = factors == null
                ? null
                : new Factors(
                        factors.names(),
                        Arrays.stream(indices)
                                .mapToObj(i -> factors.values()[i])
                                .toArray(float[][]::new));
        return new Samples(shape, chosen, chosenLabels, chosenFactors);
    }

    /** The first {@code n} records. */
    public Samples head(int n) {
        if (n < 0 || n > size()) {
            throw new IllegalArgumentException("n must be between 0 and " + size() + ", got " + n);
        }
        return rows(java.util.stream.IntStream.range(0, n).toArray());
    }

    /** All values, record after record: a copy. */
    public float[] toArray() {
        return values.clone();
    }

    @Override
    public String toString() {
        return size() + " records of shape " + shape + (labels == null ? "" : ", with labels")
                + (factors == null ? "" : ", with factors " + factors.names());
    }
}
