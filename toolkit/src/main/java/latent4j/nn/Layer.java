package latent4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.UnaryOperator;
import latent4j.tensor.Kernels;
import latent4j.tensor.Mode;

/**
 * One layer of a network, as a value: from it follow the output's shape, the weights and the text of
 * the forward pass. Shapes are those of one example, without the batch.
 */
public sealed interface Layer
        permits Activation,
                Affine,
                AveragePool,
                BatchNorm,
                ContentAndMotion,
                EachStep,
                Flatten,
                GlobalPool,
                Gru,
                InstanceNorm,
                LayerNorm,
                LeakyRelu,
                MinibatchDiscrimination,
                MinibatchStandardDeviation,
                Pack,
                Product,
                Repeat,
                Reshape,
                Residual,
                SelfAttention,
                Skip,
                Softmax,
                SpectralNorm,
                Upsample {

    /**
     * The shape that comes out for the shape that goes in.
     *
     * @throws IllegalArgumentException if the layer cannot take this shape
     */
    default Shape output(Shape input) {
        return input;
    }

    /** What the layer learns or remembers, in the order in which its text reads it. */
    default List<Weight> weights(Shape input, Initialisation initialisation) {
        return List.of();
    }

    /** Whether in training one example's output depends on the others of its batch. */
    default boolean mixesExamples() {
        return false;
    }

    /** What {@code change} makes of the layer, after it was applied to the layers inside, see {@link Network#changed}. */
    default Layer changed(UnaryOperator<Layer> change) {
        return change.apply(this);
    }

    /** Adds the layer to the text of a forward pass. */
    void write(ForwardText text, Shape input);

    /**
     * What the text computes, by the kernels one by one.
     *
     * @param x [batch, shape…]
     * @param weights the layer's own, in the order of {@link #weights}
     */
    NDArray apply(Kernels kernels, NDArray x, List<NDArray> weights, Mode mode);
}
