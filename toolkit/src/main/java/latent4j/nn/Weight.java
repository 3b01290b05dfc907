package latent4j.nn;

import ai.djl.ndarray.types.Shape;

/**
 * An array that a layer owns.
 *
 * @param name what it is, such as {@code weight} or {@code running mean}
 * @param shape its shape
 * @param start how it is filled at first
 * @param trainable whether an optimiser moves it; a running statistic is not trainable
 */
public record Weight(String name, Shape shape, Start start, boolean trainable) {

    static Weight trainable(String name, Shape shape, Start start) {
        return new Weight(name, shape, start, true);
    }

    /** The same under another name. */
    Weight named(String other) {
        return new Weight(other, shape, start, trainable);
    }

    static Weight statistic(String name, Shape shape, double value) {
        return new Weight(name, shape, new Start.Constant(value), false);
    }
}
