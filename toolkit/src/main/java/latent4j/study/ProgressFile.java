package latent4j.study;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import latent4j.train.Progress;
import latent4j.train.Watcher;

/** How far a run is, in a small file beside its checkpoints for those who look on from another process; once a second. */
final class ProgressFile implements Watcher {

    private static final String NAME = "progress.json";
    private static final long EVERY = 1_000_000_000L;
    /** Milliseconds without a word after which a run is taken to have stopped. */
    private static final long STALE = 60_000;

    private final Path folder;
    private long written = System.nanoTime() - EVERY;

    ProgressFile(Path folder) {
        this.folder = folder;
    }

    /** How far a run is. */
    record Mark(long step, long steps, double seconds) {}

    @Override
    public void stepped(Progress progress) {
        if (System.nanoTime() - written < EVERY) {
            return;
        }
        written = System.nanoTime();
        var json = new JsonObject();
        json.addProperty("step", progress.step());
        json.addProperty("steps", progress.steps());
        json.addProperty("seconds", progress.seconds());
        try {
            Files.createDirectories(folder);
            var temporary = folder.resolve("." + NAME);
            Files.writeString(temporary, json.toString());
            Files.move(temporary, folder.resolve(NAME), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // who looks on learns of it a second later, or not at all; the training goes on
        }
    }

    /** The last mark of a run whose checkpoints are in the folder, where it is of late. */
    static Optional<Mark> read(Path folder) {
        try {
            var file = folder.resolve(NAME);
            if (System.currentTimeMillis() - Files.getLastModifiedTime(file).toMillis() > STALE) {
                return Optional.empty();
            }
            var json = new Gson().fromJson(Files.readString(file), JsonObject.class);
            return Optional.of(new Mark(
                    json.get("step").getAsLong(),
                    json.get("steps").getAsLong(),
                    json.get("seconds").getAsDouble()));
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // not there, or just being written
        }
    }
}
