package latent4j.data;

/** The 256 grey levels of an 8-bit image as numbers in [0, 1]. */
final class Grey {

    private Grey() {}

    /** The level nearest to a value in [0, 1]: {@code k / 255}. */
    static float level(double value) {
        return of((int) (value * 255 + 0.5));
    }

    /** The number for a byte's value, 0 to 255. */
    static float of(int value) {
        return value / 255f;
    }
}
