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
        run.save(folder.resolve(RUN));
        var text = JsonText.of(Json.write(new Content(name, broken, measures, diagnosis), Content.class));
        WholeFile.write(folder.resolve(MEASURES), stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
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
            var json = new Gson().fromJson(Files.readString(file), JsonObject.class);
            var content = (Content) Json.read(json, Content.class);
            return Optional.of(new Outcome(
                    content.name,
                    Run.load(folder.resolve(RUN)),
                    content.broken,
                    new LinkedHashMap<>(content.measures),
                    content.diagnosis));
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
