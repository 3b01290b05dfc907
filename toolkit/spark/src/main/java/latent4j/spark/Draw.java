package latent4j.spark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import latent4j.data.Samples;
import latent4j.model.Latent;
import latent4j.model.Model;
import latent4j.model.Models;
import latent4j.tensor.Seed;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * Any number of samples of a saved model, drawn over the partitions of a cluster. A partition is a block of {@value #BLOCK} rows,
 * whose seed follows from its number: the rows are the same however many executors draw them. An executor holds one batch of
 * them at a time.
 */
public final class Draw {

    /** How many rows a partition has, and so a file. */
    static final int BLOCK = 10_000;

    private static final int BATCH = 500;

    private Draw() {}

    /**
     * Writes samples as Parquet.
     *
     * @param arguments the model's file, the folder to write, how many, the seed, and images, values or codes
     */
    public static void main(String[] arguments) {
        Program.run("samples", () -> {
            var model = Path.of(arguments[0]);
            Models.load(model);
            Parquet.requireAbsent(arguments[1]);
            long n = Long.parseLong(arguments[2]);
            long seed = Long.parseLong(arguments[3]);
            var what = Content.named(arguments[4]);
            return spark -> {
                Parquet.write(of(spark, model, n, seed, what), arguments[1]);
                System.out.println(n + " rows in " + arguments[1]);
            };
        });
    }

    /**
     * Samples as rows: {@code id}, from 0, and a column for the record. For models that draw labelled records there is a column
     * {@code label} too.
     *
     * @param model what {@link Model#save} wrote
     * @param n how many
     * @param what images, exact values, or codes from the prior
     * @throws IllegalArgumentException if the file is no model, or the model has no such content
     */
    public static Dataset<Row> of(SparkSession spark, Path model, long n, long seed, Content what) {
        if (n < 1) {
            throw new IllegalArgumentException("the number of samples must be >= 1, got " + n);
        }
        var one = drawn(Models.load(model), 1, seed, what);
        if (what == Content.IMAGES && !one.isImage()) {
            throw new IllegalArgumentException(
                    "the model draws records of shape " + one.shape() + ", which are no images: ask for values");
        }
        boolean labelled = one.labels().isPresent();
        var saved = SavedModel.of(spark, model);
        int blocks = Math.toIntExact((n + BLOCK - 1) / BLOCK);
        var fields = new ArrayList<StructField>();
        fields.add(DataTypes.createStructField("id", DataTypes.LongType, false));
        fields.add(what.field());
        if (labelled) {
            fields.add(DataTypes.createStructField("label", DataTypes.IntegerType, false));
        }
        var schema = DataTypes.createStructType(fields);
        MapPartitionsFunction<Long, Row> draw = numbers -> new Rows(saved, numbers, n, seed, what);
        return spark.range(0, blocks, 1, blocks).as(Encoders.LONG()).mapPartitions(draw, Encoders.row(schema));
    }

    private static Samples drawn(Model model, int n, long seed, Content what) {
        if (what != Content.CODES) {
            return model.draw(n, seed);
        }
        if (model instanceof Latent latent) {
            return latent.prior(n, seed);
        }
        throw new IllegalArgumentException(
                "a " + model.getClass().getSimpleName() + " has no codes with a prior: ask for images or values");
    }

    /** The rows of some blocks, a batch at a time. */
    private static final class Rows implements Iterator<Row> {

        private final SavedModel model;
        private final Iterator<Long> blocks;
        private final long n;
        private final Seed seed;
        private final Content what;
        private long next;
        private long end;
        private long first;
        private Samples batch;

        Rows(SavedModel model, Iterator<Long> blocks, long n, long seed, Content what) {
            this.model = model;
            this.blocks = blocks;
            this.n = n;
            this.seed = new Seed(seed).child("samples");
            this.what = what;
        }

        @Override
        public boolean hasNext() {
            if (next == end && blocks.hasNext()) {
                next = blocks.next() * BLOCK;
                end = Math.min(n, next + BLOCK);
            }
            return next < end;
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            if (next % BATCH == 0) {
                int rows = (int) Math.min(BATCH, end - next);
                batch = model.use(m -> drawn(m, rows, seed.child(next).value(), what));
                first = next;
            }
            int i = (int) (next - first);
            var cells = new ArrayList<>(List.of(next, what.cell(batch, i)));
            batch.labels().ifPresent(labels -> cells.add(labels[i]));
            next++;
            return RowFactory.create(cells.toArray());
        }
    }
}
