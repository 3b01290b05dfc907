package latent4j.data;

import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A named set of records, split into those to train on and those held out.
 *
 * <p>Values are checked once, here: a vector's must be finite, an image's in [0, 1].
 *
 * @param name what the set is, such as {@code digits}
 * @param train the records to train on
 * @param test the records held out
 * @param origin how it can be made again, which is known of the sets of {@link Datasets} only
 */
public record Dataset(String name, Samples train, Samples test, Optional<Origin> origin) {

    public Dataset {
        if (!train.shape().equals(test.shape())) {
            throw new IllegalArgumentException(
                    "train and test must have one shape, got " + train.shape() + " and " + test.shape());
        }
        train.requireValid(name + ", training records");
        test.requireValid(name + ", held-out records");
    }

    /** A set made of your own records, which cannot be made again by name. */
    public Dataset(String name, Samples train, Samples test) {
        this(name, train, test, Optional.empty());
    }

    /** Records with none held out. */
    public static Dataset of(Samples records) {
        return new Dataset("samples", records, records.head(0));
    }

    /**
     * Records of which a share is held out at random.
     *
     * @param heldOut the share, in [0, 1)
     * @param seed chooses what is held out
     */
    public static Dataset split(String name, Samples records, double heldOut, long seed) {
        var split = Split.of(records.size(), heldOut, seed);
        return new Dataset(name, records.rows(split.train()), records.rows(split.test()));
    }

    /**
     * Writes the set, with labels and factors, into one file that {@link Datasets#saved} reads: so your own records can be named in a
     * study, and a run on them repeated.
     */
    public void save(Path file) {
        DatasetFile.write(this, file);
    }

    /** The same set, known to be made by this method of {@link Datasets}. */
    Dataset madeBy(String method, Object... arguments) {
        return new Dataset(name, train, test, Optional.of(Origin.of(method, arguments)));
    }

    /** One record's shape. */
    public Shape shape() {
        return train.shape();
    }

    /** How many classes there are; 0 without labels. */
    public int classes() {
        return Math.max(train.classes(), test.classes());
    }

    /** SHA-256 in hexadecimal of both parts' {@linkplain Samples#hash() hashes}; the name does not count. */
    public String hash() {
        return Hash.sha256().text(train.hash()).text(test.hash()).hex();
    }

    @Override
    public String toString() {
        return name + ": " + train.size() + " to train on, " + test.size() + " held out, of shape " + shape()
                + (classes() == 0 ? "" : ", " + classes() + " classes");
    }
}
