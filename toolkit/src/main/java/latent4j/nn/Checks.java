package latent4j.nn;

import ai.djl.ndarray.types.Shape;

/** Refusals of a shape that name the layer, what it takes and what was found. */
final class Checks {

    private Checks() {}

    static void vector(String layer, Shape input) {
        if (input.dimension() != 1) {
            throw new IllegalArgumentException(
                    layer + " takes vectors (d), got shape " + input + "; put a Flatten before it");
        }
    }

    static void image(String layer, Shape input) {
        if (input.dimension() != 3) {
            throw new IllegalArgumentException(layer + " takes images (channels, height, width), got shape " + input
                    + "; put a Reshape before it");
        }
    }
}
