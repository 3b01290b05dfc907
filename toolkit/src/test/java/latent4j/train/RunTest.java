package latent4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import latent4j.data.Dataset;
import latent4j.data.Datasets;
import latent4j.data.Samples;
import latent4j.loss.Likelihood;
import latent4j.model.Model;
import latent4j.model.Schedule;
import latent4j.model.VariationalAutoencoder;
import latent4j.model.gan.Gan;
import latent4j.model.vae.BetaVae;
import latent4j.model.vae.Vae;
import latent4j.nn.Adam;
import latent4j.nn.GradientClip;
import latent4j.nn.Net;
import latent4j.nn.Sgd;
import latent4j.tensor.Seed;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {

    private static Dataset digits;

    @TempDir
    Path folder;

    @BeforeAll
    static void data() {
        digits = Datasets.digits(200, 40);
    }

    private static Trainer trainer() {
        return Trainer.epochs(2)
                .batch(20)
                .seed(5)
                .optimizer("decoder", Adam.of(2e-3))
                .watchedBy();
    }

    private static BetaVae vae(double beta) {
        return BetaVae.of(Vae.small(digits.shape()), beta);
    }

    private Path saved(Run run) {
        var file = folder.resolve("run.json");
        run.save(file);
        return file;
    }

    /** A file with some of its text replaced, which must be there. */
    private Path edited(Path file, String pattern, String replacement) throws IOException {
        var text = Files.readString(file);
        var other = text.replaceFirst(pattern, replacement);
        assertFalse(text.equals(other), "nothing matches " + pattern);
        var written = folder.resolve("edited.json");
        Files.writeString(written, other);
        return written;
    }

    private record Output(int status, String text) {}

    private static Output rerun(Path file, int seeds) {
        var bytes = new ByteArrayOutputStream();
        int status = quietly(() -> new Rerun(new PrintStream(bytes, true, StandardCharsets.UTF_8)).rerun(file, seeds));
        return new Output(status, bytes.toString(StandardCharsets.UTF_8));
    }

    /** Without log lines. */
    private static <T> T quietly(Supplier<T> training) {
        Watchers.install(() -> new Watcher() {});
        try {
            return training.get();
        } finally {
            Watchers.install(LogLines::new);
        }
    }

    @Test
    void aFileHoldsEverythingButTheWeights() throws IOException {
        var run = trainer().fit(vae(4), digits);
        var file = saved(run);
        var back = Run.load(file);
        assertEquals(0, back.diff(run).rowCount(), () -> back.diff(run).toString());
        assertEquals(run.provenance(), back.provenance());
        assertEquals(run.optimizers(), back.optimizers());
        assertEquals(run.state(), back.state());
        assertEquals(20, back.steps());
        assertEquals(run.seconds(), back.seconds());
        var series = run.history().series();
        assertEquals(series.size(), back.history().series().size());
        for (int i = 0; i < series.size(); i++) {
            var expected = series.get(i);
            var found = back.history().series().get(i);
            assertEquals(
                    expected.name() + expected.unit() + expected.validation(),
                    found.name() + found.unit() + found.validation());
            assertArrayEquals(expected.epochs(), found.epochs());
            assertArrayEquals(expected.values(), found.values());
        }
        assertTrue(assertThrows(IllegalStateException.class, back::model)
                .getMessage()
                .contains("repeat"));
        var text = Files.readString(file);
        for (var line : List.of(
                "\"type\": \"latent4j.model.vae.BetaVae\"",
                "{\"type\": \"Linear\", \"units\": 16, \"bias\": true}",
                "\"beta\": 4.0",
                "\"batch\": 20",
                "\"seed\": 5",
                "\"origin\": {\"method\": \"digits\", \"arguments\": [\"200\", \"40\", \"0\"]}",
                "\"engine\": \"PyTorch\"",
                "\"state\": \"FINISHED\"")) {
            assertTrue(text.contains(line), line + " in\n" + text);
        }
        assertTrue(text.lines().allMatch(line -> line.length() <= 140), "lines must be short");
    }

    @Tag("engines")
    @Test
    void anUntouchedRunIsRepeatedToTheBit() {
        for (Model model : List.of(vae(4), Gan.small(digits.shape()), Gan.convolutional(digits.shape(), 4, 4))) {
            var trainer = Trainer.epochs(1).batch(20).seed(3).watchedBy();
            var output = rerun(saved(trainer.fit(model, digits)), 1);
            assertEquals(0, output.status, output.text);
            assertTrue(output.text.contains("identical: "), output.text);
        }
    }

    @Test
    void everySettingIsInTheFile() {
        var trainer = Trainer.epochs(2)
                .batch(20)
                .seed(Long.MIN_VALUE)
                .schedule(Schedule.cosine().warmUp(0.5))
                .clip(GradientClip.byNorm(2))
                .average("generator", 0.99)
                .optimizer("discriminator", Sgd.of(1e-3).momentum(0.5))
                .validateOn(7)
                .watchedBy();
        var run = trainer.fit(Gan.convolutional(digits.shape(), 4, 4), digits);
        var file = saved(run);
        assertEquals(trainer, Run.load(file).trainer().watchedBy());
        var output = rerun(file, 1);
        assertTrue(output.status == 0 && output.text.contains("identical: "), output.text);
    }

    @Test
    void anInterruptedRunIsRepeatedUntilThere() {
        var stop = new Watcher() {
            @Override
            public void stepped(Progress progress) {
                if (progress.step() == 13) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        var run = trainer().watchedBy(stop).fit(vae(4), digits);
        assertEquals(13, run.steps());
        var output = rerun(saved(run), 1);
        assertTrue(output.status == 0 && output.text.contains("after 13 steps"), output.text);
    }

    @Test
    void theFirstDifferenceIsShown() throws IOException {
        var run = trainer().fit(vae(4), digits);
        var file = saved(run);
        var kl = run.history().training("KL").values();
        var other = edited(file, "(?s)(\"name\": \"KL\".*?\"values\": .*?)" + kl[12], "$17.25");
        var output = rerun(other, 1);
        assertEquals(1, output.status);
        assertTrue(
                output.text.contains("first difference: KL on training data, step 12 (epoch 1.20): 7.25 in the file, "
                        + kl[12] + " here"),
                output.text);
        assertTrue(output.text.contains("NOT identical"), output.text);

        var weights = rerun(edited(file, "\"weights\": \"....", "\"weights\": \"0000"), 1);
        assertEquals(1, weights.status);
        assertTrue(weights.text.contains("first difference: weights at the end: 0000"), weights.text);
    }

    /** Where the bits are not promised, the file's levels must lie within the widened range of several seeds. */
    @Test
    void elsewhereTheSpreadOfSeedsDecides() throws IOException {
        var run = Trainer.epochs(2).batch(20).seed(5).watchedBy().fit(Vae.small(digits.shape()), digits);
        var elsewhere = edited(saved(run), "\"cpu\": \"[^\"]*\"", "\"cpu\": \"another\"");
        var same = rerun(elsewhere, 2);
        assertTrue(same.status == 0 && same.text.contains("identical: "), same.text);

        var another = Run.load(elsewhere);
        var otherSeed = Trainer.epochs(2).batch(20).seed(77).watchedBy().fit(Vae.small(digits.shape()), digits);
        var good = new Run(
                another.trained(),
                another.provenance(),
                another.state(),
                another.steps(),
                another.seconds(),
                otherSeed.weights(),
                otherSeed.history());
        var agreeing = rerun(saved(good), 3);
        assertTrue(
                agreeing.text.contains("machine.cpu: another in the file")
                        && agreeing.text.contains("range of 4 seeds")
                        && agreeing.text.contains("first difference: "),
                agreeing.text);
        assertEquals(0, agreeing.status, agreeing.text);
        assertTrue(agreeing.text.endsWith("agrees within the spread of the seeds\n"), agreeing.text);

        var worse = new ArrayList<History.Series>();
        for (var s : otherSeed.history().series()) {
            var values = s.values().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] *= s.validation() && s.name().equals(VariationalAutoencoder.NEGATIVE_ELBO) ? 1.1 : 1;
            }
            worse.add(new History.Series(s.name(), s.unit(), s.validation(), s.epochs(), values));
        }
        var bad = new Run(
                another.trained(),
                another.provenance(),
                another.state(),
                another.steps(),
                another.seconds(),
                otherSeed.weights(),
                History.of(worse));
        var disagreeing = rerun(saved(bad), 3);
        assertEquals(1, disagreeing.status);
        assertEquals(
                1,
                disagreeing
                        .text
                        .lines()
                        .filter(line -> line.endsWith("DOES NOT AGREE"))
                        .count(),
                disagreeing.text);
        assertTrue(disagreeing.text.contains("negative ELBO on held-out data"), disagreeing.text);
    }

    /** A model as a notebook's cell would hold it: not a class that a file can name. */
    private record Cell(Net encoder, Net decoder, Likelihood likelihood, UnaryOperator<String> function)
            implements VariationalAutoencoder {

        static Cell of(Vae vae) {
            return new Cell(vae.encoder(), vae.decoder(), vae.likelihood(), name -> name);
        }
    }

    @Test
    void aModelFromACellIsRefusedWithTheWayOut() {
        var run = trainer().fit(Cell.of(Vae.small(digits.shape())), digits);
        var file = saved(run);
        var error = assertThrows(IllegalArgumentException.class, () -> rerun(file, 1));
        assertTrue(error.getMessage().contains(file.toString()), error.getMessage());
        assertTrue(error.getMessage().contains("the model Cell cannot be made"), error.getMessage());
        assertTrue(
                error.getMessage().contains("Run.load(Path.of(\"" + file + "\")).repeat(model, data)"),
                error.getMessage());
        var again = quietly(() -> Run.load(file).repeat(Cell.of(Vae.small(digits.shape())), digits));
        assertEquals(run.weights(), again.weights());
        assertTrue(Differences.first(run, again).isEmpty());
    }

    @Test
    void yourOwnRecordsAreRefusedWithTheWayOut() {
        var records = Samples.of(digits.shape(), digits.train().toArray());
        var run = trainer().fit(vae(4), records);
        var file = saved(run);
        var error = assertThrows(IllegalArgumentException.class, () -> rerun(file, 1));
        assertTrue(
                error.getMessage().contains("data 'samples' cannot be made again")
                        && error.getMessage().contains(".repeat(model, data)"),
                error.getMessage());
        assertEquals(
                run.weights(),
                quietly(() -> Run.load(file).repeat(vae(4), records)).weights());
    }

    @Test
    void anotherModelOrOtherDataAreNoRepetition() {
        var run = trainer().fit(vae(4), digits);
        var model = vae(2);
        var untouched = model.encoder().values();
        var error = assertThrows(IllegalArgumentException.class, () -> run.repeat(model, Dataset.of(digits.train())));
        assertTrue(error.getMessage().contains("model.beta was 4.0, is 2.0"), error.getMessage());
        assertTrue(error.getMessage().contains("data.hash was " + digits.hash() + ", is "), error.getMessage());
        assertArrayEquals(untouched.get(0), model.encoder().values().get(0));

        var continued = trainer().fromItsWeights().fit(vae(4), digits);
        var same = vae(4);
        assertEquals(
                continued.weights(),
                quietly(() -> continued.repeat(same, digits)).weights());
        var moved = assertThrows(IllegalArgumentException.class, () -> continued.repeat(same, digits));
        assertTrue(moved.getMessage().contains("startWeights was"), moved.getMessage());
        var file = saved(continued);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> rerun(file, 1))
                .getMessage()
                .contains("went on from weights"));
    }

    @Test
    void aDiffNamesEverySettingAndFigure() {
        var here = trainer().fit(vae(4), digits);
        var there = trainer().seed(6).batch(25).fit(vae(2), digits);
        var table = here.diff(there);
        var rows = new ArrayList<String>();
        for (var row : table) {
            rows.add(row.getString("name") + " " + row.getString("this") + " " + row.getString("other"));
        }
        for (var row : List.of("model.beta 4.0 2.0", "trainer.batch 20 25", "trainer.seed 5 6", "steps 20 16")) {
            assertTrue(rows.contains(row), row + " in " + rows);
        }
        for (var name : List.of(
                "seconds ",
                "weights ",
                "startWeights ",
                "KL on training data, step 0 (epoch 0.00) ",
                "KL on training data, last value ",
                "negative ELBO on held-out data, after epoch 1 ")) {
            assertEquals(1, rows.stream().filter(row -> row.startsWith(name)).count(), name + " in " + rows);
        }
        assertTrue(
                rows.stream().noneMatch(row -> row.startsWith("data.") || row.startsWith("machine.")), rows.toString());
        assertEquals(0, here.diff(here).rowCount());
    }

    @Test
    void badFilesAreNamed() throws IOException {
        var file = saved(trainer().fit(vae(4), digits));
        var text = Files.readString(file);
        var bad = folder.resolve("bad.json");
        refused(bad, "", "describes no run");
        refused(bad, "{}", "describes no run");
        refused(bad, "[1]", "cannot read the run");
        refused(bad, "no JSON at all", "cannot read the run");
        refused(bad, text.substring(0, text.length() / 2), "damaged");
        refused(bad, text.replace("run format\": 1", "run format\": 2"), "use a newer version of the toolkit");
        refused(bad, text.replace("\"Adam\"", "\"Lion\""), "unknown Optimizer 'Lion'");
        refused(bad, text.replace("\"batch\": 20", "\"batch\": 0"), "batch must be >= 1, got 0");
        refused(bad, text.replace("\"batch\": 20,", ""), "a value of type int is missing");
        refused(bad, text.replace("\"batch\": 20", "\"batch\": 20, \"lookahead\": 5"), "Trainer has no 'lookahead'");
        var gone = assertThrows(IllegalArgumentException.class, () -> Run.load(folder.resolve("gone.json")));
        assertTrue(gone.getMessage().contains("gone.json"));

        Files.writeString(bad, text.replace("vae.BetaVae", "vae.GammaVae"));
        var unknown = assertThrows(IllegalArgumentException.class, () -> rerun(bad, 1));
        assertTrue(
                unknown.getMessage().contains(bad.toString())
                        && unknown.getMessage().contains("vae.GammaVae"),
                unknown.getMessage());
        Files.writeString(bad, text.replace("[\"200\", \"40\", \"0\"]", "[\"200\", \"40\", \"1\"]"));
        var data = assertThrows(IllegalArgumentException.class, () -> rerun(bad, 1));
        assertTrue(data.getMessage().contains(", expected " + digits.hash()), data.getMessage());
    }

    private static void refused(Path file, String text, String said) throws IOException {
        Files.writeString(file, text);
        var error = assertThrows(IllegalArgumentException.class, () -> Run.load(file));
        assertTrue(
                error.getMessage().contains(file.toString())
                        && error.getMessage().contains(said),
                error.getMessage());
    }

    @Test
    void valuesThatAreNotFiniteComeBack() {
        var history = new History();
        history.add("ratio", "", true, 1, Double.NaN);
        history.add("ratio", "", true, 2, Double.NEGATIVE_INFINITY);
        history.add("ratio", "", true, 3, Math.nextUp(0.1));
        var run =
                trainer().fit(Vae.small(new Shape(1, 2, 2)), Samples.of(new Shape(1, 2, 2), new Seed(1).uniform(400)));
        var file = saved(new Run(
                run.trained(), run.provenance(), run.state(), run.steps(), run.seconds(), run.weights(), history));
        assertArrayEquals(
                history.validation("ratio").values(),
                Run.load(file).history().validation("ratio").values());
    }

    @Test
    void aProcessorIsKnownByMoreThanItsName() {
        assertEquals(
                "AMD EPYC (family 25, model 17, stepping 1, AVX2)",
                Machine.linux("processor\t: 0\ncpu family\t: 25\nmodel\t\t: 17\nmodel name\t: AMD EPYC\n"
                        + "stepping\t: 1\nflags\t\t: fpu avx avx2 fsrm\n\nprocessor : 1\nmodel name : other\n"));
        assertEquals(
                "implementer 0x41, part 0xd0c, revision 1",
                Machine.linux("CPU implementer\t: 0x41\nCPU part\t: 0xd0c\nCPU revision\t: 1\n"));
    }
}
