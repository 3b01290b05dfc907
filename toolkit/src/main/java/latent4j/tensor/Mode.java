package latent4j.tensor;

/** How networks behave: what normalisation uses. */
public enum Mode {
    /** The batch's statistics, which running averages follow. */
    TRAINING,
    /** The batch's statistics, which leave no trace. */
    MEASURING,
    /** The running averages, which stay as they are. */
    EVALUATION
}
