package latent4j.nn;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * One layer of a network, as a value: from it follow the output's shape, the weights and the text of
 * the forward pass. Shapes are those of one example, without the batch.
 */
public sealed interface Layer
        permits Activation, Affine, BatchNorm, Convolution, Flatten, LeakyRelu, Linear, Reshape, TransposedConvolution {

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

    /** Adds the layer to the text of a forward pass. */
    void write(ForwardText text, Shape input);
}
