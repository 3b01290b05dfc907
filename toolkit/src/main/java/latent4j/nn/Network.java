package latent4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import latent4j.tensor.Kernels;
import latent4j.tensor.Mode;

/**
 * A network as a value: its layers in order and how their weights start. The shapes of its weights, the
 * text of its forward pass, its JSON and its weights for a seed all follow from this.
 */
public record Network(List<Layer> layers, Initialisation initialisation) {

    public Network {
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("a network needs at least one layer");
        }
        layers = List.copyOf(layers);
    }

    /** A network of these layers with PyTorch's default initialisation. */
    public static Network of(Layer... layers) {
        return new Network(Arrays.asList(layers), new Initialisation.ByInputs());
    }

    /** The same layers with another initialisation. */
    public Network initialised(Initialisation initialisation) {
        return new Network(layers, initialisation);
    }

    /** Other layers, initialised in the same way. */
    public Network layers(List<Layer> others) {
        return new Network(others, initialisation);
    }

    /**
     * The network with every layer exchanged for what {@code change} makes of it, also those inside of others: first the
     * inner ones, then the layer that holds them.
     */
    public Network changed(UnaryOperator<Layer> change) {
        return layers(chain().changed(change).layers());
    }

    /**
     * The shape that comes out for the shape that goes in.
     *
     * @throws IllegalArgumentException naming the layer that cannot take its input
     */
    public Shape output(Shape input) {
        return chain().output(input);
    }

    /** All weights, in the order in which the text reads them. */
    public List<Weight> weights(Shape input) {
        return chain().weights(input, initialisation);
    }

    /** Whether in training one example's output depends on the others of its batch, as batch normalisation makes it. */
    public boolean mixesExamples() {
        return chain().mixesExamples();
    }

    /** The layers before the last product: what they leave are the network's features. */
    int featureLayers() {
        for (int i = layers.size() - 1; i >= 0; i--) {
            if (layers.get(i) instanceof Product || layers.get(i) instanceof SpectralNorm) {
                return i;
            }
        }
        throw new IllegalStateException("none of the layers " + layers + " is a product (Linear, Convolution,"
                + " TransposedConvolution), before which the features are");
    }

    /** The layers from one (inclusive) to another (exclusive), as a network of their own; with none, it does nothing. */
    Network part(int from, int to) {
        return from == to ? layers(List.of(new Affine(1, 0))) : layers(layers.subList(from, to));
    }

    /** The TorchScript text: a method {@code (x, weights) -> y} for each {@link Mode}, and for training in bfloat16. */
    public String text(Shape input) {
        var inFloat32 = Arrays.stream(Mode.values()).map(mode -> forward(input, mode, Precision.FLOAT32));
        return Stream.concat(inFloat32, Stream.of(forward(input, Mode.TRAINING, Precision.BFLOAT16)))
                .map(ForwardText::method)
                .collect(Collectors.joining("\n"));
    }

    /**
     * What the text computes, layer by layer.
     *
     * @param x [batch, input…]
     * @param weights all weights, in the order of {@link #weights}
     */
    public NDArray apply(Kernels kernels, NDArray x, List<NDArray> weights, Mode mode) {
        return chain().apply(kernels, x, weights, mode);
    }

    /** The name of the method for a mode and a precision. */
    static String method(Mode mode, Precision precision) {
        return (mode + (precision == Precision.FLOAT32 ? "" : "_" + precision)).toLowerCase(Locale.ROOT);
    }

    /** The TorchScript text of {@code forward(x)} for use, in a module that owns its weights. */
    String ownedText(Shape input, UnaryOperator<String> last) {
        return forward(input, Mode.EVALUATION, Precision.FLOAT32).ownedForward(last);
    }

    private ForwardText forward(Shape input, Mode mode, Precision precision) {
        var text = new ForwardText(mode, precision);
        chain().write(text, input);
        return text;
    }

    private Chain chain() {
        return new Chain(layers);
    }
}
