package latent4j.loss;

import ai.djl.ndarray.NDArray;

/** How far predicted records are from the true ones, value by value. */
public final class AbsoluteError {

    private AbsoluteError() {}

    /**
     * E|y − ŷ|, the mean over all values and the batch: the L1 distance for each value, so that its weight beside a loss of
     * another kind does not depend on how large the pictures are. In the data's unit.
     *
     * @param truth y, [batch, shape…]
     * @param prediction ŷ, [batch, shape…]
     */
    public static NDArray mean(NDArray truth, NDArray prediction) {
        if (!truth.getShape().equals(prediction.getShape())) {
            throw new IllegalArgumentException(
                    "expected records of one shape, got " + truth.getShape() + " and " + prediction.getShape());
        }
        return truth.sub(prediction).abs().mean();
    }
}
