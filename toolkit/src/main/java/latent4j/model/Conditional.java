package latent4j.model;

import latent4j.data.Samples;

/** A model that makes records of an asked class. */
public interface Conditional extends Model {

    /** How many classes it knows. */
    int classes();

    /** {@code n} samples of a class, labelled with it; the same seed draws the same ones. */
    Samples draw(int n, int label, long seed);
}
