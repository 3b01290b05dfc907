package latent4j.study;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import latent4j.metric.Metric;
import latent4j.nn.Json;
import latent4j.nn.JsonText;
import latent4j.train.Trainer;

/** Studies and their runs as JSON that a person can read and write. */
final class StudyJson {

    private static final int FORMAT = 1;
    private static final String FORMAT_KEY = "latent4j study format";
    private static final List<String> WHOLE = List.of("epochs", "batch", "seed", "validateOn");
    private static final List<String> NO_SETTINGS = List.of("checkpoints", "watchers");

    private StudyJson() {}

    static String write(Study study) {
        var json = new JsonObject();
        json.addProperty(FORMAT_KEY, FORMAT);
        var models = new JsonArray();
        study.models().forEach(model -> models.add(model.json()));
        json.add("models", models);
        study.data().ifPresent(data -> json.add("data", data.json()));
        if (!study.variedNames().isEmpty()) {
            var varied = new JsonObject();
            study.varied().forEach((name, values) -> varied.add(name, array(values)));
            study.ranges().forEach((name, range) -> varied.add(name, range.json()));
            json.add("vary", varied);
        }
        study.chosen().ifPresent(some -> {
            var chosen = new JsonArray();
            some.forEach(combination -> chosen.add(object(combination)));
            json.add("only", chosen);
        });
        json.add("trainer", write(study.trainer()));
        json.addProperty("seeds", study.seeds());
        json.add("metrics", metrics(study.metrics()));
        json.addProperty("threads", study.threads());
        if (!study.keepsModels()) {
            json.addProperty("keepsModels", false);
        }
        if (study.examined()) {
            json.addProperty("examined", true);
        }
        return JsonText.of(json);
    }

    static Study read(String text) {
        try {
            var fields = Fields.of(
                    parse(text),
                    "",
                    FORMAT_KEY,
                    "models",
                    "data",
                    "vary",
                    "only",
                    "random",
                    "trainer",
                    "seeds",
                    "metrics",
                    "threads",
                    "keepsModels",
                    "examined");
            if (fields.has(FORMAT_KEY) && fields.whole(FORMAT_KEY) > FORMAT) {
                throw new IllegalArgumentException("it has format " + fields.whole(FORMAT_KEY)
                        + ", this toolkit reads up to " + FORMAT + ": use a newer version of the toolkit");
            }
            var models = new ArrayList<Call>();
            int i = 0;
            for (var model : fields.array("models")) {
                models.add(call(model, "models[" + i++ + "]"));
            }
            if (models.isEmpty()) {
                throw new IllegalArgumentException("models must name at least one, got []");
            }
            var study = new Study(
                    models,
                    Optional.of(call(fields.element("data"), "data")),
                    Map.of(),
                    Map.of(),
                    Optional.empty(),
                    trainer(fields.element("trainer"), "trainer"),
                    fields.has("seeds") ? atLeastOne(fields, "seeds") : 5,
                    fields.has("metrics") ? metrics(fields.array("metrics")) : List.of(),
                    fields.has("threads") ? atLeastOne(fields, "threads") : 1,
                    !fields.has("keepsModels") || fields.flag("keepsModels"),
                    fields.has("examined") && fields.flag("examined"));
            if (fields.has("vary")) {
                var vary = new Fields(fields.object("vary"), "vary");
                for (var name : vary.json().keySet()) {
                    var given = study;
                    study = at(
                            "vary",
                            () -> vary.element(name) instanceof JsonObject range
                                    ? given.vary(name, Range.read(range, vary.at(name)))
                                    : given.vary(name, elements(vary.array(name))));
                }
            }
            if (fields.has("only")) {
                var combinations = new ArrayList<Map<String, JsonElement>>();
                for (var combination : fields.array("only")) {
                    combinations.add(map(
                            Fields.of(combination, "only", names(combination)).json()));
                }
                var given = study;
                study = at("only", () -> given.only(combinations));
            }
            if (fields.has("random")) {
                var random = Fields.of(fields.element("random"), "random", "n", "seed");
                if (fields.has("only")) {
                    throw new IllegalArgumentException(
                            "only and random exclude each other: name the combinations, or draw them");
                }
                study = study.random(atLeastOne(random, "n"), random.has("seed") ? random.whole("seed") : 0);
            }
            study.runs(); // refuses what is incomplete
            return study;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("this is no study: " + e.getMessage(), e);
        }
    }

    private interface Reading<T> {
        T read();
    }

    /** Says the place of what is wrong. */
    private static <T> T at(String place, Reading<T> reading) {
        try {
            return reading.read();
        } catch (IllegalArgumentException e) {
            throw e.getMessage().startsWith(place) ? e : new IllegalArgumentException(place + ": " + e.getMessage(), e);
        }
    }

    private static int atLeastOne(Fields fields, String name) {
        int number = fields.whole(name);
        if (number < 1) {
            throw new IllegalArgumentException(fields.at(name) + " must be >= 1, got " + number);
        }
        return number;
    }

    private static String[] names(JsonElement json) {
        return json instanceof JsonObject object ? object.keySet().toArray(String[]::new) : new String[0];
    }

    /** A call whose arguments are of the parameters' kinds, as one that Java wrote. */
    private static Call call(JsonElement json, String place) {
        var read = Call.read(json, place);
        return at(place, () -> {
            var typed = new Call(read.method(), Map.of());
            typed.names(); // refuses a class or a method that is not there
            for (var argument : read.arguments().entrySet()) {
                typed = typed.with(argument.getKey(), argument.getValue());
            }
            return typed;
        });
    }

    private static JsonElement parse(String text) {
        try {
            return new JsonParser().parse(text);
        } catch (JsonParseException e) {
            throw new IllegalArgumentException("it is not JSON: " + e.getMessage(), e);
        }
    }

    // ------------------------------------------------------------ runs

    static JsonObject write(StudyRun run) {
        var json = new JsonObject();
        run.kind().ifPresent(kind -> json.addProperty("kind", kind));
        json.add("model", run.model().json());
        json.add("data", run.data().json());
        json.add("settings", object(run.settings()));
        json.add("trainer", write(run.trainer()));
        run.learningRate().ifPresent(rate -> json.addProperty("learningRate", rate));
        json.add("metrics", metrics(run.metrics()));
        json.addProperty("threads", run.threads());
        json.addProperty("keepsModel", run.keepsModel());
        if (run.examined()) {
            json.addProperty("examined", true);
        }
        return json;
    }

    static StudyRun readRun(String text) {
        var fields = Fields.of(
                parse(text),
                "",
                "kind",
                "model",
                "data",
                "settings",
                "trainer",
                "learningRate",
                "metrics",
                "threads",
                "keepsModel",
                "examined");
        return new StudyRun(
                fields.has("kind") ? Optional.of(fields.text("kind")) : Optional.empty(),
                Call.read(fields.element("model"), "model"),
                Call.read(fields.element("data"), "data"),
                map(fields.object("settings")),
                trainer(fields.element("trainer"), "trainer"),
                fields.has("learningRate") ? OptionalDouble.of(fields.number("learningRate")) : OptionalDouble.empty(),
                metrics(fields.array("metrics")),
                fields.whole("threads"),
                fields.flag("keepsModel"),
                fields.has("examined") && fields.flag("examined"));
    }

    // ------------------------------------------------------------ parts

    private static JsonObject all(Trainer trainer) {
        var json = Json.write(trainer.watchedBy(), Trainer.class).getAsJsonObject();
        NO_SETTINGS.forEach(json::remove);
        return json;
    }

    /** The epochs, and what is not as in a new trainer. */
    private static JsonObject write(Trainer trainer) {
        var usual = all(Trainer.epochs(trainer.epochs()));
        var json = new JsonObject();
        all(trainer).entrySet().stream()
                .filter(e -> e.getKey().equals("epochs") || !e.getValue().equals(usual.get(e.getKey())))
                .forEach(e -> json.add(e.getKey(), e.getValue()));
        return json;
    }

    private static Trainer trainer(JsonElement json, String place) {
        var settings = all(Trainer.epochs(1));
        var fields = Fields.of(json, place, settings.keySet().toArray(String[]::new));
        fields.whole("epochs");
        WHOLE.stream().filter(fields::has).forEach(fields::whole);
        fields.json().entrySet().forEach(e -> settings.add(e.getKey(), e.getValue()));
        NO_SETTINGS.forEach(name -> settings.add(name, name.equals("watchers") ? new JsonArray() : null));
        return at(place, () -> {
            try {
                return (Trainer) Json.read(settings, Trainer.class);
            } catch (IllegalArgumentException e) {
                throw e;
            } catch (RuntimeException e) { // another kind of JSON than a member takes
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        });
    }

    /**
     * A metric that another process can make.
     *
     * @throws IllegalArgumentException with the way out, if it cannot
     */
    static JsonElement write(Metric metric) {
        if (metric instanceof Made made) {
            return made.call().json();
        }
        var type = metric.getClass();
        if (!type.isRecord()) {
            throw new IllegalArgumentException(
                    "the metric " + metric.name() + " is no record, and cannot travel to another"
                            + " process: name the public static method that makes it, such as measuring(Call.of(Probe.class,"
                            + " \"metric\"))");
        }
        Call.requireTravelling(type);
        try {
            return Json.write(metric, Metric.class);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the metric " + metric.name() + " cannot travel to another process: " + e.getMessage(), e);
        }
    }

    private static JsonArray metrics(List<Metric> metrics) {
        var json = new JsonArray();
        metrics.forEach(metric -> json.add(write(metric)));
        return json;
    }

    private static List<Metric> metrics(JsonArray json) {
        var metrics = new ArrayList<Metric>();
        for (var element : json) {
            var place = "metrics[" + metrics.size() + "]";
            metrics.add(at(place, () -> {
                if (Call.isCall(element)) {
                    return Made.of(call(element, place));
                }
                Fields.of(element, place, names(element)).text("type");
                return (Metric) Json.read(element, Metric.class);
            }));
        }
        return List.copyOf(metrics);
    }

    private static JsonArray array(List<JsonElement> elements) {
        var array = new JsonArray();
        elements.forEach(array::add);
        return array;
    }

    private static List<JsonElement> elements(JsonArray array) {
        var elements = new ArrayList<JsonElement>();
        array.forEach(elements::add);
        return elements;
    }

    private static JsonObject object(Map<String, JsonElement> members) {
        var object = new JsonObject();
        members.forEach(object::add);
        return object;
    }

    private static Map<String, JsonElement> map(JsonObject object) {
        var map = new LinkedHashMap<String, JsonElement>();
        object.entrySet().forEach(e -> map.put(e.getKey(), e.getValue()));
        return map;
    }
}
