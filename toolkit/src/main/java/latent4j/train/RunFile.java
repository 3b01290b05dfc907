package latent4j.train;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import latent4j.nn.Json;
import latent4j.nn.JsonText;
import latent4j.tensor.WholeFile;

/** Runs in files, as JSON. */
final class RunFile {

    private static final int FORMAT = 1;
    private static final String FORMAT_KEY = "latent4j run format";

    /** What a file holds, in its order. */
    private record Content(
            Progress.State state,
            long steps,
            double seconds,
            Provenance provenance,
            String weights,
            double historyMeansOver,
            List<History.Series> history) {}

    private RunFile() {}

    static void save(Run run, Path file) {
        var text = text(run);
        WholeFile.write(file, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    static String text(Run run) {
        var content = new Content(
                run.state(),
                run.steps(),
                run.seconds(),
                run.provenance(),
                run.weights(),
                run.history().meansOver(),
                run.history().series());
        var json = new JsonObject();
        json.addProperty(FORMAT_KEY, FORMAT);
        var members = Json.write(content, Content.class).getAsJsonObject();
        trainer(members).remove("watchers");
        trainer(members).remove("checkpoints");
        members.entrySet().forEach(member -> json.add(member.getKey(), member.getValue()));
        return JsonText.of(json);
    }

    static Run load(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no file " + file.toAbsolutePath());
        }
        try {
            return read(Files.readString(file));
        } catch (IOException | JsonParseException e) {
            throw new IllegalArgumentException(
                    "cannot read the run " + file + ", it is not JSON or damaged: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("cannot read the run " + file + ": " + e.getMessage(), e);
        }
    }

    static Run read(String text) {
        var json = new Gson().fromJson(text, JsonObject.class);
        if (json == null || !json.has(FORMAT_KEY)) {
            throw new IllegalArgumentException("it describes no run: it has no \"" + FORMAT_KEY + "\"");
        }
        int format = json.remove(FORMAT_KEY).getAsInt();
        if (format > FORMAT) {
            throw new IllegalArgumentException("it has format " + format + ", this toolkit reads up to " + FORMAT
                    + ": use a newer version of the toolkit");
        }
        trainer(json).add("watchers", new JsonArray());
        if (!trainer(json).has("binarise")) { // written before there was a choice
            trainer(json).addProperty("binarise", false);
        }
        if (!json.has("historyMeansOver")) {
            json.addProperty("historyMeansOver", 0);
        }
        var content = (Content) Json.read(json, Content.class);
        return new Run(
                Optional.empty(),
                content.provenance,
                content.state,
                content.steps,
                content.seconds,
                content.weights,
                History.of(content.history, content.historyMeansOver));
    }

    private static JsonObject trainer(JsonObject content) {
        var provenance = content.getAsJsonObject("provenance");
        if (provenance == null || !provenance.has("trainer")) {
            throw new IllegalArgumentException("it has no trainer");
        }
        return provenance.getAsJsonObject("trainer");
    }
}
