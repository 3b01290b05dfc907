package latent4j.data;

import ai.djl.ndarray.types.Shape;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * CIFAR-10 (Krizhevsky, 2009) in its binary version: records of one byte for the class and 3 x 32 x
 * 32 bytes of red, green and blue planes, 10,000 in a file.
 */
final class Cifar10 {

    static final List<String> TRAIN =
            List.of("data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin");
    static final String TEST = "test_batch.bin";

    private static final List<String> FILES =
            Stream.concat(TRAIN.stream(), Stream.of(TEST)).toList();
    private static final int RECORDS = 10_000;
    private static final Shape SHAPE = new Shape(3, 32, 32);
    private static final int RECORD = 1 + (int) SHAPE.size();
    private static final List<String> CLASSES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

    private Cifar10() {}

    static Dataset load(List<Path> folders, Download download) {
        return load(folders, download, RECORDS);
    }

    /** With {@code records} records in a file. */
    static Dataset load(List<Path> folders, Download download, int records) {
        // Unpacking the published archive makes this folder.
        var all = folders.stream()
                .flatMap(folder -> Stream.of(folder, folder.resolve("cifar-10-batches-bin")))
                .toList();
        var folder = DataFolder.holding(all, FILES);
        if (folder.isEmpty()) {
            // DJL keeps the five files as one.
            return new Dataset(
                    "cifar10",
                    downloaded("data_batch.bin", records * TRAIN.size(), download, folders),
                    downloaded(TEST, records, download, folders));
        }
        var train = new ByteArrayOutputStream();
        for (var name : TRAIN) {
            train.writeBytes(batch(folder.get(), name, records));
        }
        return new Dataset("cifar10", samples(train.toByteArray()), samples(batch(folder.get(), TEST, records)));
    }

    private static byte[] batch(Path folder, String name, int records) {
        var path = DataFolder.require(folder, name);
        var bytes = FileBytes.read(path);
        requireValid(bytes, records, path.toString());
        return bytes;
    }

    private static Samples downloaded(String item, int records, Download download, List<Path> folders) {
        var bytes = Download.orExplain(download, "cifar10", item, "CIFAR-10", FILES, folders);
        requireValid(bytes, records, "the downloaded " + item);
        return samples(bytes);
    }

    private static void requireValid(byte[] bytes, int records, String name) {
        long expected = (long) records * RECORD;
        if (bytes.length != expected) {
            throw new IllegalArgumentException(name + ": expected " + expected + " bytes (" + records + " records of "
                    + RECORD + "), found " + bytes.length + "; the file is "
                    + (bytes.length < expected ? "truncated" : "wrongly sized")
                    + " or not of CIFAR-10's binary version, download it again");
        }
        for (int i = 0; i < records; i++) {
            int label = bytes[i * RECORD] & 0xff;
            if (label >= CLASSES.size()) {
                throw new IllegalArgumentException(name + ": expected classes between 0 and " + (CLASSES.size() - 1)
                        + ", found " + label + " at record " + i);
            }
        }
    }

    private static Samples samples(byte[] bytes) {
        int d = (int) SHAPE.size();
        int n = bytes.length / RECORD;
        var values = new float[n * d];
        var labels = new int[n];
        for (int i = 0; i < n; i++) {
            labels[i] = bytes[i * RECORD] & 0xff;
            for (int k = 0; k < d; k++) {
                values[i * d + k] = Grey.of(bytes[i * RECORD + 1 + k] & 0xff);
            }
        }
        return Samples.of(SHAPE, values).withLabels(labels, CLASSES);
    }
}
