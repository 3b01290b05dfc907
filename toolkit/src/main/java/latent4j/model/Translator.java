package latent4j.model;

import ai.djl.ndarray.types.Shape;
import latent4j.data.Samples;

/** A model that turns each record into another one: a picture into its other view, a masked one into a whole. */
public interface Translator extends Model {

    /**
     * What each record becomes, with the records' labels and factors.
     *
     * @param sources records of shape {@link #source}
     * @param seed of what is random in it; the same seed gives the same
     */
    Samples translate(Samples sources, long seed);

    /** The shape of the records that it takes. */
    Shape source();

    /** A translator makes nothing out of nothing. */
    @Override
    default Samples draw(int n, long seed) {
        throw new UnsupportedOperationException(
                "this model translates records and draws none: translate(sources, seed)");
    }
}
