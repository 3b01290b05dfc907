package latent4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import latent4j.bench.KilledTraining;
import latent4j.bench.KilledTraining.Kind;
import latent4j.data.Dataset;
import latent4j.data.Datasets;
import latent4j.model.Model;
import latent4j.model.gan.Gan;
import latent4j.model.vae.Vae;
import latent4j.nn.Adam;
import latent4j.tensor.Compute;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResumeTest {

    private static final int STEPS = 56;

    private static Dataset data;
    private static final Map<Kind, Run> UNINTERRUPTED = new EnumMap<>(Kind.class);

    @TempDir
    Path folder;

    @BeforeAll
    static void uninterrupted() {
        data = KilledTraining.data();
        for (var kind : Kind.values()) {
            UNINTERRUPTED.put(kind, KilledTraining.trainer(kind).fit(KilledTraining.model(kind, data), data));
        }
    }

    private static String expected(Kind kind) {
        return KilledTraining.outcome(UNINTERRUPTED.get(kind));
    }

    /** Stops the training, as the stop button does, after so many steps. */
    private static Watcher stopAt(long step) {
        return new Watcher() {
            @Override
            public void stepped(Progress progress) {
                if (progress.step() == step) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }

    private Run stopped(Kind kind, long step) {
        var trainer = KilledTraining.trainer(kind, folder).watchedBy(stopAt(step));
        return trainer.fit(KilledTraining.model(kind, data), data);
    }

    private Run resumed(Kind kind) {
        return KilledTraining.trainer(kind, folder).resume(KilledTraining.model(kind, data), data);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static String names(Path folder) throws IOException {
        return files(folder).stream().map(file -> file.getFileName().toString()).collect(Collectors.joining(" "));
    }

    /** What is printed on the error stream. */
    private static String errors(Runnable action) {
        var before = System.err;
        var bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setErr(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Tag("engines")
    @ParameterizedTest
    @EnumSource(Kind.class)
    void aStopIsResumedExactlyThere(Kind kind) {
        assertEquals(STEPS, UNINTERRUPTED.get(kind).steps());
        var first = stopped(kind, 17);
        assertEquals(Progress.State.INTERRUPTED, first.state());
        var seen = new ArrayList<Long>();
        var model = KilledTraining.model(kind, data);
        var run = KilledTraining.trainer(kind, folder)
                .watchedBy(stopAt(28), new Watcher() {
                    @Override
                    public void stepped(Progress progress) {
                        seen.add(progress.step());
                    }
                })
                .resume(model, data);
        assertEquals(Progress.State.INTERRUPTED, run.state());
        assertEquals(18, seen.get(0));
        assertEquals(11, seen.size(), "28 is the end of an epoch");
        run = KilledTraining.trainer(kind, folder).resume(model, data);
        assertEquals(expected(kind), KilledTraining.outcome(run));
        assertTrue(run.seconds() > first.seconds());
        assertEquals(
                0,
                run.provenance()
                        .differences(UNINTERRUPTED.get(kind).provenance())
                        .size());
    }

    /** The weights and the optimiser's memory that it had gone on from are in the checkpoint, not in the new model. */
    @Test
    void aTrainingThatWentOnFromItsWeightsIsResumedToo() {
        var goingOn = KilledTraining.trainer(Kind.GAN).seed(12).fromItsWeights();
        var whole = goingOn.fit(trained(), data);
        goingOn.checkpoint(folder, 5).watchedBy(stopAt(23)).fit(trained(), data);
        var resumed = goingOn.checkpoint(folder, 5).resume(KilledTraining.model(Kind.GAN, data), data);
        assertEquals(KilledTraining.outcome(whole), KilledTraining.outcome(resumed));
        assertEquals(whole.provenance().startWeights(), resumed.provenance().startWeights());
    }

    private static Model trained() {
        return KilledTraining.trainer(Kind.GAN)
                .fit(KilledTraining.model(Kind.GAN, data), data)
                .model();
    }

    @Test
    void whatHadEndedIsOnlyReturned() throws IOException {
        var run = KilledTraining.trainer(Kind.VAE, folder).fit(KilledTraining.model(Kind.VAE, data), data);
        assertEquals("step-000000054.checkpoint step-000000056.checkpoint", names(folder));
        var model = KilledTraining.model(Kind.VAE, data);
        var again =
                KilledTraining.trainer(Kind.VAE, folder).watchedBy(stopAt(57)).resume(model, data);
        assertEquals(expected(Kind.VAE), KilledTraining.outcome(again));
        assertEquals(Progress.State.FINISHED, again.state());
        assertArrayEquals(run.model().draw(3, 1).toArray(), model.draw(3, 1).toArray());
        // and to begin anew loses nothing
        KilledTraining.trainer(Kind.VAE, folder).fit(model, data);
    }

    @Test
    void aDamagedCheckpointIsReportedAndTheOneBeforeItUsed() throws IOException {
        stopped(Kind.AVERAGE, 20);
        assertEquals("step-000000018.checkpoint step-000000020.checkpoint", names(folder));
        var newest = files(folder).get(1);
        var whole = Files.readAllBytes(newest);
        var random = new Random(3);
        var damages = new ArrayList<byte[]>();
        for (int length : new int[] {0, 5, 100, whole.length / 2, whole.length - 1}) {
            damages.add(Arrays.copyOf(whole, length));
        }
        for (int i = 0; i < 40; i++) { // one bit, at the ends too
            var flipped = whole.clone();
            int at = i < 10 ? i : i < 20 ? whole.length + 9 - i : random.nextInt(whole.length);
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            damages.add(flipped);
        }
        var torn = whole.clone(); // a block of the disk that was never written
        Arrays.fill(torn, whole.length / 3, whole.length / 2, (byte) 0);
        damages.add(torn);
        for (var damage : damages) {
            Files.write(newest, damage);
            var said = errors(() -> {
                var found = new Checkpoints(folder, 1).require();
                assertEquals(18, found.checkpoint().step());
            });
            assertTrue(said.contains(newest.toString()) && said.contains("the one before it is used"), said);
        }
        errors(() -> assertEquals(expected(Kind.AVERAGE), KilledTraining.outcome(resumed(Kind.AVERAGE))));

        for (var file : files(folder)) {
            Files.write(file, torn);
        }
        errors(() -> {
            var none = assertThrows(IllegalArgumentException.class, () -> resumed(Kind.AVERAGE));
            assertTrue(none.getMessage().contains("no checkpoint that can be read in"), none.getMessage());
        });
    }

    @Test
    void aFileOfANewerVersionIsSaidToBeOne() throws IOException {
        stopped(Kind.VAE, 4);
        var file = files(folder).get(0);
        var checkpoint = Checkpoint.read(file);
        var bytes = Files.readAllBytes(file);
        var title = new String(bytes, 0, 21, StandardCharsets.US_ASCII);
        assertEquals("latent4j checkpoint 1", title);
        bytes[20] = '2';
        var checksum = new java.util.zip.CRC32();
        checksum.update(bytes, 0, bytes.length - 8);
        java.nio.ByteBuffer.wrap(bytes).putLong(bytes.length - 8, checksum.getValue());
        Files.write(file, bytes);
        var error = assertThrows(IllegalArgumentException.class, () -> Checkpoint.read(file));
        assertTrue(error.getMessage().contains("use a newer version"), error.getMessage());
        assertEquals(3, checkpoint.step());
    }

    @Test
    void onlyTheSameTrainingIsResumed() {
        stopped(Kind.VAE, 10);
        var good = KilledTraining.trainer(Kind.VAE, folder);
        refused(good.seed(12), "trainer.seed must be 11, got 12");
        refused(good.batch(20), "trainer.batch must be 40, got 20");
        refused(good.epochs(), good);
        refused(good.optimizer("encoder", Adam.of(1e-2)), "optimizers.encoder.learningRate must be 0.001, got 0.01");
        refused(good.average(0.9), "trainer.averages");
        var vae = KilledTraining.model(Kind.VAE, data);
        refused(good, Vae.mlp(data.shape(), 9), data, "model.decoder.input must be [8], got [9]");
        refused(
                good,
                Gan.small(data.shape()),
                data,
                "model.type must be latent4j.model.vae.Vae, got latent4j.model.gan.Gan");
        refused(good, vae, Datasets.digits(300, 41), "data.hash must be " + data.hash() + ", got ");
        assertEquals(expected(Kind.VAE), KilledTraining.outcome(resumed(Kind.VAE)));
    }

    /** More epochs are other settings too: a schedule depends on them. */
    private void refused(int epochs, Trainer good) {
        refused(
                new Trainer(
                        epochs + 1,
                        good.batch(),
                        good.seed(),
                        good.optimizers(),
                        good.schedule(),
                        good.clip(),
                        good.averages(),
                        good.precision(),
                        good.binarise(),
                        good.validateOn(),
                        good.freshWeights(),
                        good.checkpoints(),
                        good.watchers()),
                "trainer.epochs must be 8, got 9");
    }

    private void refused(Trainer trainer, String said) {
        refused(trainer, KilledTraining.model(Kind.VAE, data), data, said);
    }

    private void refused(Trainer trainer, Model model, Dataset data, String said) {
        var before = Provenance.hash(model.nets());
        var error = assertThrows(IllegalArgumentException.class, () -> trainer.resume(model, data));
        assertTrue(error.getMessage().contains(said), error.getMessage());
        assertTrue(error.getMessage().contains("step-000000010.checkpoint"), error.getMessage());
        assertEquals(before, Provenance.hash(model.nets()), "the model must be unchanged");
    }

    @Test
    void fitLosesNoUnfinishedTraining() {
        stopped(Kind.VAE, 10);
        var error = assertThrows(IllegalArgumentException.class, () -> stopped(Kind.VAE, 10));
        assertTrue(
                error.getMessage().contains("stopped at step 10: go on with resume(model, data)"), error.getMessage());
        var vae = KilledTraining.model(Kind.VAE, data);
        var none = assertThrows(
                IllegalArgumentException.class,
                () -> KilledTraining.trainer(Kind.VAE, folder.resolve("other")).resume(vae, data));
        assertTrue(none.getMessage().contains("no checkpoint in"), none.getMessage());
        var nowhere = assertThrows(IllegalArgumentException.class, () -> KilledTraining.trainer(Kind.VAE)
                .resume(vae, data));
        assertTrue(nowhere.getMessage().contains("checkpoint(folder, every)"), nowhere.getMessage());
        assertEquals(
                "every must be >= 1, got 0",
                assertThrows(IllegalArgumentException.class, () -> Trainer.epochs(1)
                                .checkpoint(folder, 0))
                        .getMessage());
    }

    /** SIGKILL at random moments, five in all; after each, what was left is resumed to the end in this process. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void aKilledTrainingIsResumedToTheBit(Kind kind) throws Exception {
        var random = new Random(kind.ordinal());
        int kills = kind == Kind.AVERAGE ? 1 : 2;
        for (int kill = 0; kill < kills; kill++) {
            // the second kill hits a process that had itself resumed
            var process = child("", kind, "doomed");
            long step = killAfter(process, 4 + random.nextInt(20) + 20 * kill, random.nextInt(15_000_000));
            var copy = Files.createDirectories(folder.resolveSibling(folder.getFileName() + "-" + kind + kill));
            for (var file : files(folder)) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
            var seen = new ArrayList<Long>();
            var model = KilledTraining.model(kind, data);
            var run = KilledTraining.trainer(kind, copy)
                    .watchedBy(new Watcher() {
                        @Override
                        public void stepped(Progress progress) {
                            seen.add(progress.step());
                        }
                    })
                    .resume(model, data);
            assertTrue(seen.get(0) >= step - 3, "killed after step " + step + ", resumed at step " + seen.get(0));
            assertEquals(expected(kind), KilledTraining.outcome(run), "killed after step " + step);
        }
    }

    private Process child(String shell, Kind kind, String... more) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<String>();
        if (!shell.isEmpty()) {
            command.addAll(List.of("bash", "-c", shell + "; exec \"$@\"", "bash"));
        }
        command.addAll(List.of(
                java,
                "-Xmx1g",
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-Dai.djl.pytorch.num_threads=" + Compute.current().threads(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledTraining.class.getName(),
                kind.name(),
                folder.toString()));
        command.addAll(List.of(more));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** Kills it so many nanoseconds after it has told a step; returns the last one that it told. */
    private static long killAfter(Process process, int step, long nanoseconds) throws Exception {
        long last = -1;
        try (var lines = process.inputReader()) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("step ")) {
                    last = Long.parseLong(line.substring(5));
                    if (last >= step) {
                        Thread.sleep(nanoseconds / 1_000_000, (int) (nanoseconds % 1_000_000));
                        process.toHandle().destroyForcibly(); // Process itself would close the stream, too
                    }
                }
            }
        }
        assertNotEquals(0, process.waitFor(), "it must have been killed");
        return last;
    }

    /** A limit on files' sizes stands for a full disk: writing fails in the middle. */
    @Test
    void aFullDiskEndsTrainingAndLosesNothing() throws Exception {
        assumeTrue(Files.exists(Path.of("/bin/bash")), "the limit is set by a shell");
        stopped(Kind.VAE, 12);
        long size = Files.size(files(folder).get(1));
        // above the size now, and below what the history makes of it soon
        var process = child("ulimit -f " + (size / 1024 + 3), Kind.VAE);
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, process.waitFor(), output);
        assertTrue(output.contains("cannot be kept: cannot write") && output.contains("Make room"), output);
        var left = files(folder);
        assertEquals(2, left.size(), names(folder) + "\n" + output);
        long last = Checkpoint.read(left.get(1)).step();
        assertTrue(last >= 15 && last < STEPS, "last checkpoint: " + last);
        assertEquals(last - 3, Checkpoint.read(left.get(0)).step());
        assertEquals(expected(Kind.VAE), KilledTraining.outcome(resumed(Kind.VAE)));
    }

    @Test
    void aCheckpointThatCannotBeWrittenIsAClearErrorAndTheModelIsUsable() throws IOException {
        var model = KilledTraining.model(Kind.VAE, data);
        var place = folder.resolve("checkpoints");
        var trainer = KilledTraining.trainer(Kind.VAE, place).watchedBy(new Watcher() {
            @Override
            public void stepped(Progress progress) {
                if (progress.step() == 9) {
                    try {
                        Files.move(place, folder.resolve("moved"));
                        Files.writeString(place, "a file in the folder's place");
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }
            }
        });
        var error = assertThrows(java.io.UncheckedIOException.class, () -> trainer.fit(model, data));
        for (var said :
                List.of("checkpoint of step 9 cannot be kept", "step-000000006.checkpoint", "resume(model, data)")) {
            assertTrue(error.getMessage().contains(said), error.getMessage());
        }
        assertEquals(4, model.draw(4, 1).size());
        Files.delete(place);
        Files.move(folder.resolve("moved"), place);
        Supplier<Run> resume = () -> KilledTraining.trainer(Kind.VAE, place).resume(model, data);
        assertEquals(expected(Kind.VAE), KilledTraining.outcome(resume.get()));
    }

    @Test
    void leftOversOfAKilledWriteAreSweptAway() throws IOException {
        Files.writeString(folder.resolve(".step-000000009.checkpoint.1b2c.part"), "half");
        Files.writeString(folder.resolve("notes.txt"), "the reader's own");
        stopped(Kind.VAE, 7);
        assertEquals("notes.txt step-000000006.checkpoint step-000000007.checkpoint", names(folder));
        assertFalse(names(folder).contains("part"));
    }
}
