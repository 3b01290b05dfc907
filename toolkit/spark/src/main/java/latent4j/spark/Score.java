package latent4j.spark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import latent4j.data.Samples;
import latent4j.metric.LogLikelihood;
import latent4j.model.Autoencoder;
import latent4j.model.ImportanceSampled;
import latent4j.model.Model;
import latent4j.model.Models;
import latent4j.tensor.Require;
import latent4j.tensor.Seed;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Records of any number scored or encoded by a saved model, over the partitions of a cluster; a batch of them at a time. */
public final class Score {

    private static final int BATCH = 250;

    private Score() {}

    /**
     * What is found of each record.
     *
     * @param codes how many codes are drawn of q(z|x) for log p(x); 0 to give the record's code instead
     */
    public record By(int codes) implements java.io.Serializable {

        public By {
            Require.atLeast("codes", 0, codes);
        }

        /** The evidence lower bound, from one code: log p(x, z) − log q(z|x), nats. */
        public static By elbo() {
            return new By(1);
        }

        /** log p(x) by importance sampling with so many codes, nats: {@link LogLikelihood}. */
        public static By likelihood(int codes) {
            Require.atLeast("codes", 1, codes);
            return new By(codes);
        }

        /** The code that {@link Autoencoder#encode} finds. */
        public static By code() {
            return new By(0);
        }

        static By named(String name) {
            if (name.equals("elbo")) {
                return elbo();
            } else if (name.equals("codes")) {
                return code();
            } else if (name.matches("likelihood:[1-9]\\d{0,8}")) {
                return likelihood(Integer.parseInt(name.substring("likelihood:".length())));
            }
            throw new IllegalArgumentException(
                    "expected elbo, likelihood:K with K codes, or codes, got '" + name + "'");
        }

        StructField field() {
            return codes == 0
                    ? Content.CODES.field()
                    : DataTypes.createStructField("log p(x)", DataTypes.DoubleType, false);
        }

        void requireOf(Model model) {
            if (codes == 0 ? !(model instanceof Autoencoder) : !(model instanceof ImportanceSampled)) {
                throw new IllegalArgumentException("a " + model.getClass().getSimpleName() + " has no "
                        + (codes == 0 ? "encoder" : "likelihood, as VAEs have one"));
            }
        }

        Object[] of(Model model, Samples records, long seed) {
            if (codes > 0) {
                var found = LogLikelihood.each(model, records, codes, seed);
                return java.util.Arrays.stream(found).boxed().toArray();
            }
            var found = ((Autoencoder) model).encode(records);
            var cells = new Object[records.size()];
            java.util.Arrays.setAll(cells, i -> Content.CODES.cell(found, i));
            return cells;
        }
    }

    /**
     * Scores records and writes the scores as Parquet.
     *
     * @param arguments the model's file, the records (Parquet, or a folder of images), the folder to write, elbo, likelihood:K or
     *     codes, and the seed
     */
    public static void main(String[] arguments) {
        Program.run("scores", () -> {
            var file = Path.of(arguments[0]);
            var by = By.named(arguments[3]);
            by.requireOf(Models.load(file));
            Parquet.requireAbsent(arguments[2]);
            return spark -> {
                var records = Records.read(spark, arguments[1]);
                Parquet.write(of(records, file, by, Long.parseLong(arguments[4])), arguments[2]);
                var written = spark.read().parquet(arguments[2]);
                if (by.codes() == 0) {
                    System.out.printf(Locale.ROOT, "%d codes in %s%n", written.count(), arguments[2]);
                } else {
                    var row = written.selectExpr("count(*)", "avg(`log p(x)`)").head();
                    System.out.printf(
                            Locale.ROOT,
                            "%d records in %s: log p(x) %s %.2f nats on average%n",
                            row.getLong(0),
                            arguments[2],
                            by.codes() == 1 ? "at least (ELBO)" : "(" + by.codes() + " codes)",
                            row.getDouble(1));
                }
            };
        });
    }

    /**
     * Records with what is found of each: all their columns but the record itself, and {@code log p(x)} or {@code code}.
     *
     * @param records with a column {@code image} as Spark's image source has it, {@code values} (an array of floats), or {@code
     *     path} and {@code content} of image files
     * @param model what {@link Model#save} wrote
     * @param seed decides the codes drawn, with the records' order
     */
    public static Dataset<Row> of(Dataset<Row> records, Path model, By by, long seed) {
        var loaded = Models.load(model);
        by.requireOf(loaded);
        var reader = Records.of(records.schema(), loaded.shape());
        var kept = new ArrayList<StructField>();
        for (var field : records.schema().fields()) {
            if (!reader.column().equals(field.name())
                    && !field.name().equals(by.field().name())) {
                kept.add(field);
            }
        }
        var fields = new ArrayList<>(kept);
        fields.add(by.field());
        var names = kept.stream().map(StructField::name).toList();
        var saved = SavedModel.of(records.sparkSession(), model);
        MapPartitionsFunction<Row, Row> score = rows -> new Scores(saved, rows, reader, names, by, seed);
        return records.mapPartitions(score, Encoders.row(new StructType(fields.toArray(StructField[]::new))));
    }

    /** The scores of a partition's rows, beside what is kept of them. */
    private static final class Scores extends Batched {

        private final SavedModel model;
        private final List<String> names;
        private final By by;
        private final Seed seed;
        private long batches;
        private Object[] scores = {};

        Scores(SavedModel model, Iterator<Row> rows, Records reader, List<String> names, By by, long seed) {
            super(rows, reader, BATCH);
            this.model = model;
            this.names = names;
            this.by = by;
            this.seed = new Seed(seed).child(TaskContext.getPartitionId());
        }

        @Override
        void take(Samples batch) {
            scores = model.use(m -> by.of(m, batch, seed.child(batches++).value()));
        }

        @Override
        Row of(Row row, int inBatch) {
            var cells = new ArrayList<Object>();
            names.forEach(name -> cells.add(row.getAs(name)));
            cells.add(scores[inBatch]);
            return RowFactory.create(cells.toArray());
        }
    }
}
