package latent4j.study;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import latent4j.data.Dataset;
import latent4j.metric.Metric;
import latent4j.tensor.Records;
import latent4j.tensor.Require;
import latent4j.tensor.Seed;
import latent4j.train.Trainer;

/**
 * Many trainings of one question: models × settings × seeds.
 *
 * <pre>{@code
 * var study = Study.of(BetaVae::mlp).on(Datasets.digits(6000, 1000))
 *         .vary("latent", 2, 8).vary("beta", 0.5, 1, 4)
 *         .trainer(Trainer.epochs(10)).seeds(5).measuring(new Likelihoods(500, 100));
 * var studied = study.run(Path.of("study"), Place.processes(2));
 * }</pre>
 *
 * <p>A study holds nothing but values, so that it can travel: to a file ({@link #toJson}), to other processes on this machine and to
 * other machines ({@link Place}). Wherever a run is made, the same bits come out: on the same engine and kind of processor, since
 * each has its own number of {@linkplain #threads threads}. Every finished run is kept in a folder at once; what is there is not made
 * again, and a study that grows by a value or a seed makes only what is new.
 *
 * @param models the methods that make the models, with the arguments that are the same in all runs
 * @param data the method that makes the data
 * @param varied what differs between runs, by name: arguments of the models' methods, or {@code epochs}, {@code batch} and {@code
 *     learningRate} of the trainer. A model whose method lacks an argument is trained without it
 * @param ranges what differs between runs and is drawn, by name: {@link #random} draws combinations
 * @param chosen some combinations of what is varied, where not all are meant
 * @param trainer how all are trained; its seed is the first of the seeds
 * @param seeds from how many seeds, n, n + 1, …
 * @param metrics what is measured of each
 * @param threads how many threads one run computes with: 1 where nothing is said, so that as many runs as there are cores do not
 *     disturb each other
 * @param keepsModels whether results hold the trained models: with them a further metric needs no further training, without them
 *     they are small
 * @param examined whether the doctor looks at each: a column of the tables
 */
public record Study(
        List<Call> models,
        Optional<Call> data,
        Map<String, List<JsonElement>> varied,
        Map<String, Range> ranges,
        Optional<List<Map<String, JsonElement>>> chosen,
        Trainer trainer,
        int seeds,
        List<Metric> metrics,
        int threads,
        boolean keepsModels,
        boolean examined) {

    static final String LEARNING_RATE = "learningRate";
    static final List<String> OF_TRAINER = List.of("epochs", "batch", LEARNING_RATE);

    public Study {
        Require.atLeast("seeds", 1, seeds);
        Require.atLeast("threads", 1, threads);
        models = List.copyOf(models);
        metrics = List.copyOf(metrics);
        // each run has a folder for its own checkpoints, and who looks on stays here
        trainer = Records.with(trainer, Map.of("checkpoints", Optional.empty())).watchedBy();
        varied = Collections.unmodifiableMap(new LinkedHashMap<>(varied));
        ranges = Collections.unmodifiableMap(new LinkedHashMap<>(ranges));
        if (models.isEmpty()) {
            throw new IllegalArgumentException("a study needs a model: Study.of(BetaVae::mlp)");
        }
        var names = metrics.stream().map(Metric::name).toList();
        if (names.stream().distinct().count() < names.size()) {
            throw new IllegalArgumentException("metrics of one study must be different, got " + names);
        }
    }

    /** A study of the models that this call makes; its arguments are the same in all runs. */
    public static Study of(Call model) {
        return new Study(
                List.of(model),
                Optional.empty(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Trainer.epochs(10),
                5,
                List.of(),
                1,
                true,
                false);
    }

    /** A study of the models that a public static method makes; {@link #with} and {@link #vary} name its arguments. */
    public static Study of(Class<?> type, String method) {
        return of(Call.of(type, method));
    }

    /** A study of the models that a method makes, such as {@code BetaVae::mlp}. */
    public static <A> Study of(Factory.Of1<A> model) {
        return of(Call.of(model));
    }

    /** A study of the models that a method makes, such as {@code Vae::mlp}. */
    public static <A, B> Study of(Factory.Of2<A, B> model) {
        return of(Call.of(model));
    }

    /** A study of the models that a method makes, such as {@code BetaVae::mlp}. */
    public static <A, B, C> Study of(Factory.Of3<A, B, C> model) {
        return of(Call.of(model));
    }

    /** A study of the models that a method makes. */
    public static <A, B, C, D> Study of(Factory.Of4<A, B, C, D> model) {
        return of(Call.of(model));
    }

    /** A study of the models that a method makes. */
    public static <A, B, C, D, E> Study of(Factory.Of5<A, B, C, D, E> model) {
        return of(Call.of(model));
    }

    /** With one more kind of model beside the others. What it shares with them is named afterwards. */
    public Study and(Call model) {
        var all = new ArrayList<>(models);
        all.add(model);
        return change("models", all);
    }

    /** With one more kind of model beside the others. */
    public Study and(Class<?> type, String method) {
        return and(Call.of(type, method));
    }

    /**
     * On these data.
     *
     * @throws IllegalArgumentException if another process could not make them, as of your own records
     */
    public Study on(Dataset data) {
        return on(Call.of(data.origin()
                .orElseThrow(() -> new IllegalArgumentException("the data '" + data.name()
                        + "' cannot be made again in another process: take a set of Datasets, or write a public static method"
                        + " that makes them, and name it by on(Call.of(TheClass.class, \"method\"))"))));
    }

    /** On the data that this call makes. */
    public Study on(Call data) {
        return change("data", Optional.of(data));
    }

    /** With this argument of the models' methods in all runs. */
    public Study with(String name, Object value) {
        requireKnown(name);
        return change(
                "models",
                models.stream()
                        .map(model -> model.takes(name) ? model.with(name, value) : model)
                        .toList());
    }

    /**
     * With each of these values, in all combinations with what else is varied.
     *
     * @param name an argument of a model's method, or {@code epochs}, {@code batch} or {@code learningRate}
     * @throws IllegalArgumentException if nothing is called so, or a value is of another kind
     */
    public Study vary(String name, Object... values) {
        return vary(name, Arrays.asList(values));
    }

    /** With each of these values, such as those of a loop. */
    public Study vary(String name, Collection<?> values) {
        requireKnown(name);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("'" + name + "' needs at least one value");
        }
        var typed = values.stream().map(value -> value(name, value)).toList();
        if (typed.stream().distinct().count() < typed.size()) {
            throw new IllegalArgumentException("'" + name + "' has a value twice: " + values);
        }
        return varied(name, typed, null);
    }

    /**
     * With numbers of a range, of which {@link #random} draws some.
     *
     * @throws IllegalArgumentException if nothing is called so, or it is no number
     */
    public Study vary(String name, Range range) {
        requireKnown(name);
        for (double end : new double[] {range.low(), range.high()}) {
            value(name, new JsonPrimitive(end)); // refuses 0.5 of a whole number
        }
        return varied(name, null, range);
    }

    /** With either in the place of what was said of this name before. */
    private Study varied(String name, List<JsonElement> values, Range range) {
        var listed = new LinkedHashMap<>(varied);
        var drawn = new LinkedHashMap<>(ranges);
        if (range == null) {
            drawn.remove(name);
            listed.put(name, values);
        } else {
            listed.remove(name);
            drawn.put(name, range);
        }
        return change("varied", listed).change("ranges", drawn).change("chosen", Optional.empty());
    }

    /** The names of all that differs between runs. */
    Set<String> variedNames() {
        var names = new LinkedHashSet<>(varied.keySet());
        names.addAll(ranges.keySet());
        return names;
    }

    private Type type(String name) {
        return models.stream()
                .filter(model -> model.takes(name))
                .findFirst()
                .map(model -> model.type(name))
                .orElse(name.equals(LEARNING_RATE) ? double.class : int.class);
    }

    private JsonElement value(String name, Object value) {
        for (var model : models) {
            if (model.takes(name)) {
                return model.with(name, value).arguments().get(name);
            }
        }
        return Call.Argument.written(value, type(name), name);
    }

    private void requireKnown(String name) {
        if (models.stream().noneMatch(model -> model.takes(name)) && !OF_TRAINER.contains(name)) {
            var known = new LinkedHashSet<String>();
            models.forEach(model -> known.addAll(model.names()));
            known.addAll(OF_TRAINER);
            throw new IllegalArgumentException(
                    "nothing here is called '" + name + "', but " + String.join(", ", known));
        }
    }

    /** With these combinations alone, each with a value for everything that is varied. */
    public Study only(List<Map<String, JsonElement>> combinations) {
        var typed = new ArrayList<Map<String, JsonElement>>();
        for (var combination : combinations) {
            if (!combination.keySet().equals(variedNames())) {
                throw new IllegalArgumentException("a combination must name " + variedNames() + ", got " + combination);
            }
            var one = new LinkedHashMap<String, JsonElement>();
            variedNames().forEach(name -> one.put(name, value(name, combination.get(name))));
            typed.add(Collections.unmodifiableMap(one));
        }
        return change("chosen", Optional.of(List.copyOf(typed)));
    }

    /**
     * Random search (Bergstra and Bengio 2012): some combinations. Where values are listed, they are drawn of all combinations without
     * replacement; where a {@linkplain Range range} is among what is varied, each thing is drawn by itself.
     *
     * @param n how many; all, where there are not more
     * @param seed draws them
     */
    public Study random(int n, long seed) {
        Require.atLeast("n", 1, n);
        var source = new Seed(seed).child("random search");
        if (!ranges.isEmpty()) {
            return only(drawn(n, source));
        }
        var all = combinations();
        return only(Arrays.stream(source.permutation(all.size()))
                .limit(n)
                .sorted()
                .mapToObj(all::get)
                .toList());
    }

    /** Different ones; where the ranges are of few whole numbers, no more than come up in many draws. */
    private List<Map<String, JsonElement>> drawn(int n, Seed source) {
        var drawn = new LinkedHashSet<Map<String, JsonElement>>();
        for (int i = 0; drawn.size() < n && i < 100L * n; i++) {
            var stream = source.child(i).stream();
            var one = new LinkedHashMap<String, JsonElement>();
            varied.forEach((name, values) -> one.put(name, values.get((int) (stream.uniform() * values.size()))));
            ranges.forEach((name, range) -> one.put(name, range.draw(stream, type(name))));
            drawn.add(one);
        }
        return List.copyOf(drawn);
    }

    /** Trained like this. */
    public Study trainer(Trainer trainer) {
        return change("trainer", trainer);
    }

    /** From so many seeds. With 1 there is no standard error, and with fewer than 4 hardly anything is decided. */
    public Study seeds(int seeds) {
        return change("seeds", seeds);
    }

    /**
     * Measuring this.
     *
     * @throws IllegalArgumentException if a metric is no record, or one of a notebook's cell
     */
    public Study measuring(Metric... metrics) {
        for (var metric : metrics) {
            StudyJson.write(metric);
        }
        return change("metrics", List.of(metrics));
    }

    /** Measuring also what this call makes, such as {@code Call.of(Probe.class, "metric")}. */
    public Study measuring(Call metric) {
        var all = new ArrayList<>(metrics);
        all.add(Made.of(metric));
        return change("metrics", all);
    }

    /** Each run with so many threads. */
    public Study threads(int threads) {
        return change("threads", threads);
    }

    /** With results that do not hold the trained models: kilobytes instead of megabytes each. */
    public Study withoutModels() {
        return change("keepsModels", false);
    }

    /** With the {@linkplain Doctor doctor's} word on each run, in the tables; it takes a moment each. Runs that are done stay without. */
    public Study withDoctor() {
        return change("examined", true);
    }

    /** All combinations of what is varied, or those that were chosen; one, of nothing, where nothing is varied. */
    List<Map<String, JsonElement>> combinations() {
        if (chosen.isPresent()) {
            return chosen.get();
        }
        if (!ranges.isEmpty()) {
            throw new IllegalArgumentException("of a range, such as that of '"
                    + ranges.keySet().iterator().next()
                    + "', there are no combinations to list: draw some by random(n, seed), in a file"
                    + " \"random\": {\"n\": 20, \"seed\": 1}, or vary over values");
        }
        List<Map<String, JsonElement>> all = List.of(Map.of());
        for (var each : varied.entrySet()) {
            var more = new ArrayList<Map<String, JsonElement>>();
            for (var combination : all) {
                for (var value : each.getValue()) {
                    var one = new LinkedHashMap<>(combination);
                    one.put(each.getKey(), value);
                    more.add(one);
                }
            }
            all = more;
        }
        return all;
    }

    /**
     * All runs, seed by seed, so that a study that is not finished has all settings.
     *
     * @throws IllegalArgumentException if a model, its arguments or the data are missing or of a wrong kind
     */
    public List<StudyRun> runs() {
        var source = data.orElseThrow(
                () -> new IllegalArgumentException("a study needs data: on(Datasets.digits(6000, 1000))"));
        var runs = new LinkedHashMap<String, StudyRun>(); // models that lack an argument would come several times
        for (int i = 0; i < seeds; i++) {
            for (var model : models) {
                for (var combination : combinations()) {
                    var run = run(model, source, combination, trainer.seed() + i);
                    runs.putIfAbsent(run.name(), run);
                }
            }
        }
        return List.copyOf(runs.values());
    }

    private StudyRun run(Call model, Call source, Map<String, JsonElement> combination, long seed) {
        var settings = new LinkedHashMap<String, JsonElement>();
        var complete = model;
        var trained = trainer.seed(seed);
        var rate = OptionalDouble.empty();
        for (var each : combination.entrySet()) {
            var value = each.getValue();
            if (model.takes(each.getKey())) {
                complete = complete.with(each.getKey(), value);
            } else if (each.getKey().equals(LEARNING_RATE)) {
                rate = OptionalDouble.of(value.getAsDouble());
            } else if (OF_TRAINER.contains(each.getKey())) {
                trained = Records.with(trained, Map.of(each.getKey(), value.getAsInt()));
            } else {
                continue;
            }
            settings.put(each.getKey(), value);
        }
        complete.requireComplete();
        var name = models.size() == 1 ? Optional.<String>empty() : Optional.of(nameOf(model));
        return new StudyRun(name, complete, source, settings, trained, rate, metrics, threads, keepsModels, examined);
    }

    /** The class that a method stands in; with the method, where the class alone names several. */
    private String nameOf(Call model) {
        var parts = model.shortName().split("\\.");
        boolean unique = models.stream()
                        .filter(other -> other.shortName().startsWith(parts[0] + "."))
                        .count()
                == 1;
        return unique ? parts[0] : model.toString();
    }

    /** Makes what is not in the folder yet, in this process. */
    public Studied run(Path folder) {
        return run(folder, Place.here());
    }

    /**
     * Makes what is not in the folder yet. An interrupt of the thread, as by the stop button, ends it with what is done; once more
     * called, here or at another place, it goes on.
     *
     * @throws IllegalArgumentException before the first run, if the study cannot be made
     */
    public Studied run(Path folder, Place place) {
        return new Studying(this, new StudyFolder(folder), place).run();
    }

    /** What the folder holds of this study, without a further run. */
    public Studied read(Path folder) {
        return new StudyFolder(folder).read(this);
    }

    /** The study as a file's text, for {@code ./lab study} and {@link #fromJson}. */
    public String toJson() {
        return StudyJson.write(this);
    }

    /**
     * The study that a file's text describes.
     *
     * @throws IllegalArgumentException naming the member that is wrong, with what was expected and found
     */
    public static Study fromJson(String text) {
        return StudyJson.read(text);
    }

    Study change(String name, Object value) {
        return Records.with(this, Map.of(name, value));
    }

    /** {@code BetaVae.mlp × latent 2, 8 × beta 0.5, 1, 4 × 5 seeds}. */
    @Override
    public String toString() {
        var parts = new ArrayList<String>();
        parts.add(models.stream().map(Call::shortName).collect(Collectors.joining(", ")));
        varied.forEach((name, values) ->
                parts.add(name + " " + values.stream().map(Call.Argument::words).collect(Collectors.joining(", "))));
        ranges.forEach((name, range) -> parts.add(name + " " + range));
        parts.add(seeds + (seeds == 1 ? " seed" : " seeds"));
        return String.join(" × ", parts)
                + chosen.map(some -> " (" + some.size() + " combinations)").orElse("");
    }
}
