package latent4j.study;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import latent4j.data.Hash;
import latent4j.metric.Measure;
import latent4j.model.Model;
import latent4j.nn.Json;
import latent4j.nn.JsonText;
import latent4j.train.History;

/**
 * What came of one run of a study. Its bytes are a zip: {@code result.json} (which run, and how it ended), {@code run.json} ({@link
 * latent4j.train.Run#load}), {@code measures.json}, {@code measures.csv} for other tools, and {@code model.zip} ({@link
 * latent4j.model.Models#load}); of a run that threw, the first
 * alone, and of a {@linkplain Study#withoutModels study without models} all but the last.
 *
 * @param run which one
 * @param state how it ended
 * @param reason why it diverged or failed; empty for a finished one
 * @param outcome the training and what was measured; empty for a failed one
 * @param seconds how long it took in all, with measuring; NaN where its process died
 */
public record StudyResult(StudyRun run, State state, String reason, Optional<Outcome> outcome, double seconds) {

    /** How a run ended. */
    public enum State {
        FINISHED,
        /** A number was not finite: {@link latent4j.train.Diverged}. */
        DIVERGED,
        /** Something was thrown, or its process died again and again. */
        FAILED
    }

    private static final String RESULT = "result.json";
    private static final String RUN = "run.json";
    private static final String MEASURES = "measures.json";
    private static final String TABLE = "measures.csv";
    private static final String MODEL = "model.zip";

    static byte[] write(StudyRun run, Outcome outcome, Model model, double seconds, Path work) {
        var file = work.resolve(MODEL);
        try {
            model.save(file);
            return zip(run, state(outcome), outcome.broken().orElse(""), seconds, outcome, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e, e);
        }
    }

    /** Without the model. */
    static byte[] write(StudyRun run, Outcome outcome, double seconds) {
        return zip(run, state(outcome), outcome.broken().orElse(""), seconds, outcome, null);
    }

    private static State state(Outcome outcome) {
        return outcome.broken().isPresent() ? State.DIVERGED : State.FINISHED;
    }

    static byte[] write(StudyRun run, Throwable error, double seconds) {
        return zip(run, State.FAILED, reason(error), seconds, null, null);
    }

    static String reason(Throwable error) {
        var text = new StringBuilder();
        var seen = new java.util.ArrayList<Throwable>();
        for (var e = error; e != null && !seen.contains(e); e = e.getCause()) {
            seen.add(e);
            var message = e.getMessage();
            if (message == null || text.indexOf(message) < 0) {
                text.append(text.isEmpty() ? "" : ": ")
                        .append(message == null ? e.getClass().getSimpleName() : message);
            }
        }
        return error instanceof Error ? error.getClass().getSimpleName() + ": " + text : text.toString();
    }

    private static byte[] zip(StudyRun run, State state, String reason, double seconds, Outcome outcome, byte[] model) {
        var json = new JsonObject();
        json.addProperty("state", state.name());
        json.addProperty("reason", reason);
        if (!Double.isNaN(seconds)) {
            json.addProperty("seconds", seconds);
        }
        json.add("run", StudyJson.write(run));
        var entries = new LinkedHashMap<String, byte[]>();
        entries.put(RESULT, bytes(JsonText.of(json)));
        if (outcome != null) {
            var table = new ByteArrayOutputStream();
            Measure.table(outcome.all()).write().csv(table);
            entries.put(RUN, bytes(outcome.runText()));
            entries.put(MEASURES, bytes(outcome.measuresText()));
            entries.put(TABLE, table.toByteArray());
            if (model != null) {
                entries.put(MODEL, model);
            }
        }
        return zip(entries);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] zip(Map<String, byte[]> entries) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var content : entries.entrySet()) {
                var entry = new ZipEntry(content.getKey());
                entry.setTime(0);
                zip.setLevel(content.getKey().equals(MODEL) ? 0 : 6); // weights do not compress
                zip.putNextEntry(entry);
                zip.write(content.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no file
        }
        return bytes.toByteArray();
    }

    /**
     * The result that {@link StudyRun#execute} returned.
     *
     * @throws IllegalArgumentException if the bytes are no result or not all of it
     */
    public static StudyResult read(byte[] bytes) {
        try {
            var entries = entries(bytes);
            var json = new Gson().fromJson(text(entries, RESULT), JsonObject.class);
            var state = State.valueOf(json.get("state").getAsString());
            return new StudyResult(
                    StudyRun.fromJson(json.get("run").toString()),
                    state,
                    json.get("reason").getAsString(),
                    state == State.FAILED
                            ? Optional.empty()
                            : Optional.of(Outcome.read(text(entries, RUN), text(entries, MEASURES))),
                    json.has("seconds") ? json.get("seconds").getAsDouble() : Double.NaN);
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("this is no result of a run, or not all of it: " + e.getMessage(), e);
        }
    }

    /** The trained model's file that is in a result's bytes; none of a failed run. */
    static Optional<byte[]> model(byte[] bytes) {
        try {
            return Optional.ofNullable(entries(bytes).get(MODEL));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same result with other measures. */
    static byte[] withOutcome(byte[] bytes, StudyResult result, Outcome outcome) {
        return zip(
                result.run(),
                result.state(),
                result.reason(),
                result.seconds(),
                outcome,
                model(bytes).orElseThrow());
    }

    private static Map<String, byte[]> entries(byte[] bytes) throws IOException {
        var entries = new HashMap<String, byte[]>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes()); // compares the checksum
            }
        }
        return entries;
    }

    private static String text(Map<String, byte[]> entries, String name) {
        var content = entries.get(name);
        if (content == null) {
            throw new IllegalArgumentException("there is no " + name);
        }
        return new String(content, StandardCharsets.UTF_8);
    }

    /** What was measured; nothing of a run that broke off. */
    public List<Measure> measures() {
        return outcome.map(Outcome::all).orElse(List.of());
    }

    /** The measure of this name. */
    public Optional<Measure> measure(String name) {
        return outcome.flatMap(o -> o.measure(name));
    }

    /**
     * A digest of all that the run decides: how it ended, the weights to the bit, the history and the measures; neither times nor
     * machines. Two results of one run that have the same are identical.
     */
    public String fingerprint() {
        var hash = Hash.sha256().text(run.name()).text(state.name()).text(reason);
        outcome.ifPresent(o -> {
            hash.text(o.run().weights());
            for (var metric : run.metrics()) { // others may have been measured for another study
                for (var measure : o.measures().getOrDefault(metric.name(), List.of())) {
                    hash.text(metric.name())
                            .text(Json.write(measure, Measure.class).toString());
                }
            }
            o.run()
                    .history()
                    .series()
                    .forEach(series ->
                            hash.text(Json.write(series, History.Series.class).toString()));
        });
        return hash.hex();
    }
}
