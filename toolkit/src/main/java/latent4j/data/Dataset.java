package latent4j.data;

import ai.djl.ndarray.types.Shape;

/**
 * A named set of records, split into those to train on and those held out.
 *
 * <p>Values are checked once, here: a vector's must be finite, an image's in [0, 1].
 *
 * @param name what the set is, such as {@code digits}
 * @param train the records to train on
 * @param test the records held out
 */
public record Dataset(String name, Samples train, Samples test) {

    public Dataset {
        if (!train.shape().equals(test.shape())) {
            throw new IllegalArgumentException(
                    "train and test must have one shape, got " + train.shape() + " and " + test.shape());
        }
        train.requireValid(name + ", training records");
        test.requireValid(name + ", held-out records");
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
