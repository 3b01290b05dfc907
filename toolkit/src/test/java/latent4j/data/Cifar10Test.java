package latent4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10Test {

    private static final int RECORD = 3073;
    private static final Download OFFLINE = (artifact, item) -> {
        throw new IOException("no route to host");
    };

    @TempDir
    Path folder;

    /** {@code n} records; record {@code i} has class {@code first + i} and byte {@code k} the value {@code k + i}. */
    private static byte[] records(int n, int first) {
        var bytes = new byte[n * RECORD];
        for (int i = 0; i < n; i++) {
            bytes[i * RECORD] = (byte) (first + i);
            for (int k = 1; k < RECORD; k++) {
                bytes[i * RECORD + k] = (byte) (k - 1 + i);
            }
        }
        return bytes;
    }

    private void write(Path to) throws IOException {
        for (int batch = 0; batch < 5; batch++) {
            Files.write(to.resolve(Cifar10.TRAIN.get(batch)), records(2, batch));
        }
        IdxFiles.gzip(to.resolve(Cifar10.TEST + ".gz"), records(2, 8));
    }

    private Dataset load() {
        return Cifar10.load(List.of(folder), OFFLINE, 2);
    }

    @Test
    void readsTheBatchesInOrder() throws Exception {
        write(folder);
        var cifar = load();
        assertEquals(new Shape(3, 32, 32), cifar.shape());
        assertEquals(10, cifar.train().size());
        assertArrayEquals(
                new int[] {0, 1, 1, 2, 2, 3, 3, 4, 4, 5}, cifar.train().labels().orElseThrow());
        assertArrayEquals(new int[] {8, 9}, cifar.test().labels().orElseThrow());
        assertEquals("truck", cifar.test().classNames().get(9));
        var second = cifar.train().row(1);
        assertEquals(1 / 255f, second[0]);
        assertEquals(((1024 + 5 + 1) & 0xff) / 255f, second[1024 + 5]);
    }

    @Test
    void readsTheFolderThatUnpackingMakes() throws Exception {
        write(Files.createDirectory(folder.resolve("cifar-10-batches-bin")));
        assertEquals(10, load().train().size());
    }

    @Test
    void readsWhatDjlDownloads() {
        var cifar = Cifar10.load(
                List.of(folder), (artifact, item) -> item.equals("data_batch.bin") ? records(10, 0) : records(2, 3), 2);
        assertEquals(10, cifar.train().size());
        assertArrayEquals(new int[] {3, 4}, cifar.test().labels().orElseThrow());
    }

    @Test
    void truncatedOrWronglySized() throws Exception {
        write(folder);
        Files.write(folder.resolve(Cifar10.TRAIN.get(3)), Arrays.copyOf(records(2, 0), 4000));
        Refusal.expect(this::load, "data_batch_4.bin", "expected 6146 bytes", "found 4000", "truncated");
        Files.write(folder.resolve(Cifar10.TRAIN.get(3)), records(3, 0));
        Refusal.expect(this::load, "data_batch_4.bin", "found 9219", "wrongly sized");
        // The published files hold 10,000 records.
        Refusal.expect(() -> Cifar10.load(List.of(folder), OFFLINE), "data_batch_1.bin", "30730000", "found 6146");
    }

    @Test
    void classOutOfRange() throws Exception {
        write(folder);
        Files.write(folder.resolve(Cifar10.TRAIN.get(0)), records(2, 9));
        Refusal.expect(this::load, "data_batch_1.bin", "between 0 and 9", "found 10", "record 1");
    }

    @Test
    void missingFileOrDownload() throws Exception {
        Refusal.expect(
                UncheckedIOException.class,
                this::load,
                "CIFAR-10",
                "no route to host",
                "data_batch_5.bin",
                "test_batch.bin",
                "LATENT4J_DATA");
        write(folder);
        Files.delete(folder.resolve(Cifar10.TRAIN.get(1)));
        Refusal.expect(this::load, "data_batch_2.bin", folder.toString());
    }
}
