package latent4j.reproduce;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import latent4j.plot.Tables;
import latent4j.tensor.WholeFile;
import latent4j.train.Run;
import tech.tablesaw.api.Table;

/** Where a result is kept. Each file is written whole or not at all; what is there already is kept. */
record Results(Path folder) {

    /** Epochs: histories in the repository are means over so many at a time. */
    private static final double MEANS_OVER = 0.1;

    /** The run of this name, from its file, or trained now and kept in it. */
    Run run(String name, Supplier<Run> training) {
        var file = folder.resolve("runs").resolve(name + ".json");
        if (!Files.exists(file)) {
            keep(name, training.get());
        }
        return Run.load(file);
    }

    /** A folder for the checkpoints of a training, needed only until its run is kept; it is not committed. */
    Path checkpoints(String name) {
        return folder.resolve("checkpoints").resolve(name);
    }

    /** A table that was kept, where it was. */
    Optional<Table> table(String name) {
        var file = folder.resolve(name + ".csv");
        return Files.exists(file) ? Optional.of(Tables.csv(file)) : Optional.empty();
    }

    /** Keeps a run, in the place of an earlier one of its name. */
    void keep(String name, Run run) {
        run.thinned(MEANS_OVER).save(folder.resolve("runs").resolve(name + ".json"));
    }

    /** Keeps a table as comma-separated values. */
    void table(String name, Table table) {
        WholeFile.write(folder.resolve(name + ".csv"), stream -> table.write().csv(stream));
    }

    /** Keeps a page of text. */
    void text(String name, String text) {
        WholeFile.write(
                folder.resolve(name), stream -> stream.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
}
