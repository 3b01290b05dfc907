package latent4j.tensor;

/** A computation cannot be run as one call: it does what a {@link Trace} does not know, or something else than before. */
final class NotTraceable extends RuntimeException {

    private static final long serialVersionUID = 1;

    NotTraceable(String message) {
        super(message, null, false, false);
    }
}
