package latent4j.nn;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/** Encoders and decoders that fit themselves to the data's shape. */
public final class Nets {

    private Nets() {}

    /** Linear layers with ReLU between them, from any shape to a vector. */
    public static Net mlp(String name, Shape input, int outputs, int... hidden) {
        var layers = new ArrayList<Layer>();
        if (input.dimension() > 1) {
            layers.add(new Flatten());
        }
        for (int units : hidden) {
            layers.add(new Linear(units));
            layers.add(Activation.RELU);
        }
        layers.add(new Linear(outputs));
        return new Net(name, new Network(layers, new Initialisation.ByInputs()), input);
    }

    /** Linear layers with ReLU between them, from a vector to any shape. */
    public static Net mlpDecoder(String name, int inputs, Shape output, int... hidden) {
        var layers = new ArrayList<Layer>();
        for (int units : hidden) {
            layers.add(new Linear(units));
            layers.add(Activation.RELU);
        }
        layers.add(new Linear((int) output.size()));
        layers.add(new Reshape(output));
        return new Net(name, new Network(layers, new Initialisation.ByInputs()), new Shape(inputs));
    }

    /**
     * Convolutions with kernel 4 and stride 2, each halving height and width, then one dense layer; ReLU between them.
     *
     * @param channels of each convolution
     */
    public static Net convolutional(String name, Shape image, int outputs, int dense, int... channels) {
        var layers = new ArrayList<Layer>();
        for (int c : channels) {
            layers.add(halving(c));
            layers.add(Activation.RELU);
        }
        // Before the last activation: flattened gradients come in another order than those of images, and where both
        // orders meet the engine is slow.
        layers.add(channels.length == 0 ? 0 : layers.size() - 1, new Flatten());
        layers.add(new Linear(dense));
        layers.add(Activation.RELU);
        layers.add(new Linear(outputs));
        return new Net(name, new Network(layers, new Initialisation.ByInputs()), image);
    }

    /** The mirror image of {@link #convolutional}: from a vector to an image of exactly the given shape. */
    public static Net convolutionalDecoder(String name, int inputs, Shape image, int dense, int... channels) {
        var sizes = halvedSizes(image, channels);
        var smallest = sizes.get(sizes.size() - 1);
        var layers = new ArrayList<Layer>(List.of(
                new Linear(dense),
                Activation.RELU,
                new Linear((int) smallest.size()),
                Activation.RELU,
                new Reshape(smallest)));
        for (int i = channels.length - 1; i >= 0; i--) {
            layers.add(doubling(sizes.get(i + 1), sizes.get(i)));
            if (i > 0) {
                layers.add(Activation.RELU);
            }
        }
        return new Net(name, new Network(layers, new Initialisation.ByInputs()), new Shape(inputs));
    }

    /**
     * Numbers without an input, such as a codebook: the rows of a matrix, chosen by one-hot vectors. It starts from N(0,
     * scale²).
     *
     * @param rows how many one-hot inputs there are
     * @param columns how many numbers each row has
     * @param then what else happens to a row
     */
    public static Net table(String name, int rows, int columns, double scale, Layer... then) {
        // Its steps grow with the scale, as an optimiser moves every weight by about its learning rate.
        var layers = new ArrayList<Layer>(
                List.of(new Linear(columns), new Affine(scale / Initialisation.Dcgan.DEVIATION, 0)));
        layers.addAll(List.of(then));
        return new Net(name, new Network(layers, new Initialisation.Dcgan()), new Shape(rows));
    }

    /** A convolution with kernel 4, stride 2 and padding 1. */
    public static Layer halving(int channels) {
        return new Convolution(channels, 4, 2, 1);
    }

    /** The transposed convolution with kernel 4, stride 2 and padding 1 between two sizes of {@link #halvedSizes}. */
    public static Layer doubling(Shape from, Shape to) {
        return TransposedConvolution.to((int) to.get(0), 4, 2, 1, from, to.get(1), to.get(2));
    }

    /** The image's shape, and the shapes after each of the halving convolutions. */
    public static List<Shape> halvedSizes(Shape image, int... channels) {
        Checks.image("a convolutional network", image);
        var sizes = new ArrayList<Shape>(List.of(image));
        for (int c : channels) {
            sizes.add(halving(c).output(sizes.get(sizes.size() - 1)));
        }
        return sizes;
    }
}
