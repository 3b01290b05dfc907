package latent4j.data;

import ai.djl.ndarray.types.Shape;

/**
 * A named set of records, split into those to train on and those held out.
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
    }

    /** One record's shape. */
    public Shape shape() {
        return train.shape();
    }
}
