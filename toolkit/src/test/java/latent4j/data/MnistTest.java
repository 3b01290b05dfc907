package latent4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistTest {

    private static final Download OFFLINE = (artifact, item) -> {
        throw new IOException("no route to host");
    };

    private static Path realFiles() {
        var found = RealMnist.folder();
        Assumptions.assumeTrue(found.isPresent(), "skipped: MNIST's files are in none of " + RealMnist.folders());
        return found.orElseThrow();
    }

    @Test
    void readsTheRealMnist() {
        var mnist = Mnist.load(List.of(realFiles()), OFFLINE);
        assertEquals(new Shape(1, 28, 28), mnist.shape());
        assertEquals(60_000, mnist.train().size());
        assertEquals(10_000, mnist.test().size());
        assertEquals(10, mnist.classes());
        // The first labels of both files, as everybody knows them.
        assertArrayEquals(
                new int[] {5, 0, 4, 1, 9}, mnist.train().head(5).labels().orElseThrow());
        assertArrayEquals(
                new int[] {7, 2, 1, 0, 4}, mnist.test().head(5).labels().orElseThrow());
        // The published mean of the training pixels.
        double sum = 0;
        for (float value : mnist.train().toArray()) {
            sum += value;
        }
        assertEquals(0.1307, sum / (60_000.0 * 784), 5e-5);
    }

    @Test
    void realFilesSwappedOrDamagedAreRefused(@TempDir Path folder) throws Exception {
        var real = IdxFolder.read(realFiles());
        for (var file : IdxFolder.FILES) {
            Files.write(folder.resolve(file), real.get(file).bytes());
        }
        var labels = real.get(IdxFolder.TEST_LABELS).bytes().clone();
        labels[100] = (byte) ((labels[100] + 1) % 10);
        Files.write(folder.resolve(IdxFolder.TEST_LABELS), labels);
        Refusal.expect(
                () -> Mnist.load(List.of(folder), OFFLINE),
                IdxFolder.TEST_LABELS,
                "27ae3e4e09519cfbb04c329615203637",
                Hash.md5(labels));
        labels[100] = 17;
        Files.write(folder.resolve(IdxFolder.TEST_LABELS), labels);
        Refusal.expect(() -> Mnist.load(List.of(folder), OFFLINE), "between 0 and 9", "found 17", "record 92");
    }

    @Test
    void anotherSetInItsFormatIsNotMnist(@TempDir Path folder) throws Exception {
        IdxFiles.write(folder);
        Refusal.expect(
                () -> Mnist.load(List.of(folder), OFFLINE),
                folder.resolve(IdxFolder.TRAIN_IMAGES).toString(),
                "not MNIST",
                "6bbc9ace898e44ae57da46a324031adb",
                "Datasets.idx(folder)");
    }

    @Test
    void labelAboveNineIsRefused(@TempDir Path folder) throws Exception {
        IdxFiles.write(folder);
        Files.write(folder.resolve(IdxFolder.TRAIN_LABELS), IdxFiles.labels(1, 2, 10));
        Refusal.expect(
                () -> Mnist.load(List.of(folder), OFFLINE),
                IdxFolder.TRAIN_LABELS,
                "between 0 and 9",
                "found 10",
                "record 2");
    }

    @Test
    void downloadThatFailsNamesTheFolderAndTheFiles(@TempDir Path folder) throws Exception {
        var data = Files.createDirectory(folder.resolve("data"));
        Refusal.expect(
                UncheckedIOException.class,
                () -> Mnist.load(DataFolder.candidates("mnist", Optional.empty(), folder), OFFLINE),
                "MNIST",
                "no route to host",
                "into " + data.resolve("mnist"),
                "train-images-idx3-ubyte",
                "t10k-labels-idx1-ubyte",
                ".gz",
                "LATENT4J_DATA");
    }

    @Test
    void downloadThatBreaksInsideNamesItsCauses(@TempDir Path folder) {
        Download broken = (artifact, item) -> {
            throw new IllegalStateException("outer", new IOException("inner"));
        };
        Refusal.expect(
                IllegalStateException.class, () -> Mnist.load(List.of(folder), broken), "MNIST", "outer", "inner");
    }

    @Test
    void downloadedFilesAreCheckedToo(@TempDir Path folder) {
        var items = Map.of(
                "train_data", IdxFiles.images(3),
                "train_labels", IdxFiles.labels(1, 2, 3),
                "test_data", IdxFiles.images(1),
                "test_labels", IdxFiles.labels(1));
        Refusal.expect(
                () -> Mnist.load(List.of(folder), (artifact, item) -> items.get(item)),
                "the downloaded " + IdxFolder.TRAIN_IMAGES,
                "not MNIST");
        Refusal.expect(
                () -> Mnist.load(List.of(folder), (artifact, item) -> Arrays.copyOf(items.get(item), 20)),
                "the downloaded " + IdxFolder.TRAIN_IMAGES,
                "truncated");
    }

    @Test
    void foldersAreLookedThroughInOrder(@TempDir Path folder) throws Exception {
        var notebooks = Files.createDirectories(folder.resolve("project/notebooks"));
        var named = folder.resolve("named");
        var folders = DataFolder.candidates("mnist", Optional.of(named.toString()), notebooks);
        assertEquals(
                List.of(
                        named.resolve("mnist"),
                        named,
                        notebooks.resolve("data/mnist"),
                        folder.resolve("project/data/mnist")),
                folders);
        assertTrue(DataFolder.holding(folders, IdxFolder.FILES).isEmpty());
        var project = Files.createDirectories(folder.resolve("project/data/mnist"));
        IdxFiles.write(project);
        assertEquals(project, DataFolder.holding(folders, IdxFolder.FILES).orElseThrow());
        Files.createDirectories(named);
        IdxFiles.write(named);
        assertEquals(named, DataFolder.holding(folders, IdxFolder.FILES).orElseThrow());
        assertEquals(3, DataFolder.candidates("x", Optional.of(" "), notebooks).size() + 1);
    }
}
