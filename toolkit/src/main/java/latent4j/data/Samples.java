package latent4j.data;

import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import latent4j.tensor.Seed;
import tech.tablesaw.api.Table;

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
    private final List<String> classNames;
    private final Factors factors;
    private String hash;

    private Samples(Shape shape, float[] values, int[] labels, List<String> classNames, Factors factors) {
        this.shape = shape;
        this.values = values;
        this.labels = labels;
        this.classNames = classNames;
        this.factors = factors;
    }

    /** What each record was made with: {@code values[i][k]} is factor {@code names[k]} of record {@code i}. */
    public record Factors(List<String> names, float[][] values) {

        public Factors {
            names = List.copyOf(names);
            for (int i = 0; i < values.length; i++) {
                if (values[i].length != names.size()) {
                    throw new IllegalArgumentException("record " + i + " must have " + names.size() + " factors "
                            + names + ", got " + values[i].length);
                }
            }
        }

        /** The factors of these names, in this order. */
        public Factors only(String... chosen) {
            var rows = new float[values.length][chosen.length];
            for (int k = 0; k < chosen.length; k++) {
                var column = column(chosen[k]);
                for (int i = 0; i < column.length; i++) {
                    rows[i][k] = column[i];
                }
            }
            return new Factors(List.of(chosen), rows);
        }

        /** One factor of every record. */
        public float[] column(String name) {
            int k = names.indexOf(name);
            if (k < 0) {
                throw new IllegalArgumentException("no factor '" + name + "'; there are " + names);
            }
            var column = new float[values.length];
            for (int i = 0; i < column.length; i++) {
                column[i] = values[i][k];
            }
            return column;
        }
    }

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
        return new Samples(shape, values, null, null, null);
    }

    /** The same records with a class for each; there are as many classes as the greatest label says. */
    public Samples withLabels(int[] labels) {
        int classes = Arrays.stream(labels).max().orElse(-1) + 1;
        return withLabels(labels, numbered(Math.max(0, classes)));
    }

    /** The same records with a class for each, {@code labels[i]} being an index into the names. */
    public Samples withLabels(int[] labels, List<String> classNames) {
        if (labels.length != size()) {
            throw new IllegalArgumentException("expected " + size() + " labels, one a record, got " + labels.length);
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classNames.size()) {
                throw new IllegalArgumentException("label of record " + i + " must be between 0 and "
                        + Math.max(0, classNames.size() - 1) + ", got " + labels[i]);
            }
        }
        return new Samples(shape, values, labels.clone(), List.copyOf(classNames), factors);
    }

    /** The same records with the factors that each was made with. */
    public Samples withFactors(Factors factors) {
        if (factors.values().length != size()) {
            throw new IllegalArgumentException(
                    "expected " + size() + " rows of factors, one a record, got " + factors.values().length);
        }
        return new Samples(shape, values, labels, classNames, factors);
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

    /** Appends record {@code i} to {@code target}. */
    public void copyRow(int i, FloatBuffer target) {
        int d = (int) shape.size();
        target.put(values, i * d, d);
    }

    /** Each record's class, where there are classes. */
    public Optional<int[]> labels() {
        return Optional.ofNullable(labels).map(int[]::clone);
    }

    /** How many classes there are, whether or not each has a record; 0 without labels. */
    public int classes() {
        return classNames == null ? 0 : classNames.size();
    }

    /** What the classes are called, {@code 0}, {@code 1} and so on unless the data says better; empty without labels. */
    public List<String> classNames() {
        return classNames == null ? List.of() : classNames;
    }

    /** What each record was made with, where that is known. */
    public Optional<Factors> factors() {
        return Optional.ofNullable(factors);
    }

    /** The records with the given indices, in that order. */
    public Samples rows(int... indices) {
        int d = (int) shape.size();
        var chosen = room(indices.length, shape);
        for (int i = 0; i < indices.length; i++) {
            if (indices[i] < 0 || indices[i] >= size()) {
                throw new IllegalArgumentException(
                        "a row must be between 0 and " + (size() - 1) + ", got " + indices[i]);
            }
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
        return new Samples(shape, chosen, chosenLabels, classNames, chosenFactors);
    }

    /** The first {@code n} records. */
    public Samples head(int n) {
        if (n < 0 || n > size()) {
            throw new IllegalArgumentException("n must be between 0 and " + size() + ", got " + n);
        }
        return rows(IntStream.range(0, n).toArray());
    }

    /** The records of one class. */
    public Samples ofClass(int label) {
        if (label < 0 || label >= classes()) {
            throw new IllegalArgumentException(
                    labels == null
                            ? "these samples have no labels"
                            : "class must be between 0 and " + (classes() - 1) + ", got " + label);
        }
        return rows(IntStream.range(0, size()).filter(i -> labels[i] == label).toArray());
    }

    /** Images brought to another height and width: area averages to smaller, linear interpolation to larger. */
    public Samples resized(int height, int width) {
        if (shape.dimension() != 3) {
            throw new IllegalArgumentException("only images (channels, height, width) can be resized, got " + shape);
        }
        int oldHeight = (int) shape.get(1);
        int oldWidth = (int) shape.get(2);
        var rows = Resampling.of(oldHeight, oldHeight, height);
        var columns = Resampling.of(oldWidth, oldWidth, width);
        var to = new Shape(shape.get(0), height, width);
        var resized = room(size(), to);
        var plane = new double[oldHeight * oldWidth];
        for (int p = 0; p < size() * shape.get(0); p++) {
            for (int k = 0; k < plane.length; k++) {
                plane[k] = values[p * plane.length + k];
            }
            var fitted = rows.apply(columns.apply(plane, oldHeight, 1, oldWidth), width, width, 1);
            for (int k = 0; k < fitted.length; k++) {
                resized[p * fitted.length + k] = (float) fitted[k];
            }
        }
        return new Samples(to, resized, labels, classNames, factors);
    }

    /**
     * The same records with each value, in [0, 1], replaced by 1 with the probability that it says and by 0 else: grey levels
     * as black and white (Salakhutdinov and Murray 2008). The same seed draws the same ones.
     *
     * @throws IllegalArgumentException if a value is outside [0, 1]
     */
    public Samples binarised(long seed) {
        var random = new Seed(seed).child("binarised").stream();
        var drawn = room(size(), shape);
        for (int k = 0; k < drawn.length; k++) {
            float value = values[k];
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException("only values in [0, 1] can be binarised; record " + k / shape.size()
                        + " has the value " + value + " at position " + k % shape.size());
            }
            drawn[k] = random.uniform() < value ? 1 : 0;
        }
        return new Samples(shape, drawn, labels, classNames, factors);
    }

    /** All values, record after record: a copy. */
    public float[] toArray() {
        return values.clone();
    }

    /**
     * SHA-256 in hexadecimal of what a model can learn from: the shape, the values bit by bit and the
     * labels. Equal on every platform for equal data. It is reckoned once.
     */
    public synchronized String hash() {
        if (hash == null) {
            hash = reckonHash();
        }
        return hash;
    }

    private String reckonHash() {
        var hash = Hash.sha256().number(shape.dimension());
        for (long size : shape.getShape()) {
            hash.number(size);
        }
        hash.number(size()).numbers(values);
        return (labels == null ? hash.number(0) : hash.number(1).numbers(labels)).hex();
    }

    /**
     * One row a record: {@code label} where there are labels, the factors where they are known, then
     * the values, called {@code pixel0}, {@code pixel1}, ... for images and {@code x0}, {@code x1}, ...
     * for vectors.
     */
    public Table toTable() {
        return SamplesTable.of(this);
    }

    /** Writes the columns of {@link #toTable()} as comma-separated values; the file is written whole or not at all. */
    public void saveCsv(Path file) {
        SamplesTable.saveCsv(this, file);
    }

    /** Room for {@code n} records, or an error that says why Java has none. */
    static float[] room(int n, Shape shape) {
        if (n * shape.size() > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(n + " records of shape " + shape + " are " + n * shape.size()
                    + " values, but a Java array holds at most " + (Integer.MAX_VALUE - 8) + "; ask for fewer");
        }
        return new float[(int) (n * shape.size())];
    }

    /** The names {@code 0}, ..., {@code n - 1}. */
    static List<String> numbered(int n) {
        return IntStream.range(0, n).mapToObj(Integer::toString).toList();
    }

    /** The value at {@code k} of record {@code i}, for this package's loops. */
    float value(int i, int k) {
        return values[i * (int) shape.size() + k];
    }

    /**
     * Refuses values that no model or measure should see: not finite, or outside [0, 1] in an image.
     *
     * @param where what the records are called in the message
     */
    public void requireValid(String where) {
        boolean image = isImage();
        for (int k = 0; k < values.length; k++) {
            float value = values[k];
            boolean valid = image ? value >= 0 && value <= 1 : Float.isFinite(value);
            if (!valid) {
                long d = shape.size();
                throw new IllegalArgumentException(where + ": record " + k / d + " has the value " + value
                        + " at position " + k % d + " of shape " + shape + "; "
                        + (image ? "an image's values must be in [0, 1]" : "values must be finite numbers")
                        + (image && value > 1 && value <= 255 ? " (divide bytes by 255)" : ""));
            }
        }
    }

    @Override
    public String toString() {
        return size() + " records of shape " + shape + (labels == null ? "" : ", with labels")
                + (factors == null ? "" : ", with factors " + factors.names());
    }
}
