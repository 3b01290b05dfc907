package latent4j.reproduce;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import latent4j.data.Dataset;
import latent4j.data.Datasets;
import latent4j.data.Samples;
import latent4j.metric.Classifier;
import latent4j.metric.Likeness;
import latent4j.metric.Measure;
import latent4j.model.vae.Vae;
import latent4j.tensor.Seed;
import latent4j.train.Trainer;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What the measures of samples against data say of samples that are spoilt on purpose, and of a VAE that has learned its few
 * records by heart beside one that had many.
 */
final class SpoiltSamples implements Reproduction {

    @Override
    public String name() {
        return "likeness";
    }

    @Override
    public String about() {
        return "what the measures of samples against data say of spoilt samples and of a VAE that learns by heart";
    }

    @Override
    public void run(Results results, boolean smoke) {
        if (Files.exists(results.folder().resolve("likeness.csv"))) {
            return;
        }
        int count = smoke ? 150 : 1_000;
        var data = Datasets.digits(smoke ? 300 : 10_000, smoke ? 200 : 2_000);
        var few = new Dataset("few digits", data.train().head(smoke ? 150 : 1_000), data.test());
        var fresh = Datasets.digits(10 * count, 0, 5).train();
        var rows = new ArrayList<Row>();
        var some = fresh.head(count);
        rows.add(Row.of("fresh digits", some, data));
        rows.add(Row.of("noise 0.1", noisy(some, 0.1), data));
        rows.add(Row.of("noise 0.3", noisy(some, 0.3), data));
        rows.add(Row.of("4 of 10 classes", below(4, fresh, count), data));
        rows.add(Row.of("1 of 10 classes", below(1, fresh, count), data));
        rows.add(Row.of("10 digits repeated", repeated(some.head(10), count), data));
        rows.add(Row.of(
                "training records",
                data.train()
                        .rows(IntStream.range(0, count)
                                .map(i -> data.train().size() - 1 - i)
                                .toArray()),
                data));
        rows.add(Row.of("VAE of many digits", vae(results, "vae-many", data, smoke ? 1 : 10, count), data));
        rows.add(Row.of("VAE of few digits", vae(results, "vae-few", few, smoke ? 1 : 300, count), few));
        results.table("likeness", table(rows));
    }

    private record Row(String samples, Likeness likeness) {
        static Row of(String name, Samples samples, Dataset data) {
            var row = new Row(name, Likeness.of(samples, data, Classifier.digits(), 0));
            System.out.println(name + "\n" + row.likeness + "\n");
            return row;
        }
    }

    private static Samples vae(Results results, String name, Dataset data, int epochs, int count) {
        var model = Vae.mlp(data.shape(), 16);
        Supplier<latent4j.train.Run> training = () -> Trainer.epochs(epochs).fit(model, data);
        results.run(name, training);
        return model.draw(count, 7);
    }

    private static Table table(List<Row> rows) {
        var table = Table.create(
                "likeness",
                StringColumn.create("samples", rows.stream().map(Row::samples).toList()));
        var first = rows.get(0).likeness.measures();
        for (int k = 0; k < first.size(); k++) {
            int column = k;
            table.addColumns(
                    column(
                            first.get(k).name(),
                            rows,
                            r -> r.likeness.measures().get(column).value()),
                    column(
                            first.get(k).name() + ", floor",
                            rows,
                            r -> r.likeness.measures().get(column).floor().orElse(Double.NaN)),
                    column(first.get(k).name() + ", low", rows, r -> r.likeness
                            .measures()
                            .get(column)
                            .interval()
                            .map(Measure.Interval::low)
                            .orElse(Double.NaN)),
                    column(first.get(k).name() + ", high", rows, r -> r.likeness
                            .measures()
                            .get(column)
                            .interval()
                            .map(Measure.Interval::high)
                            .orElse(Double.NaN)));
        }
        return table;
    }

    private static DoubleColumn column(String name, List<Row> rows, java.util.function.ToDoubleFunction<Row> number) {
        return DoubleColumn.create(name, rows.stream().mapToDouble(number).toArray());
    }

    private static Samples noisy(Samples x, double deviation) {
        var values = x.toArray();
        var noise = new Seed(9).normal(values.length);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.max(0, Math.min(1, values[i] + deviation * noise[i]));
        }
        return Samples.of(x.shape(), values);
    }

    private static Samples below(int classes, Samples many, int count) {
        var labels = many.labels().orElseThrow();
        var rows =
                IntStream.range(0, many.size()).filter(i -> labels[i] < classes).toArray();
        return many.rows(Arrays.copyOf(rows, Math.min(count, rows.length)));
    }

    private static Samples repeated(Samples x, int count) {
        return x.rows(IntStream.range(0, count).map(i -> i % x.size()).toArray());
    }
}
