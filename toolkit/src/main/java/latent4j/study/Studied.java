package latent4j.study;

import com.google.gson.JsonElement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import latent4j.metric.Measure;
import latent4j.metric.Metric;
import latent4j.plot.Charts;
import latent4j.plot.Figure;
import latent4j.study.StudyResult.State;
import latent4j.tensor.WholeFile;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * What came of a study, finished or not.
 *
 * @param study what it was
 * @param results the runs that are done, in the study's order
 * @param note what a reader must know, such as that it was interrupted; empty where there is nothing
 */
public record Studied(Study study, List<StudyResult> results, String note) {

    private static final String KIND = "model";

    public Studied {
        results = List.copyOf(results);
    }

    /** Whether no run is missing. */
    public boolean isComplete() {
        return results.size() == study.runs().size();
    }

    /**
     * One row a setting: what was varied, how many runs, for each measure the mean ± the standard error over the seeds, and the
     * seconds of a run; the doctor's word, where he was asked. A measure that is not defined for a model shows «–».
     */
    public Table toTable() {
        var settings = settings();
        var table = Table.create("study");
        settingColumns(settings.values().stream().toList()).forEach(table::addColumns);
        table.addColumns(StringColumn.create("runs", settings.keySet().stream().map(this::runs)));
        var compared = compared();
        for (var name : names()) {
            var entries = compared.entries(name);
            table.addColumns(StringColumn.create(
                    compared.title(name), entries.stream().map(e -> Entry.text(e.mean(), e.standardError()))));
        }
        if (study.examined()) {
            table.addColumns(
                    StringColumn.create("the doctor", settings.keySet().stream().map(compared::words)));
        }
        return table.addColumns(
                StringColumn.create("seconds a run", settings.keySet().stream().map(this::seconds)));
    }

    /** The same as numbers: what was varied, how many runs are done, and for each measure its n, mean and standard error. */
    public Table means() {
        var settings = settings();
        var table = Table.create("means");
        settingColumns(settings.values().stream().toList()).forEach(table::addColumns);
        table.addColumns(IntColumn.create("runs", settings.keySet().stream().mapToInt(setting ->
                (int) of(setting).count())));
        var compared = compared();
        for (var name : names()) {
            var entries = compared.entries(name);
            table.addColumns(
                    IntColumn.create("n of " + name, entries.stream().mapToInt(e -> e.values().length)),
                    DoubleColumn.create(
                            name, entries.stream().mapToDouble(Entry::mean).toArray()),
                    DoubleColumn.create(
                            "standard error of " + name,
                            entries.stream().mapToDouble(Entry::standardError).toArray()));
        }
        return table;
    }

    /** One row a run that is done: what was varied, the seed, how it ended and why, each measure, steps, seconds, and its name. */
    public Table runs() {
        var runs = results.stream().map(StudyResult::run).toList();
        var table = Table.create("runs");
        settingColumns(runs).forEach(table::addColumns);
        table.addColumns(
                LongColumn.create("seed", runs.stream().mapToLong(StudyRun::seed)),
                StringColumn.create("state", results.stream().map(r -> words(r.state()))));
        for (var name : names()) {
            table.addColumns(DoubleColumn.create(
                    name,
                    results.stream()
                            .mapToDouble(
                                    r -> r.measure(name).map(Measure::value).orElse(Double.NaN))
                            .toArray()));
        }
        if (study.examined()) {
            table.addColumns(StringColumn.create("the doctor", results.stream().map(r -> r.outcome()
                    .map(o -> o.diagnosis().word())
                    .orElse(""))));
        }
        return table.addColumns(
                LongColumn.create("steps", results.stream().mapToLong(r -> r.outcome()
                        .map(o -> o.run().steps())
                        .orElse(0L))),
                DoubleColumn.create(
                        "seconds",
                        results.stream().mapToDouble(StudyResult::seconds).toArray()),
                StringColumn.create("reason", results.stream().map(StudyResult::reason)),
                StringColumn.create("run", runs.stream().map(StudyRun::name)));
    }

    /** Writes {@link #runs} and {@link #means} into a folder: {@code runs.csv} and {@code means.csv}. */
    public void save(Path folder) {
        write(folder.resolve("runs.csv"), runs());
        write(folder.resolve("means.csv"), means());
    }

    /**
     * Writes the same as Parquet: {@code runs.parquet} and {@code means.parquet}. Spark does, which must be here; it takes seconds.
     *
     * @param folder where the study ran
     * @throws IllegalStateException in a line, if there is no Spark here
     */
    public void saveParquet(Path folder) {
        SparkSubmit.run(
                "local[1]",
                "latent4j.spark.Tables",
                List.of(
                        new StudyFolder(folder).write(study).toAbsolutePath().toString(),
                        folder.toAbsolutePath().toString()),
                1,
                line -> {},
                () -> {});
    }

    private static void write(Path file, Table table) {
        WholeFile.write(file, stream -> table.write().csv(stream));
    }

    /**
     * All settings against one of them, by paired tests over the seeds: a table with the words better, worse and not decided.
     *
     * @param setting one of {@link #settingNames}
     */
    public Compared against(String setting) {
        if (!settings().containsKey(setting)) {
            throw new IllegalArgumentException("there is no setting '" + setting + "', but " + settingNames());
        }
        return compared(setting);
    }

    /** How the settings are called: {@code latent 8, beta 4}. */
    public List<String> settingNames() {
        return List.copyOf(settings().keySet());
    }

    /** For each measure a panel, in it for each setting a dot at the mean and a bar of one standard error to either side. */
    public Figure chart() {
        return compared().chart();
    }

    /** The panel of one measure. */
    public Figure chart(String measure) {
        return compared().chart(measure);
    }

    /**
     * Two measures against each other, such as rate and distortion: for each setting a point at its means with bars of one standard
     * error, and lines through those that differ in one varied thing alone.
     *
     * @param x the measure to the right
     * @param y the measure upwards
     * @param along what differs along a line, such as {@code beta}; its values stand at the points
     */
    public Figure plane(String x, String y, String along) {
        var compared = compared();
        var xs = compared.entries(x);
        var ys = compared.entries(y);
        var curves = new LinkedHashMap<String, List<Charts.Spot>>();
        int i = 0;
        for (var run : settings().values()) {
            var value = run.settings().get(along);
            if (value == null) {
                throw new IllegalArgumentException(
                        "nothing called '" + along + "' is varied, but " + study.variedNames());
            }
            var others = new LinkedHashMap<>(run.settings());
            others.remove(along);
            if (!Double.isNaN(xs.get(i).mean()) && !Double.isNaN(ys.get(i).mean())) {
                curves.computeIfAbsent(StudyRun.words(run.kind(), others), name -> new ArrayList<>())
                        .add(new Charts.Spot(
                                xs.get(i).mean(),
                                ys.get(i).mean(),
                                xs.get(i).standardError(),
                                ys.get(i).standardError(),
                                Call.Argument.words(value)));
            }
            i++;
        }
        return Charts.curves(compared.title(x), compared.title(y), curves);
    }

    /**
     * The setting with the best mean, and what that is worth.
     *
     * @param measure one that has a better and a worse
     */
    public Winner best(String measure) {
        return Winner.of(this, measure);
    }

    /** What the tables cannot say: what is missing, what diverged or failed and why. */
    public List<String> notes() {
        var notes = new ArrayList<String>();
        if (!note.isEmpty()) {
            notes.add(note);
        }
        if (!isComplete()) {
            notes.add(results.size() + " of " + study.runs().size() + " runs are done.");
        }
        notes.add(study + "; mean ± standard error over seeds.");
        results.stream()
                .filter(result -> result.state() != State.FINISHED)
                .forEach(result -> notes.add(result.run() + " " + words(result.state()) + ": " + result.reason()));
        return notes;
    }

    /** The names of all that was measured, in order. */
    public List<String> names() {
        return wanted().flatMap(outcome -> outcome.all().stream())
                .map(Measure::name)
                .distinct()
                .toList();
    }

    /** The table, and below it the notes. */
    @Override
    public String toString() {
        return toTable().print(settings().size() + 1) + "\n" + String.join("\n", notes());
    }

    /** The first run of each setting, by the setting's name. */
    Map<String, StudyRun> settings() {
        var settings = new LinkedHashMap<String, StudyRun>();
        study.runs().forEach(run -> settings.putIfAbsent(run.setting(), run));
        return settings;
    }

    Compared compared() {
        return compared(settings().keySet().iterator().next());
    }

    Compared compared(String baseline) {
        return new Compared(settingNames(), baseline, study.seeds(), wanted().toList(), Map.of(), note);
    }

    /** The trainings with what this study measures; those of the folder may have more. */
    private Stream<Outcome> wanted() {
        var metrics = study.metrics().stream().map(Metric::name).toList();
        return results.stream().flatMap(result -> result.outcome().stream().map(o -> {
            var measures = new LinkedHashMap<String, List<Measure>>();
            metrics.forEach(name -> measures.put(name, o.measures().getOrDefault(name, List.of())));
            return new Outcome(result.run().setting(), o.run(), o.broken(), measures, o.diagnosis());
        }));
    }

    /** The results of one setting. */
    Stream<StudyResult> of(String setting) {
        return results.stream().filter(result -> result.run().setting().equals(setting));
    }

    private String runs(String setting) {
        long done = of(setting).count();
        var text = new StringBuilder().append(done);
        if (done < study.seeds()) {
            text.append(" of ").append(study.seeds());
        }
        for (var state : List.of(State.DIVERGED, State.FAILED)) {
            long n = of(setting).filter(result -> result.state() == state).count();
            text.append(n > 0 ? ", " + n + " " + words(state) : "");
        }
        return text.toString();
    }

    private String seconds(String setting) {
        var seconds = of(setting)
                .mapToDouble(StudyResult::seconds)
                .filter(Double::isFinite)
                .toArray();
        return Entry.text(seconds);
    }

    static String words(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** A column for the kind of model, where there are several, and for each varied thing; numbers where all values are. */
    private List<Column<?>> settingColumns(List<StudyRun> runs) {
        var columns = new ArrayList<Column<?>>();
        if (study.models().size() > 1) {
            columns.add(StringColumn.create(
                    KIND, runs.stream().map(run -> run.kind().orElse(""))));
        }
        for (var name : study.variedNames()) {
            Function<StudyRun, Optional<JsonElement>> value =
                    run -> Optional.ofNullable(run.settings().get(name));
            boolean numbers = study.varied().getOrDefault(name, List.of()).stream() // of a range there is nothing else
                    .allMatch(v -> v.isJsonPrimitive() && v.getAsJsonPrimitive().isNumber());
            columns.add(
                    numbers
                            ? DoubleColumn.create(
                                    name,
                                    runs.stream()
                                            .mapToDouble(run -> value.apply(run)
                                                    .map(JsonElement::getAsDouble)
                                                    .orElse(Double.NaN))
                                            .toArray())
                            : StringColumn.create(name, runs.stream().map(run -> value.apply(run)
                                    .map(Call.Argument::words)
                                    .orElse(""))));
        }
        return columns;
    }
}
