package latent4j.spark;

import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import latent4j.data.Dataset;
import latent4j.data.Samples;
import latent4j.tensor.Require;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** Records that lie in Parquet or folders of images, to train on. */
public final class TrainingData {

    private static final int BATCH = 250;
    private static final List<String> CLASSES = List.of("class", "label");

    private TrainingData() {}

    /**
     * Reads a folder of images or Parquet, and writes the data set into one file, which {@link latent4j.data.Datasets#saved} reads
     * wherever a study runs.
     *
     * @param arguments the folder, the file to write, a record's shape such as {@code 3x64x48}, the share to hold out, and the seed
     */
    public static void main(String[] arguments) {
        Program.run("records", () -> {
            Parquet.requireAbsent(arguments[1]);
            var shape = new Shape(Arrays.stream(arguments[2].split("x"))
                    .mapToLong(Long::parseLong)
                    .toArray());
            double heldOut = Double.parseDouble(arguments[3]);
            long seed = Long.parseLong(arguments[4]);
            return spark -> {
                var set = of(read(spark, arguments[0]), shape, heldOut, seed);
                var name = arguments[0].replaceFirst("/+$", "").replaceFirst(".*/", "");
                new Dataset(name, set.train(), set.test()).save(Path.of(arguments[1]));
                System.out.println(set + ", in " + arguments[1]);
            };
        });
    }

    /**
     * Rows of a folder of Parquet files, or of images of any size, with the name of their sub-folder as the column {@code class}.
     *
     * @throws IllegalArgumentException if there is neither
     */
    public static org.apache.spark.sql.Dataset<Row> read(SparkSession spark, String folder) {
        return Records.read(spark, folder);
    }

    /**
     * The records of rows, as a data set. The executors decode and resize the images of their partitions; what comes of it is
     * brought here one partition after the other. Images of files come in the order of their classes and names, and so to the same
     * set as {@link latent4j.data.Datasets#images} makes of them, others as Spark reads them.
     *
     * @param rows with a column {@code image}, {@code values} or {@code content}, as {@link Score#of} takes them; those of a column
     *     {@code class} or {@code label} become labels, numbered in order
     * @param shape of one record, to which image files are fitted
     * @param heldOut which part is held out, in [0, 1), drawn at random
     * @throws IllegalArgumentException if there are no rows, or none of these columns
     */
    public static Dataset of(org.apache.spark.sql.Dataset<Row> rows, Shape shape, double heldOut, long seed) {
        Require.belowOne("heldOut", heldOut);
        var reader = Records.of(rows.schema(), shape);
        var columns = Arrays.asList(rows.schema().fieldNames());
        var label = CLASSES.stream().filter(columns::contains).findFirst().orElse(null);
        var path = columns.contains(Records.PATH) ? Records.PATH : null;
        var schema = DataTypes.createStructType(new StructField[] {
            Content.VALUES.field(),
            DataTypes.createStructField("class", DataTypes.StringType, true),
            DataTypes.createStructField("path", DataTypes.StringType, true)
        });
        MapPartitionsFunction<Row, Row> decode = partition -> new Decoded(partition, reader, label, path);
        var exact = new Records(Content.VALUES.column(), shape.getShape());
        var records = new ArrayList<Record>();
        var all = rows.mapPartitions(decode, Encoders.row(schema)).toLocalIterator();
        while (all.hasNext()) {
            var row = all.next();
            records.add(new Record(exact.values(row, shape), row.getString(1), row.getString(2)));
        }
        if (path != null) {
            records.sort(Comparator.comparing(Record::label, Comparator.nullsFirst(Comparator.naturalOrder()))
                    .thenComparing(Record::path));
        }
        return Dataset.split("records", labelled(samples(records, shape), records), heldOut, seed);
    }

    /** What an executor read of one row. */
    record Record(float[] values, String label, String path) {}

    /** Rows of values, class and path. */
    private static final class Decoded extends Batched {

        private final String label;
        private final String path;
        private Samples samples;

        Decoded(Iterator<Row> rows, Records reader, String label, String path) {
            super(rows, reader, BATCH);
            this.label = label;
            this.path = path;
        }

        @Override
        void take(Samples batch) {
            samples = batch;
        }

        @Override
        Row of(Row row, int inBatch) {
            return RowFactory.create(Content.VALUES.cell(samples, inBatch), text(row, label), text(row, path));
        }

        private static String text(Row row, String column) {
            var value = column == null ? null : row.getAs(column);
            return value == null ? null : value.toString();
        }
    }

    static Samples labelled(Samples samples, List<Record> records) {
        var found = records.stream().map(Record::label).distinct().toList();
        if (found.contains(null)) {
            if (found.size() > 1) {
                throw new IllegalArgumentException("expected a class of every record or of none, found records of "
                        + found.stream().filter(Objects::nonNull).findFirst().orElseThrow()
                        + " and others without one");
            }
            return samples;
        }
        boolean numbers = found.stream().allMatch(label -> label.matches("-?\\d{1,18}"));
        var names = found.stream()
                .sorted(numbers ? Comparator.comparingLong(Long::parseLong) : Comparator.naturalOrder())
                .toList();
        return samples.withLabels(
                records.stream()
                        .mapToInt(record -> names.indexOf(record.label()))
                        .toArray(),
                names);
    }

    private static Samples samples(List<Record> records, Shape shape) {
        if (records.isEmpty()) {
            throw new IllegalArgumentException("there are no records in these rows");
        }
        return Records.together(records.stream().map(Record::values).toList(), shape);
    }
}
