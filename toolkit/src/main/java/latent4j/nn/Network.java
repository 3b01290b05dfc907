package latent4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
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

    /**
     * The shape that comes out for the shape that goes in.
     *
     * @throws IllegalArgumentException naming the layer that cannot take its input
     */
    public Shape output(Shape input) {
        var shapes = shapes(input);
        return shapes.get(shapes.size() - 1);
    }

    /** All weights, in the order in which the text reads them. */
    public List<Weight> weights(Shape input) {
        var shapes = shapes(input);
        var weights = new ArrayList<Weight>();
        for (int i = 0; i < layers.size(); i++) {
            int number = i;
            layers.get(i).weights(shapes.get(i), initialisation).stream()
                    .map(w -> new Weight(number + " " + w.name(), w.shape(), w.start(), w.trainable()))
                    .forEach(weights::add);
        }
        return weights;
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
        var shape = x.getShape().slice(1);
        int from = 0;
        for (var layer : layers) {
            int to = from + layer.weights(shape, initialisation).size();
            x = layer.apply(kernels, x, weights.subList(from, to), mode);
            shape = x.getShape().slice(1);
            from = to;
        }
        return x;
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
        var shapes = shapes(input);
        var text = new ForwardText(mode, precision);
        for (int i = 0; i < layers.size(); i++) {
            layers.get(i).write(text, shapes.get(i));
        }
        return text;
    }

    /** The shapes between the layers: the input's first, the output's last. */
    private List<Shape> shapes(Shape input) {
        var shapes = new ArrayList<Shape>();
        shapes.add(input);
        for (int i = 0; i < layers.size(); i++) {
            try {
                shapes.add(layers.get(i).output(shapes.get(i)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "layer " + i + " of " + layers.size() + ", " + layers.get(i) + ": " + e.getMessage(), e);
            }
        }
        return shapes;
    }
}
