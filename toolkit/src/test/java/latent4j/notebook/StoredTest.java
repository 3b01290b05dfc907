package latent4j.notebook;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import ai.djl.ndarray.types.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicInteger;
import latent4j.data.Datasets;
import latent4j.data.Samples;
import latent4j.model.vae.Vae;
import latent4j.train.Run;
import latent4j.train.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class StoredTest {

    @TempDir
    Path folder;

    private final AtomicInteger made = new AtomicInteger();

    private double value(Stored stored) {
        return stored.table("ladder", () -> Table.create(DoubleColumn.create("nats", 99.5 + made.getAndIncrement())))
                .doubleColumn("nats")
                .get(0);
    }

    @Test
    void whatIsThereIsLoadedAndOneSwitchMakesItAnew() {
        assertEquals(99.5, value(new Stored(folder, false, false)));
        assertEquals(99.5, value(new Stored(folder, false, false)), "from the file");
        assertEquals(100.5, value(new Stored(folder, true, false)), "made anew");
        assertEquals(100.5, value(new Stored(folder, false, false)), "and kept");
    }

    @Test
    void aSmokeRunKeepsNothingAndLoadsWhatIsThere() {
        assertEquals(99.5, value(new Stored(folder, false, true)));
        assertFalse(Files.exists(folder.resolve("ladder.csv")));
        assertEquals(100.5, value(new Stored(folder, false, false)));
        assertEquals(100.5, value(new Stored(folder, false, true)));
    }

    @Test
    void theOneLetterBeyondAsciiOfALongTableComesBack() {
        var stored = new Stored(folder, false, false);
        var made = Table.create(
                StringColumn.create("by", Collections.nCopies(21, "VAE, searched")),
                StringColumn.create("Fréchet distance", Collections.nCopies(21, "20.4 (18.1 to 21.9)")));
        stored.table("repairs", () -> made);
        var loaded = stored.table("repairs", () -> {
            throw new AssertionError("made again");
        });
        assertEquals(made.columnNames(), loaded.columnNames());
    }

    @Test
    void aRunComesBackWithItsHistory() {
        var digits = Datasets.digits(40, 20);
        var trainer = Trainer.epochs(1).batch(20).watchedBy();
        var stored = new Stored(folder, false, false);
        var run = stored.run("vae", () -> trainer.fit(Vae.small(digits.shape()), digits));
        var loaded = stored.run("vae", () -> {
            throw new AssertionError("trained again");
        });
        assertEquals(
                run.history().training("negative ELBO").last(),
                loaded.history().training("negative ELBO").last());
    }

    @Test
    void aRunBehindATableIsKeptThoughItsModelIsStillNeeded() {
        var digits = Datasets.digits(40, 20);
        var run = Trainer.epochs(1).batch(20).watchedBy().fit(Vae.small(digits.shape()), digits);
        var file = folder.resolve("runs").resolve("row-1.json");
        new Stored(folder, false, true).keep("row-1", run);
        assertFalse(Files.exists(file), "of a smoke run nothing is kept");
        assertSame(run, new Stored(folder, false, false).keep("row-1", run));
        assertEquals(run.steps(), Run.load(file).steps());
    }

    @Test
    void samplesComeBackToThreeDecimalsWhetherMadeOrLoaded() {
        var shape = new Shape(1, 2, 2);
        var drawn = Samples.of(shape, new float[] {0, 1, 0.12345f, 0.9999f, -2.5f, 1e-9f, 100.0006f, 7});
        var expected = new float[] {0, 1, 0.123f, 1, -2.5f, 0, 100.001f, 7};
        assertArrayEquals(
                expected,
                new Stored(folder, false, true)
                        .samples("drawn", shape, () -> drawn)
                        .toArray());
        assertFalse(Files.exists(folder.resolve("drawn.csv")));
        assertArrayEquals(
                expected,
                new Stored(folder, false, false)
                        .samples("drawn", shape, () -> drawn)
                        .toArray());
        var loaded = new Stored(folder, false, false).samples("drawn", shape, () -> {
            throw new AssertionError("drawn again");
        });
        assertArrayEquals(expected, loaded.toArray());
        assertEquals(shape, loaded.shape());
    }

    @Test
    void theFolderIsTheProjects() throws Exception {
        var results = Files.createDirectories(folder.resolve("data").resolve("results"));
        var notebooks = Files.createDirectories(folder.resolve("notebooks"));
        assertEquals(results.toRealPath(), Stored.results(notebooks).toRealPath());
    }
}
