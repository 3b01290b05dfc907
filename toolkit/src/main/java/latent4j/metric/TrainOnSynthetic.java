package latent4j.metric;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import latent4j.data.Dataset;
import latent4j.data.Samples;
import latent4j.model.Conditional;
import latent4j.tensor.Require;
import latent4j.tensor.Seed;
import org.apache.commons.math3.distribution.TDistribution;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Train on synthetic, test on real, TSTR (Esteban et al. 2017, section 4.2): a classifier is trained on what a model draws and
 * tested on held-out data. Beside it stands the ceiling, the same classifier trained on as many real records. A model that shows
 * few kinds of each class falls short of the ceiling, however good each draw looks.
 *
 * @param judge what classifier
 * @param accuracies the share of held-out records found in their class, once for each fresh draw
 * @param ceiling the same, trained on real records
 * @param majority the share of the greatest class
 * @param trained on how many records each was trained
 * @param tested on how many real records all were tested
 */
public record TrainOnSynthetic(
        String judge, List<Double> accuracies, double ceiling, double majority, int trained, int tested) {

    /** How many records are drawn at most. */
    public static final int MOST = 5_000;

    private static final int DRAWS = 3;
    private static final int LEAST = 50;

    public TrainOnSynthetic {
        accuracies = List.copyOf(accuracies);
    }

    /**
     * Of a conditional model: three draws of as many records as there are to train on, at most {@value #MOST}, of classes as
     * frequent as theirs.
     */
    public static TrainOnSynthetic of(Conditional model, Dataset data, Judge judge, long seed) {
        Judge.atLeast(LEAST, "labelled training records", data.train());
        var real = Judge.first(MOST, data.train());
        var draws = IntStream.range(0, DRAWS)
                .mapToObj(i -> drawn(
                        model, Judge.labels(real), new Seed(seed).child("draw").child(i)))
                .toList();
        return of(draws, real, data.test(), judge, seed);
    }

    /**
     * Of labelled records however drawn, such as a table's rows: {@code of(List.of(synthetic), real.train(), real.test(), judge,
     * seed)}.
     *
     * @param draws one or more fresh draws, each of as many records
     * @param train real records, of which as many as a draw has count
     */
    public static TrainOnSynthetic of(List<Samples> draws, Samples train, Samples test, Judge judge, long seed) {
        if (draws.isEmpty()) {
            throw new IllegalArgumentException("expected at least one draw, got none");
        }
        int n = draws.get(0).size();
        for (var draw : draws) {
            Require.shape("synthetic records", train.shape(), draw.shape());
            Judge.atLeast(LEAST, "labelled synthetic records", draw);
            if (draw.size() != n) {
                throw new IllegalArgumentException("expected draws of one size, got " + n + " and " + draw.size());
            }
        }
        Judge.atLeast(n, "labelled real training records, as many as were drawn", train);
        Judge.atLeast(LEAST, "labelled held-out records", test);
        return new TrainOnSynthetic(
                judge.name(),
                draws.stream().map(draw -> judge.accuracy(draw, test, seed)).toList(),
                judge.accuracy(train.head(n), test, seed),
                Judge.majority(test),
                n,
                test.size());
    }

    /**
     * Of labelled tables, such as a synthetic one in the columns of a real one.
     *
     * @param label the column that names the class; all other numeric columns say what it is found from
     */
    public static TrainOnSynthetic of(Table synthetic, Table train, Table test, String label, Judge judge, long seed) {
        var classes = train.column(label).asStringColumn().unique().asList().stream()
                .sorted()
                .toList();
        return of(
                List.of(records(synthetic, train, label, classes)),
                records(train, train, label, classes),
                records(test, train, label, classes),
                judge,
                seed);
    }

    /** Rows in the columns of a template. */
    private static Samples records(Table table, Table template, String label, List<String> classes) {
        var columns = template.columns().stream()
                .filter(column ->
                        column instanceof NumericColumn && !column.name().equals(label))
                .map(Column::name)
                .toList();
        if (columns.isEmpty() || !table.columnNames().containsAll(columns) || !table.containsColumn(label)) {
            throw new IllegalArgumentException(table.name() + ": expected the numeric columns " + columns + " and '"
                    + label + "', found " + table.columnNames());
        }
        var values = new float[Math.multiplyExact(table.rowCount(), columns.size())];
        for (int k = 0; k < columns.size(); k++) {
            var column = table.numberColumn(columns.get(k));
            for (int i = 0; i < table.rowCount(); i++) {
                values[i * columns.size() + k] = (float) column.getDouble(i);
                Require.finite(table.name() + ", row " + i + " of '" + columns.get(k) + "'", column.getDouble(i));
            }
        }
        var names = table.column(label).asStringColumn();
        var labels = IntStream.range(0, table.rowCount())
                .map(i -> classes.indexOf(names.get(i)))
                .toArray();
        if (Arrays.stream(labels).anyMatch(l -> l < 0)) {
            throw new IllegalArgumentException(table.name() + ": expected the classes " + classes + " in '" + label
                    + "', found " + names.unique().asList());
        }
        return Samples.of(new Shape(columns.size()), values).withLabels(labels, classes);
    }

    /** For a {@code Comparison}: nothing of a model that draws no asked class. */
    public static Metric metric(Judge judge) {
        return (model, data, seed) ->
                model instanceof Conditional conditional && data.test().labels().isPresent()
                        ? List.of(of(conditional, data, judge, seed).measure())
                        : List.of();
    }

    private static Samples drawn(Conditional model, int[] labels, Seed seed) {
        var parts = new ArrayList<Samples>();
        for (int label = 0; label < model.classes(); label++) {
            int wanted = label;
            int n = (int) Arrays.stream(labels).filter(l -> l == wanted).count();
            if (n > 0) {
                parts.add(model.draw(n, label, seed.child(label).value()));
            }
        }
        return together(parts);
    }

    private static Samples together(List<Samples> parts) {
        var shape = parts.get(0).shape();
        int d = (int) shape.size();
        int n = parts.stream().mapToInt(Samples::size).sum();
        var values = new float[Math.multiplyExact(n, d)];
        var labels = new int[n];
        int at = 0;
        for (var part : parts) {
            System.arraycopy(part.toArray(), 0, values, at * d, part.size() * d);
            System.arraycopy(Judge.labels(part), 0, labels, at, part.size());
            at += part.size();
        }
        return Samples.of(shape, values).withLabels(labels);
    }

    /** The mean over draws. */
    public double accuracy() {
        return accuracies.stream().mapToDouble(a -> a).average().orElseThrow();
    }

    /** As a number for tables. */
    public Measure measure() {
        var measure = Measure.of(
                        "train on synthetic, test on real (" + judge + ")",
                        accuracy(),
                        "",
                        Measure.Better.HIGHER,
                        tested)
                .above(ceiling)
                .by(String.format(
                        Locale.ROOT,
                        "%d draws of %,d records; floor: trained on as many real ones",
                        accuracies.size(),
                        trained));
        return accuracies.size() < 2 ? measure : measure.within(interval());
    }

    private Measure.Interval interval() {
        int n = accuracies.size();
        double mean = accuracy();
        double variance =
                accuracies.stream().mapToDouble(a -> (a - mean) * (a - mean)).sum() / (n - 1);
        double wide = new TDistribution(n - 1).inverseCumulativeProbability(0.975) * Math.sqrt(variance / n);
        return new Measure.Interval(mean - wide, mean + wide, 0.95, "t, over " + n + " fresh draws");
    }

    /** What was trained on and how often it was right, one a row. */
    public Table toTable() {
        var table = Table.create(
                "train on synthetic, test on real", StringColumn.create("trained on"), DoubleColumn.create("accuracy"));
        for (int i = 0; i < accuracies.size(); i++) {
            row(table, "draw " + i, accuracies.get(i));
        }
        row(table, "real records", ceiling);
        row(table, "nothing: always the greatest class", majority);
        return table;
    }

    private static void row(Table table, String on, double accuracy) {
        table.stringColumn(0).append(on);
        table.doubleColumn(1).append(accuracy);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "trained on synthetic, tested on real by %s: %.3f (draws %s), on real %.3f, always the greatest class"
                        + " %.3f; trained on %,d, tested on %,d",
                judge,
                accuracy(),
                accuracies.stream()
                        .map(a -> String.format(Locale.ROOT, "%.3f", a))
                        .toList(),
                ceiling,
                majority,
                trained,
                tested);
    }
}
