package latent4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.types.Shape;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {

    @TempDir
    Path folder;

    @BeforeEach
    void writeAWholeSet() throws Exception {
        IdxFiles.write(folder);
    }

    @Test
    void readsPlainAndGzippedFiles() {
        var set = Datasets.idx(folder);
        assertEquals(new Shape(1, 2, 3), set.shape());
        assertEquals(3, set.train().size());
        assertArrayEquals(
                new float[] {6 / 255f, 7 / 255f, 8 / 255f, 9 / 255f, 10 / 255f, 11 / 255f},
                set.train().row(1));
        assertArrayEquals(new int[] {7, 0, 9}, set.train().labels().orElseThrow());
        assertArrayEquals(new int[] {1, 2}, set.test().labels().orElseThrow());
        assertEquals(10, set.classes());
    }

    @Test
    void readsFilesNamedWithADot() throws Exception {
        for (var file : IdxFolder.FILES) {
            var path = DataFolder.require(folder, file);
            Files.move(path, folder.resolve(path.getFileName().toString().replace("-idx", ".idx")));
        }
        assertEquals(3, Datasets.idx(folder).train().size());
    }

    @Test
    void labelsAboveNineAreAllowedInOtherSets() throws Exception {
        Files.write(folder.resolve(IdxFolder.TRAIN_LABELS), IdxFiles.labels(7, 25, 9));
        assertEquals(26, Datasets.idx(folder).classes());
    }

    @Test
    void truncatedImages() throws Exception {
        replace(IdxFolder.TRAIN_IMAGES, Arrays.copyOf(IdxFiles.images(3), 30));
        refused(IdxFolder.TRAIN_IMAGES, "3 images of 2 x 3 pixels", "takes 34 bytes", "found 30", "truncated");
        replace(IdxFolder.TRAIN_IMAGES, Arrays.copyOf(IdxFiles.images(3), 10));
        refused(IdxFolder.TRAIN_IMAGES, "header of 16 bytes", "only 10", "truncated");
        replace(IdxFolder.TRAIN_IMAGES, new byte[0]);
        refused(IdxFolder.TRAIN_IMAGES, "only 0 bytes", "truncated");
    }

    @Test
    void truncatedLabels() throws Exception {
        replace(IdxFolder.TRAIN_LABELS, Arrays.copyOf(IdxFiles.labels(7, 0, 9), 9));
        refused(IdxFolder.TRAIN_LABELS, "3 labels", "takes 11 bytes", "found 9", "truncated");
        replace(IdxFolder.TRAIN_LABELS, Arrays.copyOf(IdxFiles.labels(7, 0, 9), 6));
        refused(IdxFolder.TRAIN_LABELS, "header of 8 bytes", "only 6");
    }

    @Test
    void wronglySizedFile() throws Exception {
        replace(IdxFolder.TEST_IMAGES, Arrays.copyOf(IdxFiles.images(2), 99));
        refused(IdxFolder.TEST_IMAGES, "takes 28 bytes", "found 99", "wrongly sized");
    }

    @Test
    void headerWithImpossibleSizes() throws Exception {
        var bytes = IdxFiles.images(3);
        bytes[4] = (byte) 0xff;
        replace(IdxFolder.TRAIN_IMAGES, bytes);
        refused(IdxFolder.TRAIN_IMAGES, "number of images >= 0", "in the header");
        // A product beyond 64 bits must not pass for a small one.
        var huge = java.nio.ByteBuffer.allocate(16)
                .putInt(0x803)
                .putInt(1 << 30)
                .putInt(1 << 30)
                .putInt(1 << 4)
                .array();
        replace(IdxFolder.TRAIN_IMAGES, huge);
        refused(IdxFolder.TRAIN_IMAGES, "65535", "1073741824 of 1073741824 x 16");
    }

    @Test
    void swappedFiles() throws Exception {
        replace(IdxFolder.TRAIN_IMAGES, IdxFiles.labels(7, 0, 9));
        refused(IdxFolder.TRAIN_IMAGES, "expected IDX images", "0x00000803", "0x00000801", "swapped");
        writeAWholeSet();
        replace(IdxFolder.TEST_LABELS, IdxFiles.images(2));
        refused(IdxFolder.TEST_LABELS, "expected IDX labels", "0x00000803", "swapped");
    }

    @Test
    void anotherKindOfFile() throws Exception {
        replace(IdxFolder.TRAIN_IMAGES, "<html>Not found</html>".getBytes());
        refused(IdxFolder.TRAIN_IMAGES, "expected IDX images", "0x3c68746d", "no such file");
    }

    @Test
    void labelCountThatDisagrees() throws Exception {
        replace(IdxFolder.TRAIN_LABELS, IdxFiles.labels(7, 0));
        refused("3 images in", IdxFolder.TRAIN_IMAGES, "2 labels in", IdxFolder.TRAIN_LABELS);
    }

    @Test
    void missingFile() throws Exception {
        Files.delete(folder.resolve(IdxFolder.TRAIN_LABELS));
        refused(IdxFolder.TRAIN_LABELS, ".gz", folder.toString(), "found none");
        Refusal.expect(() -> Datasets.idx(folder.resolve("nowhere")), "no such folder", "nowhere");
    }

    @Test
    void damagedGzip() throws Exception {
        var packed = Files.readAllBytes(folder.resolve(IdxFolder.TEST_LABELS + ".gz"));
        Files.write(folder.resolve(IdxFolder.TEST_LABELS + ".gz"), Arrays.copyOf(packed, packed.length - 9));
        refused(IdxFolder.TEST_LABELS, "whole gzip file", "again");
    }

    @Test
    void unreadableFile() {
        Refusal.expect(
                UncheckedIOException.class, () -> FileBytes.read(folder.resolve("absent")), "cannot read", "absent");
    }

    private void replace(String file, byte[] content) throws Exception {
        Files.deleteIfExists(folder.resolve(file + ".gz"));
        Files.write(folder.resolve(file), content);
    }

    private void refused(String... words) {
        Refusal.expect(() -> Datasets.idx(folder), words);
    }
}
