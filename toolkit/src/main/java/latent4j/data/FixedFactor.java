package latent4j.data;

/** Draws records that share one factor of variation, such as {@code DrawnDigits::withOneFixed}. */
public interface FixedFactor {

    /** {@code n} records with one random value of this factor in common, all else random; the same seed draws the same ones. */
    Samples draw(String factor, int n, long seed);
}
