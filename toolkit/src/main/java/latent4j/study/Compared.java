package latent4j.study;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import latent4j.data.Samples;
import latent4j.metric.Measure;
import latent4j.plot.Charts;
import latent4j.plot.Figure;
import latent4j.plot.Images;
import org.apache.commons.math3.stat.descriptive.moment.Mean;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What came of a {@link Comparison}, finished or not.
 *
 * @param models the models' names, in the table's order
 * @param baseline with which one the others are compared
 * @param seeds how many runs each model has when all are done
 * @param outcomes the runs that are done
 * @param samples some draws of each model, from its first seed
 * @param note what a reader must know, such as that it is not finished; empty where there is nothing
 */
public record Compared(
        List<String> models,
        String baseline,
        int seeds,
        List<Outcome> outcomes,
        Map<String, Samples> samples,
        String note) {

    private static final String FLOOR = "floor (perfect samples)";

    public Compared {
        models = List.copyOf(models);
        outcomes = List.copyOf(outcomes);
    }

    /** Whether no run is missing. */
    public boolean isComplete() {
        return outcomes.size() == models.size() * seeds;
    }

    /**
     * One row a model: how many runs, for each measure the mean ± the standard error over the seeds with what the seeds decide
     * against the baseline, the seconds of training, and the doctor's word. A measure that is not defined for a model shows «–».
     * A last row shows the measures' floors, where they have any.
     *
     * <p>The words follow from a paired t-test, the pairs being the seeds that both models have, corrected by Holm for all
     * models in one measure (each column is one question): at most one table in twenty has a false word in a given column.
     */
    public Table toTable() {
        var shown = new ArrayList<>(models);
        boolean floors = names().stream().anyMatch(name -> floor(name).isPresent());
        var table = Table.create("comparison", StringColumn.create("model", shown));
        table.addColumns(StringColumn.create("runs", models.stream().map(this::runs)));
        for (var name : names()) {
            var column = StringColumn.create(title(name));
            for (var entry : entries(name)) {
                int missing = (int) finished(entry.model()) - entry.values().length;
                column.append(Entry.text(entry.mean(), entry.standardError())
                        + (entry.word().isEmpty() ? "" : ", " + entry.word())
                        + (entry.values().length > 0 && missing > 0 ? " (" + entry.values().length + " runs)" : ""));
            }
            table.addColumns(column);
        }
        table.addColumns(
                StringColumn.create("training (s)", models.stream().map(this::seconds)),
                StringColumn.create("the doctor", models.stream().map(this::words)));
        if (floors) {
            var row = Table.create("floors");
            for (var column : table.columns()) {
                row.addColumns(StringColumn.create(column.name(), "–"));
            }
            row.stringColumn("model").set(0, FLOOR);
            row.stringColumn("runs").set(0, "");
            row.stringColumn("training (s)").set(0, "");
            row.stringColumn("the doctor").set(0, "");
            for (var name : names()) {
                floor(name).ifPresent(floor -> row.stringColumn(title(name)).set(0, Entry.text(floor, Double.NaN)));
            }
            table.append(row);
        }
        return table;
    }

    /**
     * The same as numbers, one row for each model and measure: n, mean, standard error, floor, and against the baseline the mean
     * difference, its 95 % interval, p, p after Holm's correction, and the word.
     */
    public Table numbers() {
        var model = StringColumn.create("model");
        var measure = StringColumn.create("measure");
        var unit = StringColumn.create("unit");
        var n = IntColumn.create("n");
        var pairs = IntColumn.create("pairs");
        var word = StringColumn.create("against " + baseline);
        var numbers = Stream.of("mean", "standard error", "floor", "difference", "low", "high", "p", "p after Holm")
                .map(DoubleColumn::create)
                .toList();
        for (var name : names()) {
            for (var entry : entries(name)) {
                model.append(entry.model());
                measure.append(name);
                unit.append(entry.unit());
                n.append(entry.values().length);
                pairs.append(entry.against().pairs());
                word.append(entry.word());
                var test = entry.against();
                var row = new double[] {
                    entry.mean(),
                    entry.standardError(),
                    floor(name).orElse(Double.NaN),
                    test.mean(),
                    test.low(),
                    test.high(),
                    test.p(),
                    entry.p()
                };
                for (int i = 0; i < row.length; i++) {
                    numbers.get(i).append(row[i]);
                }
            }
        }
        var table = Table.create("numbers", model, measure, unit, n);
        numbers.subList(0, 3).forEach(table::addColumns);
        table.addColumns(pairs);
        numbers.subList(3, numbers.size()).forEach(table::addColumns);
        return table.addColumns(word);
    }

    /** For each measure a panel, in it for each model a dot at the mean and a bar of one standard error to either side. */
    public Figure chart() {
        return Charts.dots(panels(names()));
    }

    /** The panel of one measure. */
    public Figure chart(String measure) {
        return Charts.dots(panels(List.of(measure)));
    }

    /** Draws of all models below each other, where they are images. */
    public Optional<BufferedImage> pictures() {
        var rows = models.stream()
                .filter(name -> samples.containsKey(name) && samples.get(name).isImage())
                .map(name -> new Images.Row(name, samples.get(name)))
                .toArray(Images.Row[]::new);
        return rows.length == 0 ? Optional.empty() : Optional.of(Images.rows(rows));
    }

    /** What the table cannot say: how the words came about, what broke off, what is missing. */
    public List<String> notes() {
        var notes = new ArrayList<String>();
        if (!note.isEmpty()) {
            notes.add(note);
        }
        if (!isComplete()) {
            notes.add(outcomes.size() + " of " + models.size() * seeds + " runs are done.");
        }
        notes.add("mean ± standard error over seeds; better, worse and not decided: against " + baseline
                + ", paired t-test over seeds, Holm's correction for all models in a column, 5 % level"
                + (seeds < 2 ? "; one seed decides nothing." : "."));
        for (var outcome : outcomes) {
            outcome.broken().ifPresent(why -> notes.add(outcome.name() + " from seed " + outcome.seed() + ": " + why));
        }
        return notes;
    }

    /** The names of all that was measured, in order. */
    public List<String> names() {
        return outcomes.stream()
                .flatMap(outcome -> outcome.all().stream())
                .map(Measure::name)
                .distinct()
                .toList();
    }

    /** The table, and below it the notes. */
    @Override
    public String toString() {
        return toTable().print(models.size() + 1) + "\n" + String.join("\n", notes());
    }

    /** What all models say in one measure, in the models' order. */
    List<Entry> entries(String name) {
        var first = outcomes.stream()
                .flatMap(outcome -> outcome.measure(name).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no measure '" + name + "', but " + names()));
        var reference = values(baseline, name);
        var tests = models.stream()
                .map(model -> model.equals(baseline)
                        ? PairedTest.of()
                        : PairedTest.of(differences(values(model, name), reference)))
                .toList();
        var corrected =
                PairedTest.holm(tests.stream().mapToDouble(PairedTest::p).toArray());
        var entries = new ArrayList<Entry>();
        for (int i = 0; i < models.size(); i++) {
            var values = values(models.get(i), name).values().stream()
                    .mapToDouble(v -> v)
                    .toArray();
            var test = tests.get(i);
            entries.add(new Entry(
                    models.get(i),
                    name,
                    first.unit(),
                    first.better(),
                    values,
                    new Mean().evaluate(values),
                    Entry.standardError(values),
                    test,
                    corrected[i],
                    test.pairs() == 0 ? "" : Entry.word(first.better(), test.mean(), corrected[i])));
        }
        return entries;
    }

    private static double[] differences(Map<Long, Double> values, Map<Long, Double> reference) {
        return values.keySet().stream()
                .filter(reference::containsKey)
                .mapToDouble(seed -> values.get(seed) - reference.get(seed))
                .toArray();
    }

    /** By seed; what is not finite is no value. */
    private Map<Long, Double> values(String model, String name) {
        var values = new LinkedHashMap<Long, Double>();
        of(model).forEach(outcome -> outcome.measure(name)
                .filter(m -> Double.isFinite(m.value()))
                .ifPresent(m -> values.put(outcome.seed(), m.value())));
        return values;
    }

    private Stream<Outcome> of(String model) {
        return outcomes.stream().filter(outcome -> outcome.name().equals(model));
    }

    private long finished(String model) {
        return of(model).filter(outcome -> outcome.broken().isEmpty()).count();
    }

    private String runs(String model) {
        long done = of(model).count();
        long broken = done - finished(model);
        return done + (done < seeds ? " of " + seeds : "") + (broken > 0 ? ", " + broken + " broken off" : "");
    }

    private String seconds(String model) {
        var seconds = of(model).mapToDouble(outcome -> outcome.run().seconds()).toArray();
        return Entry.text(seconds);
    }

    /** What the doctor found, each with the number of runs where it is not in all. */
    String words(String model) {
        long all = of(model).count();
        var found = of(model)
                .flatMap(outcome -> outcome.diagnosis().findings().stream())
                .collect(Collectors.groupingBy(Observation::sign, LinkedHashMap::new, Collectors.counting()));
        return of(model).allMatch(outcome -> outcome.diagnosis().observations().isEmpty())
                ? "–"
                : found.isEmpty()
                        ? "healthy"
                        : found.entrySet().stream()
                                .map(e -> e.getKey()
                                        + (e.getValue() < all ? " (" + e.getValue() + " of " + all + ")" : ""))
                                .collect(Collectors.joining(", "));
    }

    private OptionalDouble floor(String name) {
        return outcomes.stream()
                .flatMap(outcome -> outcome.measure(name).stream())
                .filter(m -> m.floor().isPresent())
                .mapToDouble(m -> m.floor().getAsDouble())
                .average();
    }

    /** The measure with its unit and which way is better. */
    String title(String name) {
        var entry = entries(name).get(0);
        return name
                + (entry.unit().isEmpty() ? "" : " (" + entry.unit() + ")")
                + switch (entry.better()) {
                    case LOWER -> " ↓";
                    case HIGHER -> " ↑";
                    case NEITHER -> "";
                };
    }

    private Map<String, List<Charts.Dot>> panels(List<String> names) {
        var panels = new LinkedHashMap<String, List<Charts.Dot>>();
        for (var name : names) {
            panels.put(
                    title(name),
                    entries(name).stream()
                            .filter(entry -> entry.values().length > 0)
                            .map(entry -> new Charts.Dot(entry.model(), entry.mean(), entry.standardError()))
                            .toList());
        }
        if (panels.isEmpty()) {
            throw new IllegalStateException("nothing was measured: name metrics by measuring(…)");
        }
        return panels;
    }
}
