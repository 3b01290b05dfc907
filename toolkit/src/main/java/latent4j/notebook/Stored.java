package latent4j.notebook;

import ai.djl.ndarray.types.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import latent4j.data.Samples;
import latent4j.plot.Tables;
import latent4j.tensor.WholeFile;
import latent4j.train.Run;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;

/**
 * What a notebook keeps of its heavy cells, so that a reader need not wait for them:
 *
 * <pre>{@code
 * boolean recompute = false;                       // true: every stored result of this notebook is made anew
 * var kept = stored("notebook-3", recompute);
 * var run = kept.run("wgan", () -> Trainer.epochs(200).fit(wgan, digits));
 * var ladder = kept.table("ladder", () -> ladder(digits));
 * var drawn = kept.samples("drawn", digits.shape(), () -> wgan.draw(12, 1));
 * }</pre>
 *
 * <p>What is in the folder is loaded; what is not there is computed and, unless this is a smoke run, kept.
 */
public final class Stored {

    private final Path folder;
    private final boolean recompute;
    private final boolean smoke;

    Stored(Path folder, boolean recompute, boolean smoke) {
        this.folder = folder;
        this.recompute = recompute;
        this.smoke = smoke;
    }

    /** The folder {@code data/results} of the project around a place; below that place where there is no project. */
    static Path results(Path place) {
        for (var above = place.toAbsolutePath().normalize(); above != null; above = above.getParent()) {
            if (Files.isDirectory(above.resolve("data").resolve("results"))) {
                return above.resolve("data").resolve("results");
            }
        }
        return place.resolve("data").resolve("results");
    }

    /** The run of this name: from its file, without weights, or trained now. */
    public Run run(String name, Supplier<Run> training) {
        var file = folder.resolve("runs").resolve(name + ".json");
        if (isThere(file)) {
            return Run.load(file);
        }
        return keep(name, training.get());
    }

    /** A run that stands behind a row of a stored table, kept beside the table. */
    public Run keep(String name, Run run) {
        if (!smoke) {
            run.save(folder.resolve("runs").resolve(name + ".json"));
        }
        return run;
    }

    /** The records of this name, of this shape and rounded to three decimals: from their file, or made now. */
    public Samples samples(String name, Shape shape, Supplier<Samples> made) {
        var file = folder.resolve(name + ".csv");
        if (isThere(file)) {
            return Samples.of(shape, values(Tables.csv(file)));
        }
        var samples = made.get();
        var values = samples.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.round(values[i] * 1000) / 1000f;
        }
        var rounded = Samples.of(shape, values);
        if (!smoke) {
            rounded.saveCsv(file);
        }
        return rounded;
    }

    private static float[] values(Table table) {
        int d = table.columnCount();
        var values = new float[table.rowCount() * d];
        for (int k = 0; k < d; k++) {
            var column = (NumericColumn<?>) table.column(k);
            for (int i = 0; i < table.rowCount(); i++) {
                values[i * d + k] = (float) column.getDouble(i);
            }
        }
        return values;
    }

    /** The table of this name: from its file, or made now. */
    public Table table(String name, Supplier<Table> made) {
        var file = folder.resolve(name + ".csv");
        if (isThere(file)) {
            return Tables.csv(file).setName(name);
        }
        var table = made.get();
        if (!smoke) {
            WholeFile.write(file, stream -> table.write().csv(stream));
        }
        return table.setName(name);
    }

    private boolean isThere(Path file) {
        return !recompute && Files.exists(file);
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
