package latent4j.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import latent4j.data.Dataset;
import latent4j.data.Datasets;
import latent4j.metric.Likelihoods;
import latent4j.metric.Measure;
import latent4j.metric.Measure.Better;
import latent4j.metric.Metric;
import latent4j.metric.Probe;
import latent4j.model.Model;
import latent4j.model.vae.BetaVae;
import latent4j.model.vae.Vae;
import latent4j.nn.Adam;
import latent4j.study.SmallStudies.Known;
import latent4j.train.Progress;
import latent4j.train.Trainer;
import latent4j.train.Watcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyTest extends WithOnlooker {

    private static final Known KNOWN = SmallStudies.KNOWN;

    private static Study study() {
        return SmallStudies.study();
    }

    private static List<String> fingerprints(Studied studied) {
        return studied.results().stream().map(StudyResult::fingerprint).toList();
    }

    // ------------------------------------------------------------ values

    @Test
    void aStudyIsValuesThatTravelAsText() {
        var study = Study.of(BetaVae::mlp)
                .on(Datasets.digits(40, 20))
                .vary("latent", 2, 8)
                .vary("beta", List.of(0.5, 4))
                .vary("learningRate", 1e-3, 1e-2)
                .trainer(Trainer.epochs(3).batch(10).seed(7).optimizer(Adam.of(1e-4)))
                .seeds(3)
                .measuring(new Likelihoods(10, 2))
                .measuring(Call.of(Probe.class, "metric"))
                .threads(2);
        var back = Study.fromJson(study.toJson());
        assertEquals(study, back);
        assertEquals(study.toJson(), back.toJson());
        var runs = study.runs();
        assertEquals(2 * 2 * 2 * 3, runs.size());
        assertEquals(runs, back.runs());
        assertEquals(
                runs.size(),
                runs.stream().map(StudyRun::name).collect(Collectors.toSet()).size());
        assertEquals("latent 2, beta 0.5, learningRate 0.001", runs.get(0).setting());
        assertEquals(7, runs.get(0).seed());
        for (var run : runs) {
            var copy = StudyRun.fromJson(run.toJson());
            assertEquals(run, copy);
            assertEquals(run.name(), copy.name());
            assertTrue(run.name().matches("[A-Za-z0-9._-]+"), run.name());
        }
    }

    /** A run's name says what decides its weights, and nothing else. */
    @Test
    void namesFollowFromWhatDecidesTheResult() {
        var run = study().runs().get(0);
        var same = study().measuring(new Known("other", Better.HIGHER)).seeds(9).vary("beta", 1);
        assertEquals(run.name(), same.runs().get(0).name());
        for (Function<Study, Study> change : List.<Function<Study, Study>>of(
                s -> s.trainer(Trainer.epochs(3).batch(20).validateOn(0)),
                s -> s.with("whim", "other"),
                s -> s.on(Datasets.ring(4, 1, 0.1, 70, 0)),
                s -> s.threads(2),
                s -> s.vary("learningRate", 1e-4))) {
            assertNotEquals(run.name(), change.apply(study()).runs().get(0).name());
        }
    }

    @Test
    void severalModelsTakeWhatTheyKnow() {
        var study = study().and(Call.of(Vae.class, "small"));
        assertEquals(
                List.of("SmallStudies, beta 1", "SmallStudies, beta 2", "SmallStudies, beta 0.5", "Vae"),
                study.seeds(1).runs().stream().map(StudyRun::setting).toList());
    }

    @Test
    void whatCannotTravelIsRefusedAtOnceWithTheWayOut() {
        record OfACell(double x) implements Metric {
            @Override
            public List<Measure> measure(Model model, Dataset data, long seed) {
                return List.of();
            }
        }
        double captured = Math.random();
        refused(
                "public static method",
                () -> Study.of((Shape shape, Double beta) -> BetaVae.of(Vae.small(shape), beta + captured)));
        refused("put the class into a jar", () -> study().measuring(new OfACell(1)));
        refused("is no record", () -> study().measuring(Probe.metric()));
        refused("cannot be made again in another process", () -> study().on(
                        Dataset.of(Datasets.ring().train().head(4))));
        refused("nothing here is called 'gamma', but beta, whim, epochs", () -> study().vary("gamma", 1));
        refused("SmallStudies.vae: beta must be a number, got \"much\"", () -> study().vary("beta", "much"));
        refused("has a value twice", () -> study().vary("beta", 1, 1.0));
        refused("has no public static method 'mlq'", () -> Study.of(BetaVae.class, "mlq"));
        refused("is called with beta, but takes", () -> Study.of(SmallStudies.class, "vae")
                .on(Datasets.ring())
                .vary("beta", 1)
                .runs());
        refused("a study needs data", () -> Study.of(Vae::small).runs());
    }

    private static void refused(String message, Runnable doing) {
        var error = assertThrows(IllegalArgumentException.class, doing::run);
        assertTrue(error.getMessage().contains(message), error.getMessage());
    }

    /** Each line: what is changed in a good file, and what the refusal says. */
    @Test
    void aMalformedFileIsRefusedNamingTheFieldAndWhatWasFound(@TempDir Path folder) {
        var good = Study.of(BetaVae::mlp)
                .on(Datasets.digits(40, 20))
                .vary("latent", 2)
                .vary("beta", 4)
                .trainer(Trainer.epochs(3).optimizer(Adam.of(1e-4)))
                .measuring(new Likelihoods(10, 2))
                .toJson();
        var changes = List.of(
                List.of("BetaVae.mlp", "BetaVa.mlp", "models[0]: there is no class latent4j.model.vae.BetaVa"),
                List.of(
                        "BetaVae.mlp",
                        "BetaVae.mlq",
                        "models[0]: latent4j.model.vae.BetaVae has no public static method 'mlq'"),
                List.of("\"latent4j.model.vae.BetaVae.mlp\"", "7", "models[0].call must be a text, got 7"),
                List.of("\"test\": 20", "\"tests\": 20", "takes no 'tests'"),
                List.of("\"latent\": [2]", "\"latent\": 2", "vary.latent must be a list […], got 2"),
                List.of("\"latent\": [2]", "\"latent\": [2.5]", "latent must be a whole number, got 2.5"),
                List.of("\"latent\": [2]", "\"laten\": [2]", "vary: nothing here is called 'laten'"),
                List.of("\"latent\": [2]", "\"latent\": {\"log\": [2, 8]}", "vary.latent.log is not known here"),
                List.of(
                        "\"latent\": [2]",
                        "\"latent\": {\"uniform\": [2]}",
                        "vary.latent must be a list […], or a range"),
                List.of(
                        "\"latent\": [2]",
                        "\"latent\": {\"uniform\": [8, 2]}",
                        "a range goes from a number to a higher one"),
                List.of("\"latent\": [2]", "\"latent\": {\"logUniform\": [0, 2]}", "begins above 0, got 0"),
                List.of(
                        "\"latent\": [2]",
                        "\"latent\": {\"uniform\": [2, 8.5]}",
                        "latent must be a whole number, got 8.5"),
                List.of("\"latent\": [2]", "\"latent\": {\"uniform\": [2, 8]}", "\"random\": {\"n\": 20, \"seed\": 1}"),
                List.of("\"vary\": {", "\"random\": {\"n\": 0}, \"vary\": {", "random.n must be >= 1, got 0"),
                List.of("\"latent\": [2], ", "", "takes (int latent, double beta)"),
                List.of(
                        "\"epochs\": 3",
                        "\"epochs\": \"three\"",
                        "trainer.epochs must be a whole number, got \"three\""),
                List.of("\"epochs\": 3", "\"epochs\": 0", "trainer: Trainer: epochs must be >= 1, got 0"),
                List.of("\"epochs\": 3", "\"epoch\": 3", "trainer.epoch is not known here"),
                List.of("\"learningRate\": 1.0E-4", "\"learningRate\": -1", "learningRate must be a finite number > 0"),
                List.of("\"type\": \"Adam\"", "\"type\": \"Adagrad\"", "unknown Optimizer 'Adagrad'"),
                List.of("\"seeds\": 5", "\"seeds\": 0", "seeds must be >= 1, got 0"),
                List.of("\"seeds\": 5", "\"seeds\": [1]", "seeds must be a whole number, got [1]"),
                List.of("metric.Likelihoods", "metric.Likelihood", "metrics[0]: unknown Metric"),
                List.of("\"records\": 10", "\"records\": 1", "metrics[0]: Likelihoods: records must be >= 2, got 1"),
                List.of("\"data\": {", "\"date\": {", "date is not known here; expected are"),
                List.of("study format\": 1", "study format\": 2", "use a newer version"),
                List.of("{\n", "[\n", "it is not JSON"));
        for (var change : changes) {
            assertTrue(good.contains(change.get(0)), change + " in " + good);
            var bad = good.replace(change.get(0), change.get(1));
            var error = assertThrows(IllegalArgumentException.class, () -> Study.fromJson(bad), bad);
            assertTrue(error.getMessage().startsWith("this is no study: "), error.getMessage());
            assertTrue(error.getMessage().contains(change.get(2)), change + ": " + error.getMessage());
        }
        assertThrows(IllegalArgumentException.class, () -> Study.fromJson(""));
        assertEquals(good, Study.fromJson(good).toJson());
    }

    // ------------------------------------------------------------ runs

    @Test
    void whatIsThereIsNotMadeAgainAndAGrownStudyMakesWhatIsNew(@TempDir Path path) throws IOException {
        var studied = study().run(path);
        assertTrue(studied.isComplete());
        var times = new ArrayList<Object>();
        var folder = new StudyFolder(path);
        for (var run : study().runs()) {
            times.add(Files.getLastModifiedTime(folder.file(run)));
        }
        var more = study().vary("beta", 1, 2, 0.5, 3);
        assertEquals(2, folder.missing(more).size());
        more.run(path);
        var again = study().run(path);
        for (var run : study().runs()) {
            assertEquals(times.remove(0), Files.getLastModifiedTime(folder.file(run)));
        }
        assertEquals(fingerprints(studied), fingerprints(again));
        // one more metric needs no training: the model in the result is measured
        var measured =
                study().measuring(KNOWN, new Known("more", Better.HIGHER)).run(path);
        assertEquals(List.of("known", "more"), measured.names());
        assertEquals(
                studied.results().get(0).outcome().get().run().weights(),
                measured.results().get(0).outcome().get().run().weights());
        assertEquals(List.of("known"), study().run(path).names());
        assertTrue(folder.model(study().runs().get(0)).isPresent());
        assertTrue(Files.readString(path.resolve("runs.csv")).contains("beta"));
        // and one that is not whole counts as missing
        var file = folder.file(study().runs().get(1));
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 1000));
        assertEquals(fingerprints(studied), fingerprints(study().run(path)));
        assertTrue(Files.exists(file.resolveSibling(file.getFileName() + ".damaged")));
    }

    @Test
    void theFirstResultWinsAndAWrongOneIsRefused(@TempDir Path path) throws IOException {
        var folder = new StudyFolder(path);
        var run = study().runs().get(0);
        var bytes = run.execute(folder.checkpoints(run));
        assertTrue(folder.keep(run, bytes));
        assertFalse(folder.keep(run, run.failed("later")));
        assertEquals(StudyResult.State.FINISHED, folder.result(run).get().state());
        var other = study().runs().get(1);
        assertThrows(IllegalArgumentException.class, () -> folder.keep(other, bytes));
        assertThrows(IllegalArgumentException.class, () -> folder.keep(other, Arrays.copyOf(bytes, 3000)));
        assertFalse(folder.has(other));
        try (var files = Files.list(path.resolve("runs"))) {
            assertEquals(1, files.count(), "no file that is not whole");
        }
    }

    /** Whenever a process is killed, among the results are only whole ones. */
    @Test
    void atNoMomentIsThereHalfAResult(@TempDir Path path) throws Exception {
        var folder = new StudyFolder(path);
        var run = study().runs().get(0);
        var bytes = run.failed("why");
        Files.createDirectories(path.resolve("runs"));
        var seen = new HashSet<String>();
        var keeping = new Thread(() -> {
            for (int i = 0; i < 200; i++) {
                folder.keep(run, bytes);
            }
        });
        keeping.start();
        while (keeping.isAlive()) {
            try (var files = Files.list(path.resolve("runs"))) {
                files.forEach(file -> seen.add(file.getFileName().toString()));
            }
        }
        assertEquals(Set.of(folder.file(run).getFileName().toString()), seen);
        assertFalse(Files.exists(folder.checkpoints(run)), "nothing is left over");
    }

    @Test
    void whatDivergesOrThrowsIsAResultAndTheRestGoesOn(@TempDir Path path) {
        var studied = Study.of(SmallStudies.class, "vae")
                .on(Call.of(SmallStudies.class, "points"))
                .with("beta", 1)
                .vary("learningRate", 1e-3, 1e30)
                .vary("whim", "none", "refused")
                .trainer(study().trainer())
                .seeds(1)
                .measuring(KNOWN)
                .only(List.of(combination(1e-3, "none"), combination(1e30, "none"), combination(1e-3, "refused")))
                .run(path);
        assertEquals(
                List.of(StudyResult.State.FINISHED, StudyResult.State.DIVERGED, StudyResult.State.FAILED),
                studied.results().stream().map(StudyResult::state).toList());
        assertTrue(
                studied.results().get(1).reason().contains("became"),
                studied.results().get(1).reason());
        assertEquals("this whim is refused", studied.results().get(2).reason());
        var text = studied.toString();
        assertTrue(text.contains("1, 1 diverged") && text.contains("1, 1 failed"), text);
        assertTrue(text.contains("failed: this whim is refused"), text);
        assertEquals(3, studied.runs().rowCount());
    }

    private static Map<String, JsonElement> combination(double rate, String whim) {
        return Map.of("learningRate", new JsonPrimitive(rate), "whim", new JsonPrimitive(whim));
    }

    @Test
    void interruptedItGoesOnAndComesToTheSame(@TempDir Path one, @TempDir Path two) {
        var study = study().trainer(Trainer.epochs(40).batch(20).validateOn(0));
        var whole = fingerprints(study.run(one));
        onlooker = new Onlooker() {
            @Override
            public void done(Standing standing) {
                if (standing.done() == 3) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        var between = new StudyFolder(two);
        for (var run : study.runs().subList(0, 3)) { // three are done, and one stopped within its training
            between.keep(run, run.execute(between.checkpoints(run)));
        }
        var fourth = study.runs().get(3);
        var steps = new AtomicInteger();
        assertThrows(
                CancellationException.class,
                () -> fourth.execute(between.checkpoints(fourth), new Watcher() {
                    @Override
                    public void stepped(Progress progress) {
                        if (steps.incrementAndGet() == 25) {
                            Thread.currentThread().interrupt();
                        }
                    }
                }));
        Thread.interrupted();
        assertTrue(Files.isDirectory(between.checkpoints(fourth)));
        var stopped = study.run(two); // the onlooker stops it at once
        assertFalse(stopped.isComplete());
        assertTrue(Thread.interrupted());
        assertTrue(stopped.toString().contains("3 of 6 runs are done"), stopped.toString());
        onlooker = standing -> {};
        assertEquals(whole, fingerprints(study.run(two)));
        assertFalse(Files.isDirectory(between.checkpoints(fourth)));
    }

    // ------------------------------------------------------------ processes

    /** Workers are killed at random moments; all results are there, each once, the same to the bit as of one process. */
    @Test
    void processesThatAreKilledLoseNothing(@TempDir Path here, @TempDir Path there) throws Exception {
        var study = study().trainer(Trainer.epochs(80).batch(20).validateOn(0)).seeds(3);
        var expected = fingerprints(study.run(here));
        var random = new Random(5);
        var killed = new HashSet<Long>();
        int[] left = {4};
        long[] next = {0};
        onlooker = new Onlooker() {
            @Override
            public void done(Standing standing) {
                going(standing);
            }

            @Override
            public void going(Standing standing) {
                var children = ProcessHandle.current()
                        .children()
                        .filter(child -> !killed.contains(child.pid()))
                        .toList();
                if (left[0] > 0 && System.nanoTime() > next[0] && !children.isEmpty()) {
                    var child = children.get(random.nextInt(children.size()));
                    killed.add(child.pid());
                    child.destroyForcibly();
                    left[0]--;
                    next[0] = System.nanoTime() + random.nextInt(2000) * 1_000_000L;
                }
            }
        };
        var studied = study.run(there, Place.processes(2));
        assertTrue(studied.isComplete());
        assertEquals(expected, fingerprints(studied));
        assertTrue(killed.size() >= 2, "killed " + killed.size());
        try (var files = Files.list(there.resolve("runs"))) {
            assertEquals(study.runs().size(), files.count(), "each once, and none that is not whole");
        }
    }

    /** One that ends its process is given up after some tries; what came before moved here half-way. */
    @Test
    void aRunThatEndsItsProcessIsAResult(@TempDir Path path) {
        var study = study().vary("beta", 1).vary("whim", "none", "deadly").seeds(1);
        study.vary("whim", "none").run(path);
        var studied = study.run(path, new Processes(1, 2));
        assertTrue(studied.isComplete());
        assertEquals(
                "its process ended 2 times, the last time with exit status 7",
                studied.results().get(1).reason());
    }

    @Test
    void aPlaceThatCannotWorkIsOneClearError(@TempDir Path path) {
        refused("a place is here, processes:N or spark://HOST:PORT", () -> Place.of("processes:0"));
        assertEquals("processes:3", Place.of("processes:3").toString());
        var noData =
                study().on(Call.of(Datasets.class, "digits").with("train", 20).with("test", -1));
        var error = assertThrows(IllegalStateException.class, () -> noData.run(path, Place.processes(1)));
        assertTrue(error.getMessage().startsWith("a worker process cannot begin"), error.getMessage());
        assertTrue(error.getMessage().endsWith("test must be >= 0, got -1"), error.getMessage());
        assertFalse(Files.exists(path.resolve("runs")));
    }

    // ------------------------------------------------------------ results

    @Test
    void aStudyThatVariesAndMeasuresNothingHasItsTables(@TempDir Path path) throws IOException {
        Study.of(SmallStudies.class, "vae")
                .on(Call.of(SmallStudies.class, "points"))
                .with("whim", "none")
                .with("beta", 1)
                .trainer(Trainer.epochs(1).batch(20).validateOn(0))
                .seeds(2)
                .run(path);
        assertEquals(List.of("runs", "2"), Files.readAllLines(path.resolve("means.csv")));
    }

    @Test
    void tablesChartsAndTheWinnersWarnings(@TempDir Path path) {
        var studied = study().seeds(5)
                .measuring(KNOWN, new Known("noise", Better.HIGHER))
                .run(path);
        var table = studied.toTable();
        assertEquals(List.of("beta", "runs", "known (nats) ↓", "noise (nats) ↑", "seconds a run"), table.columnNames());
        // seeds 0 … 4 add 0 … 4: mean 2, standard error √2.5/√5 = 0.7071
        assertEquals(
                List.of("12.00 ± 0.71", "22.00 ± 0.71", "7.00 ± 0.71"),
                table.stringColumn(2).asList());
        assertEquals(12, studied.means().doubleColumn("known").get(0), 1e-12);
        assertEquals(
                Math.sqrt(0.5),
                studied.means().doubleColumn("standard error of known").get(0),
                1e-12);
        var runs = studied.runs();
        assertEquals(15, runs.rowCount());
        assertEquals(11, runs.doubleColumn("known").get(3), 1e-12, "seed by seed: the fourth is β 1 of seed 1");
        assertTrue(
                studied.chart().alternative().contains("beta 0.5 7"),
                studied.chart().alternative());
        var plane = studied.plane("known", "noise", "beta");
        assertTrue(plane.alternative().contains("0.5 at 7"), plane.alternative());
        assertTrue(plane.image().getWidth() > 0);
        var clear = studied.best("known");
        assertEquals("beta 0.5", clear.run().setting());
        assertTrue(clear.isDecided(), clear.toString());
        assertTrue(clear.toString().contains("known 7.00 ± 0.71 over 5 seeds, the best of 3"), clear.toString());
        assertTrue(clear.toString().contains("flattering"), clear.toString());
        var unclear = studied.best("noise"); // differences 10 + 100·seed: t = 2.97 for β 1, p after Holm 0.08 …
        assertEquals("beta 2", unclear.run().setting());
        assertEquals(List.of("beta 1", "beta 0.5"), unclear.undecided());
        assertTrue(
                unclear.toString().contains("The seeds do not separate it from 2 other settings"), unclear.toString());
        var one = study().seeds(1).run(path).best("known");
        assertTrue(one.toString().contains("One seed decides nothing"), one.toString());
        var words = studied.against("beta 1").toTable().stringColumn("known (nats) ↓");
        assertEquals(List.of("12.00 ± 0.71", "22.00 ± 0.71, worse", "7.00 ± 0.71, better"), words.asList());
    }

    /** η = 2 of 3 settings and 4 epochs: three settings for one epoch, two for two, one for four. */
    @Test
    void halvingGivesEpochsToThoseThatArePromising(@TempDir Path path) {
        var study = study().trainer(Trainer.epochs(4).batch(20).validateOn(0));
        var halved = Halving.by("noise").eta(2).run(study.measuring(new Known("noise", Better.LOWER)), path);
        assertEquals(
                List.of("setting", "after 1 epoch", "after 2 epochs", "after 4 epochs"),
                halved.toTable().columnNames());
        // seeds 0 and 1: 10β and 110β, mean 60β, standard error 50β
        assertEquals(
                List.of("60 ± 50", "120 ± 100", "30 ± 25"),
                halved.toTable().stringColumn(1).asList());
        assertEquals(
                List.of("60 ± 50", "–", "30 ± 25"),
                halved.toTable().stringColumn(2).asList());
        assertEquals(
                List.of("–", "–", "30 ± 25"), halved.toTable().stringColumn(3).asList());
        var text = halved.toString();
        assertTrue(text.contains("beta 0.5: noise 30 ± 25 over 2 seeds, the best of 3"), text);
        assertTrue(
                text.contains("Dropped after 1 epoch, though the seeds did not separate them from the best: beta 2"),
                text);
        assertTrue(
                text.contains("Dropped after 2 epochs, though the seeds did not separate them from the best: beta 1"),
                text);
        refused("successive halving takes a study of one model", () -> Halving.by("noise")
                .run(study.vary("epochs", 1, 2), path));
    }

    @Test
    void resultsWithoutModelsAreSmall(@TempDir Path path) throws IOException {
        var study = study().seeds(1).vary("beta", 1);
        var folder = new StudyFolder(path);
        var run = study.runs().get(0);
        var with = fingerprints(study.run(path));
        long size = Files.size(folder.file(run));
        Files.delete(folder.file(run));
        assertEquals(with, fingerprints(study.withoutModels().run(path)));
        assertTrue(Files.size(folder.file(run)) < size / 2, size + " bytes with the model");
        assertTrue(folder.model(run).isEmpty());
        var more = study.withoutModels()
                .measuring(new Known("more", Better.HIGHER))
                .run(path);
        assertEquals(List.of("more"), more.names(), "trained once more");
        assertEquals(study.withoutModels(), Study.fromJson(study.withoutModels().toJson()));
    }

    @Test
    void theStandingSaysWhatIsDoneRunningAndLeft(@TempDir Path path) {
        var run = study().runs().get(2);
        var nothing = new StudyStanding(study().read(path), List.of(), 6, OptionalDouble.empty());
        assertEquals("0 of 6 runs are done", nothing.toString());
        assertTrue(nothing.chart().isEmpty());
        study().vary("beta", 1).seeds(1).run(path);
        var going = List.of(new StudyStanding.Going(run, 3, 12, 2));
        var standing = new StudyStanding(study().read(path), going, 6, OptionalDouble.of(200));
        assertEquals(
                "1 of 6 runs are done, about 3 min left; running: beta 0.5 from seed 0: step 3 of 12",
                standing.toString());
        assertEquals(1.25, standing.share());
        assertEquals(
                List.of("", "", "seed 0 (25 %)"),
                standing.table().stringColumn("running").asList());
        assertEquals(
                List.of("1 of 2", "0 of 2", "0 of 2"),
                standing.table().stringColumn("runs").asList());
        assertTrue(standing.chart().isPresent());
    }

    @Test
    void randomSearchDrawsDifferentCombinations() {
        var study = study().vary("learningRate", 1e-4, 1e-3, 1e-2);
        var some = study.random(4, 1);
        assertEquals(4, some.combinations().stream().distinct().count());
        assertEquals(some, study.random(4, 1));
        assertNotEquals(some, study.random(4, 2));
        assertEquals(some, Study.fromJson(some.toJson()));
        assertEquals(9, study.random(100, 1).combinations().size());
        assertEquals(8, some.runs().size());
    }

    @Test
    void randomSearchDrawsFromRanges() {
        var study = study().vary("learningRate", Range.logUniform(1e-4, 1e-2)).vary("epochs", Range.uniform(1, 3));
        var error = assertThrows(IllegalArgumentException.class, study::runs);
        assertTrue(error.getMessage().contains("'learningRate'"), error.getMessage());
        assertTrue(error.getMessage().contains("random(n, seed)"), error.getMessage());
        var drawn = study.random(300, 1);
        assertEquals(drawn, study.random(300, 1));
        assertNotEquals(drawn, study.random(300, 2));
        assertEquals(drawn, Study.fromJson(drawn.toJson()));
        assertEquals(drawn.toJson(), Study.fromJson(drawn.toJson()).toJson());
        var combinations = drawn.combinations();
        assertEquals(300, combinations.stream().distinct().count());
        var rates = combinations.stream()
                .mapToDouble(c -> c.get("learningRate").getAsDouble())
                .sorted()
                .toArray();
        assertTrue(rates[0] >= 1e-4 && rates[299] <= 1e-2);
        assertEquals(1e-3, rates[150], 3e-4); // the middle of the logarithms; that of the numbers is 5e-3
        for (int epochs = 1; epochs <= 3; epochs++) { // both ends belong to it
            int n = epochs;
            assertEquals(
                    100,
                    combinations.stream()
                            .filter(c -> c.get("epochs").getAsInt() == n)
                            .count(),
                    33); // 4 sd
        }
        assertEquals(
                3,
                study().vary("beta", 1)
                        .vary("epochs", Range.uniform(1, 3))
                        .random(9, 1)
                        .combinations()
                        .size());
        var file = study.toJson().replace("\"trainer\"", "\"random\": {\"n\": 4, \"seed\": 3}, \"trainer\"");
        assertEquals(study.random(4, 3), Study.fromJson(file));
        assertTrue(study.toString().contains("learningRate 1e-4 to 0.01 (log) × epochs 1 to 3"), study.toString());
        assertThrows(IllegalArgumentException.class, () -> study().vary("whim", Range.uniform(1, 2)));
        assertEquals(
                study().vary("beta", 3),
                study().vary("beta", Range.uniform(1, 2)).vary("beta", 3));
    }

    @Test
    void theDoctorsWordIsAColumn(@TempDir Path path) {
        var study = study().withDoctor();
        assertEquals(study, Study.fromJson(study.toJson()));
        var first = study.runs().get(0);
        assertEquals(first, StudyRun.fromJson(first.toJson()));
        assertEquals(study().runs().get(0).name(), first.name());
        var studied = study.run(path);
        var words = studied.runs().stringColumn("the doctor");
        assertEquals(6, words.size());
        assertEquals(
                studied.results().get(0).outcome().orElseThrow().diagnosis().word(), words.get(0));
        assertFalse(studied.results()
                .get(0)
                .outcome()
                .orElseThrow()
                .diagnosis()
                .observations()
                .isEmpty());
        assertEquals(3, studied.toTable().stringColumn("the doctor").size());
        assertFalse(study().run(path).runs().columnNames().contains("the doctor"));
    }
}
