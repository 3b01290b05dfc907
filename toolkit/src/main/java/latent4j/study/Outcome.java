package latent4j.study;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import latent4j.metric.Measure;
import latent4j.nn.Json;
import latent4j.nn.JsonText;
import latent4j.tensor.WholeFile;
import latent4j.train.Run;

/**
 * One model trained from one seed, and what was measured of it.
 *
 * @param name the model's name in the comparison
 * @param run the training; that of a broken one reaches to the last good weights
 * @param broken why training broke off, where it did; nothing is measured then
 * @param measures what each metric found, by the metric's name; an empty list where it is not defined
 * @param diagnosis the doctor's
 */
public record Outcome(
        String name, Run run, Optional<String> broken, Map<String, List<Measure>> measures, Diagnosis diagnosis) {

    private static final String RUN = "run.json";
    /** Epochs: many runs need small files. */
    private static final double MEANS_OVER = 0.1;

    private static final String MEASURES = "measures.json";

    private record Content(
            String name, Optional<String> broken, Map<String, List<Measure>> measures, Diagnosis diagnosis) {}

    /** The seed that it was trained from. */
    public long seed() {
        return run.trainer().seed();
    }

    /** All that was measured, whatever the metric. */
    public List<Measure> all() {
        return measures.values().stream().flatMap(List::stream).toList();
    }

    /** The measure of this name, where there is one. */
    public Optional<Measure> measure(String name) {
        return all().stream().filter(m -> m.name().equals(name)).findFirst();
    }

    /** Writes the run and what was measured into a folder: the latter last, so that its file says that all is there. */
    void save(Path folder) {
        write(folder.resolve(RUN), runText());
        write(folder.resolve(MEASURES), measuresText());
    }

    private static void write(Path file, String text) {
        WholeFile.write(file, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The run as a file's text. */
    String runText() {
        return run.thinned(MEANS_OVER).toJson();
    }

    /** All but the run as a file's text. */
    String measuresText() {
        return JsonText.of(Json.write(new Content(name, broken, measures, diagnosis), Content.class));
    }

    /**
     * What the two texts describe.
     *
     * @throws RuntimeException if they describe nothing of the kind
     */
    static Outcome read(String run, String measures) {
        var content = (Content) Json.read(new Gson().fromJson(measures, JsonObject.class), Content.class);
        return new Outcome(
                content.name,
                Run.fromJson(run),
                content.broken,
                new LinkedHashMap<>(content.measures),
                content.diagnosis);
    }

    /**
     * What a folder holds; nothing where it is not all there.
     *
     * @throws IllegalArgumentException naming the file, if it is damaged
     */
    static Optional<Outcome> load(Path folder) {
        var file = folder.resolve(MEASURES);
        if (!Files.isRegularFile(file) || !Files.isRegularFile(folder.resolve(RUN))) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(Files.readString(folder.resolve(RUN)), Files.readString(file)));
        } catch (IOException | JsonParseException e) {
            throw new IllegalArgumentException("cannot read " + file + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Where the run of a folder is kept, for messages. */
    static Path runFile(Path folder) {
        return folder.resolve(RUN);
    }
}
