package latent4j.data;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The four IDX files of a set in MNIST's layout. */
final class IdxFolder {

    static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
    static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
    static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
    static final String TEST_LABELS = "t10k-labels-idx1-ubyte";
    static final List<String> FILES = List.of(TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS);

    private IdxFolder() {}

    /** A file's content and where it came from. */
    record Content(String name, byte[] bytes) {}

    /** All four files, plain or gzipped. */
    static Map<String, Content> read(Path folder) {
        var contents = new LinkedHashMap<String, Content>();
        for (var file : FILES) {
            var path = DataFolder.require(folder, file);
            contents.put(file, new Content(path.toString(), FileBytes.read(path)));
        }
        return contents;
    }

    /** The set that the files hold, with labels below {@code classes}. */
    static Dataset dataset(String name, Map<String, Content> contents, int classes) {
        return new Dataset(
                name,
                part(contents.get(TRAIN_IMAGES), contents.get(TRAIN_LABELS), classes),
                part(contents.get(TEST_IMAGES), contents.get(TEST_LABELS), classes));
    }

    private static Samples part(Content images, Content labels, int classes) {
        return Idx.labelled(
                Idx.images(images.bytes(), images.name()),
                images.name(),
                Idx.labels(labels.bytes(), classes, labels.name()),
                labels.name());
    }
}
