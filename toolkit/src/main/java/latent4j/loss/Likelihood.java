package latent4j.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** p(x|z) as a function of what a decoder puts out; it decides the reconstruction loss. */
public interface Likelihood {

    /** The shape that a decoder must put out for records of a shape: this shape, where each value has one parameter. */
    default Shape outputs(Shape shape) {
        return shape;
    }

    /**
     * log p(x|z).
     *
     * @param x [batch, shape…]
     * @param output the decoder's output, [batch, {@link #outputs outputs(shape)}…]
     * @return [batch], nats: the sum over dimensions
     */
    NDArray logLikelihood(NDArray x, NDArray output);

    /** E[x|z], the picture that is shown; [batch, shape…]. */
    NDArray mean(NDArray output);

    /** {@link #mean} as a TorchScript expression, for models that are exported. */
    String meanText(String output);
}
