package latent4j.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import latent4j.model.Models;
import latent4j.tensor.WholeFile;

/**
 * Where the results of studies are: {@code runs/NAME.zip} for each run that is done ({@link StudyResult}), {@code checkpoints/NAME}
 * while it is going on, and {@code study.json}. Several processes may work in it at once, and several studies may share it: a run's
 * name says all that decides its result.
 *
 * @param path the folder, which need not exist
 */
public record StudyFolder(Path path) {

    private static final String RESULT = ".zip";

    /** The runs of a study that are not done, in its order. */
    public List<StudyRun> missing(Study study) {
        return study.runs().stream().filter(run -> !has(run)).toList();
    }

    /** Whether a run is done. */
    public boolean has(StudyRun run) {
        return Files.isRegularFile(file(run));
    }

    /**
     * Keeps a run's result, whole or not at all. The first one wins: where there is one already, nothing changes.
     *
     * @param result what {@link StudyRun#execute} returned
     * @return whether this was the first
     * @throws IllegalArgumentException if the bytes are not this run's result
     * @throws UncheckedIOException if it cannot be written
     */
    public boolean keep(StudyRun run, byte[] result) {
        var of = StudyResult.read(result).run().name();
        if (!of.equals(run.name())) {
            throw new IllegalArgumentException("expected the result of " + run.name() + ", got that of " + of);
        }
        var file = file(run);
        // not beside the result: what a killed process leaves there goes with the checkpoints
        var temporary = checkpoints(run).resolve("result-" + UUID.randomUUID());
        try {
            WholeFile.write(temporary, stream -> stream.write(result));
            Files.createDirectories(file.getParent());
            boolean first = moved(temporary, file);
            Folders.delete(checkpoints(run));
            return first;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep " + file + ": " + e, e);
        } finally {
            deleteQuietly(temporary);
        }
    }

    private static boolean moved(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from); // unlike a move, it never replaces what another process has put there
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (UnsupportedOperationException | IOException e) { // a file system without links
            if (Files.exists(to)) {
                return false;
            }
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            return true;
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // a left-over temporary file harms nobody
        }
    }

    /** The results of a study's runs that are done, in its order. */
    public List<StudyResult> results(Study study) {
        return study.runs().stream().map(this::result).flatMap(Optional::stream).toList();
    }

    /** The result of a run, where it is done. One that cannot be read is set aside, told, and counts as missing. */
    Optional<StudyResult> result(StudyRun run) {
        return result(run, file(run));
    }

    Optional<StudyResult> result(StudyRun run, Path file) {
        return bytes(file).flatMap(bytes -> {
            try {
                var read = StudyResult.read(bytes);
                // this study's words for it, which may be others than those of the study that made it
                return Optional.of(new StudyResult(run, read.state(), read.reason(), read.outcome(), read.seconds()));
            } catch (IllegalArgumentException e) {
                setAside(file, e);
                return Optional.empty();
            }
        });
    }

    private static Optional<byte[]> bytes(Path file) {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e, e);
        }
    }

    private static void setAside(Path file, IllegalArgumentException why) {
        var damaged = file.resolveSibling(file.getFileName() + ".damaged");
        System.err.println(file + " cannot be read (" + why.getMessage() + "): it is now " + damaged.getFileName()
                + ", and the run counts as missing");
        try {
            Files.move(file, damaged, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot rename " + file + ": " + e, e);
        }
    }

    /** The trained model of a run; nothing where it is not done or failed. */
    public Optional<latent4j.model.Model> model(StudyRun run) {
        return bytes(file(run)).flatMap(StudyResult::model).map(bytes -> {
            var file = path.resolve("." + UUID.randomUUID() + ".model");
            try {
                WholeFile.write(file, stream -> stream.write(bytes));
                return Models.load(file);
            } finally {
                deleteQuietly(file);
            }
        });
    }

    /** Measures with a study's metrics the finished runs that were kept without some of them; nothing is trained. */
    void measure(Study study) {
        for (var run : study.runs()) {
            var bytes = bytes(file(run));
            var result = bytes.isEmpty() ? Optional.<StudyResult>empty() : result(run);
            if (result.isEmpty() || result.get().state() != StudyResult.State.FINISHED) {
                continue;
            }
            var outcome = result.get().outcome().orElseThrow();
            if (run.metrics().stream().allMatch(m -> outcome.measures().containsKey(m.name()))) {
                continue;
            }
            var model = model(run).orElse(null);
            if (model == null) { // it was kept without, and has to be trained once more
                deleteQuietly(file(run));
                continue;
            }
            var more = new Trial(run.setting(), model, run.dataset(), run.metrics(), false)
                    .measured(outcome.run(), outcome.measures(), outcome.diagnosis());
            var changed = StudyResult.withOutcome(bytes.get(), result.get(), more);
            WholeFile.write(file(run), stream -> stream.write(changed));
        }
    }

    /** What the folder holds of a study. */
    Studied read(Study study) {
        return new Studied(study, results(study), "");
    }

    /** Where a run keeps its checkpoints; deleted when its result is kept. */
    public Path checkpoints(StudyRun run) {
        return checkpoints(run.name());
    }

    Path checkpoints(String name) {
        return path.resolve("checkpoints").resolve(name);
    }

    /** Where a run's result is kept. */
    public Path file(StudyRun run) {
        return file(run.name());
    }

    Path file(String name) {
        return path.resolve("runs").resolve(name + RESULT);
    }

    /** Tries to get the lock of a run: who has it works on the run. */
    public FolderLock lock(StudyRun run) {
        return FolderLock.of(lock(run.name()));
    }

    /** The lock of a run: who has it works on the run. */
    Path lock(String name) {
        return path.resolve("locks").resolve(name);
    }

    /** Deletes what is only of use while runs are missing. */
    void tidy() {
        for (var name : List.of("locks", "checkpoints")) {
            Folders.delete(path.resolve(name));
        }
    }

    /** Writes the study into the folder, for those who work on it: {@code study.json}. */
    Path write(Study study) {
        var file = path.resolve("study.json");
        var text = study.toJson();
        WholeFile.write(file, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
        return file;
    }
}
