package latent4j.spark;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import latent4j.data.Dataset;
import latent4j.data.Samples;
import latent4j.tensor.Require;
import latent4j.tensor.Seed;
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
    private static final String CLASS = "class";

    private TrainingData() {}

    /**
     * Rows of a folder of Parquet files, or of images of any size, with their folder's name as the column {@code class}.
     *
     * @throws IllegalArgumentException if there is neither
     */
    public static org.apache.spark.sql.Dataset<Row> read(SparkSession spark, String folder) {
        return Records.read(spark, folder);
    }

    /**
     * The records of rows, as a data set. The executors decode and resize the images of their partitions; what comes of it is
     * brought here one partition after the other.
     *
     * @param rows with a column {@code image}, {@code values} or {@code content}, as {@link Score#of} takes them; classes in a
     *     column {@code class} become labels, in alphabetical order
     * @param shape of one record, to which image files are fitted
     * @param heldOut which part is held out, in [0, 1), drawn at random
     * @throws IllegalArgumentException if there are no rows, or none of these columns
     */
    public static Dataset of(org.apache.spark.sql.Dataset<Row> rows, Shape shape, double heldOut, long seed) {
        Require.belowOne("heldOut", heldOut);
        var reader = Records.of(rows.schema(), shape);
        boolean labelled = Arrays.asList(rows.schema().fieldNames()).contains(CLASS);
        var schema = DataTypes.createStructType(new StructField[] {
            Content.VALUES.field(), DataTypes.createStructField(CLASS, DataTypes.StringType, true)
        });
        MapPartitionsFunction<Row, Row> decode = partition -> new Decoded(partition, reader, labelled);
        var exact = new Records(Content.VALUES.column(), shape.getShape());
        var values = new ArrayList<float[]>();
        var classes = new ArrayList<String>();
        var all = rows.mapPartitions(decode, Encoders.row(schema)).toLocalIterator();
        while (all.hasNext()) {
            var row = all.next();
            values.add(exact.values(row, shape));
            classes.add(row.getString(1));
        }
        var samples = samples(values, shape);
        if (labelled) {
            var names = classes.stream().distinct().sorted().toList();
            samples =
                    samples.withLabels(classes.stream().mapToInt(names::indexOf).toArray(), names);
        }
        return split(samples, heldOut, seed);
    }

    /** Rows of values and class. */
    private static final class Decoded extends Batched {

        private final boolean labelled;
        private Samples samples;

        Decoded(Iterator<Row> rows, Records reader, boolean labelled) {
            super(rows, reader, BATCH);
            this.labelled = labelled;
        }

        @Override
        void take(Samples batch) {
            samples = batch;
        }

        @Override
        Row of(Row row, int inBatch) {
            return RowFactory.create(Content.VALUES.cell(samples, inBatch), labelled ? row.getAs(CLASS) : null);
        }
    }

    private static Samples samples(List<float[]> records, Shape shape) {
        if (records.isEmpty()) {
            throw new IllegalArgumentException("there are no records in these rows");
        }
        int d = (int) shape.size();
        var together = new float[Math.multiplyExact(records.size(), d)];
        for (int i = 0; i < records.size(); i++) {
            System.arraycopy(records.get(i), 0, together, i * d, d);
        }
        return Samples.of(shape, together);
    }

    private static Dataset split(Samples samples, double heldOut, long seed) {
        var order = new Seed(seed).child("held out").permutation(samples.size());
        int kept = samples.size() - (int) Math.round(heldOut * samples.size());
        return new Dataset(
                "records of Spark",
                samples.rows(Arrays.copyOf(order, kept)),
                samples.rows(Arrays.copyOfRange(order, kept, order.length)));
    }
}
