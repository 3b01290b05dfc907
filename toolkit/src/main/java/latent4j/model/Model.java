package latent4j.model;

import ai.djl.ndarray.types.Shape;
import latent4j.data.Samples;

/** A generative model. */
public interface Model {

    /** One record's shape: {@code (channels, height, width)} for images, {@code (d)} for vectors. */
    Shape shape();

    /** {@code n} samples; the same seed draws the same ones. */
    Samples draw(int n, long seed);
}
