package latent4j.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes small files in MNIST's layout for tests. */
final class IdxFiles {

    private IdxFiles() {}

    /** {@code n} images of 2 x 3 pixels; pixel {@code k} of the file has the value {@code k % 256}. */
    static byte[] images(int n) {
        var bytes = ByteBuffer.allocate(16 + n * 6)
                .putInt(0x803)
                .putInt(n)
                .putInt(2)
                .putInt(3);
        for (int k = 0; k < n * 6; k++) {
            bytes.put((byte) k);
        }
        return bytes.array();
    }

    static byte[] labels(int... labels) {
        var bytes = ByteBuffer.allocate(8 + labels.length).putInt(0x801).putInt(labels.length);
        for (int label : labels) {
            bytes.put((byte) label);
        }
        return bytes.array();
    }

    /** A set of three images to train on and two held out. */
    static void write(Path folder) throws IOException {
        Files.write(folder.resolve(IdxFolder.TRAIN_IMAGES), images(3));
        Files.write(folder.resolve(IdxFolder.TRAIN_LABELS), labels(7, 0, 9));
        Files.write(folder.resolve(IdxFolder.TEST_IMAGES), images(2));
        gzip(folder.resolve(IdxFolder.TEST_LABELS + ".gz"), labels(1, 2));
    }

    static void gzip(Path file, byte[] content) throws IOException {
        try (var packed = new GZIPOutputStream(Files.newOutputStream(file))) {
            packed.write(content);
        }
    }
}
