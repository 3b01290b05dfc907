package latent4j.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import latent4j.tensor.Require;

/**
 * Where a training keeps its checkpoints and how often it writes one. The folder belongs to one training and holds the newest
 * two: should the newest be damaged, the one before it serves.
 *
 * @param folder where
 * @param every after how many batches; one more is written when training ends or is interrupted
 */
public record Checkpoints(Path folder, int every) {

    private static final Pattern FILE = Pattern.compile("step-(\\d+)\\.checkpoint");
    private static final Pattern LEFT_OVER = Pattern.compile("\\.step-\\d+\\.checkpoint\\..*\\.part");

    public Checkpoints {
        Require.atLeast("every", 1, every);
    }

    /** A checkpoint and the file that holds it. */
    record Stored(Path file, Checkpoint checkpoint) {}

    /** The newest one that can be read; those that cannot are reported on the error stream. */
    Optional<Stored> newest() {
        for (var file : files(FILE)) {
            try {
                return Optional.of(new Stored(file, Checkpoint.read(file)));
            } catch (IllegalArgumentException e) {
                System.err.println(e.getMessage() + "; the one before it is used, if there is one");
            }
        }
        return Optional.empty();
    }

    /**
     * Refuses to begin where the checkpoint of a training that did not end would be lost.
     *
     * @throws IllegalArgumentException with the remedy
     */
    void requireNothingToLose() {
        newest().filter(stored -> stored.checkpoint().state() != Progress.State.FINISHED)
                .ifPresent(stored -> {
                    throw new IllegalArgumentException(
                            folder + " holds the checkpoint of a training that stopped at step "
                                    + stored.checkpoint().step()
                                    + ": go on with resume(model, data), or delete the folder or name another one to start"
                                    + " anew");
                });
    }

    /** The newest one that can be read. */
    Stored require() {
        return newest().orElseThrow(() -> new IllegalArgumentException("there is no checkpoint"
                + (files(FILE).isEmpty() ? "" : " that can be read") + " in " + folder.toAbsolutePath()
                + ": start with fit(model, data)"));
    }

    /**
     * Writes a checkpoint and deletes all others but the one before it.
     *
     * @param before the file of the one before it, which is known to be good; or null
     * @return its file
     * @throws UncheckedIOException if it cannot be written; the one before it is still there then
     */
    Path write(Checkpoint checkpoint, Path before) {
        var file = folder.resolve(String.format(Locale.ROOT, "step-%09d.checkpoint", checkpoint.step()));
        try {
            delete(files(LEFT_OVER)); // of a process that was killed while it wrote
            checkpoint.write(file);
            if (!file.equals(before)) { // the last one of a training may take the place of one of the same step
                var old = new ArrayList<>(files(FILE));
                old.remove(file);
                old.remove(before);
                delete(old);
            }
        } catch (UncheckedIOException e) {
            throw new UncheckedIOException(
                    "training stops, since the checkpoint of step " + checkpoint.step() + " cannot be kept: "
                            + e.getMessage() + ". The model is as it was after that step"
                            + (before == null ? "" : ", and " + before + " is whole")
                            + ". Make room, then resume(model, data)",
                    e.getCause());
        }
        return file;
    }

    /** The files of this kind, the newest first. */
    private List<Path> files(Pattern kind) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(
                            file -> kind.matcher(file.getFileName().toString()).matches())
                    .sorted(Comparator.comparing((Path file) -> number(file)).reversed())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the folder " + folder + ": " + e, e);
        }
    }

    private static long number(Path file) {
        return Long.parseLong(file.getFileName().toString().replaceAll("^\\D*(\\d+).*", "$1"));
    }

    private static void delete(List<Path> files) {
        for (var file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot delete " + file + ": " + e, e);
            }
        }
    }
}
