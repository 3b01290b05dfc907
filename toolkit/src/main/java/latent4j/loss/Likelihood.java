package latent4j.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** p(x|z) as a function of what a decoder puts out; it decides the reconstruction loss. */
public interface Likelihood {

    /** What a likelihood's numbers are; those of different kinds never compare. */
    enum Scale {
        /** log P(x) of a value among countably many: never above 0, and in bits what a code of the record needs. */
        PROBABILITY,
        /** The logarithm of a density of real values: it depends on their unit and may be above 0. */
        DENSITY,
        /** A density in some values and a probability in others. */
        DENSITY_AND_PROBABILITY,
        /** No distribution of such records: a score that compares only with that of the same formula. */
        SCORE
    }

    /**
     * What {@link #logLikelihood} is of a record like this one; a score, unless a likelihood says more.
     *
     * @param shape one record's shape
     * @param record its values, row-major
     */
    default Scale scale(Shape shape, float[] record) {
        return Scale.SCORE;
    }

    /** How many values a record of a shape has, by which bits per dimension divide. */
    default long dimensions(Shape shape) {
        return shape.size();
    }

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
