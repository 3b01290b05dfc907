package latent4j.nn;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import latent4j.tensor.Require;

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
     * Linear layers with leaky ReLU between them, as the networks that score have them.
     *
     * @param first what comes before them, such as {@link Flatten}
     */
    public static Net discriminator(Shape input, List<Layer> first, int outputs, int... hidden) {
        var layers = new ArrayList<>(first);
        for (int units : hidden) {
            layers.add(new Linear(units));
            layers.add(new LeakyRelu(0.2));
        }
        layers.add(new Linear(outputs));
        return new Net("discriminator", new Network(layers, new Initialisation.ByInputs()), input);
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
     * Convolutions with kernel 4 and stride 2, each halving height and width, then one with kernel 1: a vector for every place
     * of a coarse grid.
     *
     * @param outputs how many numbers each vector has
     * @param channels of each halving convolution
     */
    public static Net places(String name, Shape image, int outputs, int... channels) {
        var layers = new ArrayList<Layer>();
        for (int c : channels) {
            layers.add(halving(c));
            layers.add(Activation.RELU);
        }
        layers.add(new Convolution(outputs, 1, 1, 0));
        return new Net(name, new Network(layers, new Initialisation.ByInputs()), image);
    }

    /** The mirror image of {@link #places}: from vectors on a grid to an image of exactly the given shape. */
    public static Net placesDecoder(String name, Shape grid, Shape image, int... channels) {
        var sizes = halvedSizes(image, channels);
        var layers = new ArrayList<Layer>(
                List.of(new Convolution((int) sizes.get(channels.length).get(0), 1, 1, 0), Activation.RELU));
        for (int i = channels.length - 1; i >= 0; i--) {
            layers.add(doubling(sizes.get(i + 1), sizes.get(i)));
            if (i > 0) {
                layers.add(Activation.RELU);
            }
        }
        return new Net(name, new Network(layers, new Initialisation.ByInputs()), grid);
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
                List.of(new Linear(columns, false), new Affine(scale / Initialisation.Dcgan.DEVIATION, 0)));
        layers.addAll(List.of(then));
        return new Net(name, new Network(layers, new Initialisation.Dcgan()), new Shape(rows));
    }

    /**
     * Linear layers in residual blocks, from any shape to a vector: Linear(units), then blocks x + L(ReLU(L(ReLU(x)))).
     *
     * @param units of every layer between the first and the last
     * @param blocks how many, ≥ 1
     */
    public static Net residual(String name, Shape input, int outputs, int units, int blocks) {
        var layers = new ArrayList<Layer>();
        if (input.dimension() > 1) {
            layers.add(new Flatten());
        }
        layers.addAll(residualBlocks(outputs, units, blocks));
        return new Net(name, new Network(layers, new Initialisation.ByInputs()), input);
    }

    /** The mirror image of {@link #residual(String, Shape, int, int, int)}: from a vector to any shape. */
    public static Net residualDecoder(String name, int inputs, Shape output, int units, int blocks) {
        var layers = residualBlocks((int) output.size(), units, blocks);
        layers.add(new Reshape(output));
        return new Net(name, new Network(layers, new Initialisation.ByInputs()), new Shape(inputs));
    }

    private static List<Layer> residualBlocks(int outputs, int units, int blocks) {
        Require.atLeast("blocks", 1, blocks);
        var layers = new ArrayList<Layer>(List.of(new Linear(units)));
        for (int i = 0; i < blocks; i++) {
            layers.add(new Residual(Activation.RELU, new Linear(units), Activation.RELU, new Linear(units)));
        }
        layers.add(Activation.RELU);
        layers.add(new Linear(outputs));
        return layers;
    }

    /**
     * Convolutions with kernel 3 in residual blocks, each ending in an {@link AveragePool} that halves height and width
     * (rounded up), then one dense layer.
     *
     * @param channels of each block, at least one
     */
    public static Net residualConvolutional(String name, Shape image, int outputs, int... channels) {
        var sizes = pooledSizes(image, channels);
        var layers = new ArrayList<Layer>(List.of(new Convolution(channels[0], 3, 1, 1)));
        for (int i = 0; i < channels.length; i++) {
            int c = channels[i];
            layers.add(Residual.of(
                    sizes.get(i),
                    Activation.RELU,
                    new Convolution(c, 3, 1, 1),
                    Activation.RELU,
                    new Convolution(c, 3, 1, 1),
                    new AveragePool(2)));
        }
        layers.addAll(List.of(new Flatten(), Activation.RELU, new Linear(outputs)));
        return new Net(name, new Network(layers, new Initialisation.ByInputs()), image);
    }

    /**
     * The mirror image of {@link #residualConvolutional}: from a vector to an image of exactly the given shape, in blocks that
     * each begin with an {@link Upsample} to nearest pixels.
     */
    public static Net residualConvolutionalDecoder(String name, int inputs, Shape image, int... channels) {
        var sizes = pooledSizes(image, channels);
        var smallest = sizes.get(channels.length);
        var layers = new ArrayList<Layer>(List.of(new Linear((int) smallest.size()), new Reshape(smallest)));
        for (int i = channels.length - 1; i >= 0; i--) {
            int c = channels[Math.max(0, i - 1)];
            int height = (int) sizes.get(i).get(1);
            int width = (int) sizes.get(i).get(2);
            layers.add(Residual.of(
                    sizes.get(i + 1),
                    Activation.RELU,
                    new Upsample(height, width, false),
                    new Convolution(c, 3, 1, 1),
                    Activation.RELU,
                    new Convolution(c, 3, 1, 1)));
        }
        layers.addAll(List.of(Activation.RELU, new Convolution((int) image.get(0), 3, 1, 1)));
        return new Net(name, new Network(layers, new Initialisation.ByInputs()), new Shape(inputs));
    }

    /** What each of the residual blocks gets, and what the last one leaves. */
    private static List<Shape> pooledSizes(Shape image, int... channels) {
        Checks.image("a residual convolutional network", image);
        Require.atLeast("number of channels", 1, channels.length);
        var sizes = new ArrayList<Shape>(List.of(new Shape(channels[0], image.get(1), image.get(2))));
        for (int c : channels) {
            var halved = new AveragePool(2).output(sizes.get(sizes.size() - 1));
            sizes.add(new Shape(c, halved.get(1), halved.get(2)));
        }
        return sizes;
    }

    /**
     * A GRU's last state, then one dense layer: from sequences to vectors.
     *
     * @param sequence (steps, symbols)
     */
    public static Net recurrent(String name, Shape sequence, int outputs, int units) {
        return new Net(name, Network.of(new Gru(units, false), new Linear(outputs)), sequence);
    }

    /**
     * From a vector to a sequence: the vector at every step, a GRU over them, and one dense layer for each of its states.
     *
     * @param sequence (steps, symbols)
     */
    public static Net recurrentDecoder(String name, int inputs, Shape sequence, int units) {
        if (sequence.dimension() != 2) {
            throw new IllegalArgumentException("a recurrent decoder makes sequences (steps, symbols), got " + sequence);
        }
        return new Net(
                name,
                Network.of(
                        new Linear(units),
                        Activation.TANH,
                        new Repeat((int) sequence.get(0)),
                        new Gru(units, true),
                        new EachStep(new Linear((int) sequence.get(1)))),
                new Shape(inputs));
    }

    /**
     * From films to vectors: the same dense layer sees each frame, and another what it made of all of them; ReLU between them.
     *
     * @param film (frames, height, width)
     * @param eachFrame how many numbers the first layer makes of a frame
     */
    public static Net film(String name, Shape film, int outputs, int eachFrame, int dense) {
        return new Net(
                name,
                Network.of(
                        new EachStep(new Flatten(), new Linear(eachFrame), Activation.RELU),
                        new Flatten(),
                        new Linear(dense),
                        Activation.RELU,
                        new Linear(outputs)),
                film);
    }

    /**
     * From a vector to a film, by {@link ContentAndMotion}: {@code content} of its values stay, and a GRU makes a path of all
     * the others. The same linear layers, with ReLU between them, draw each frame from what stays and the path's state.
     *
     * @param motion how many values the path has for each frame
     * @param film (frames, height, width)
     * @param units the size of the GRU's state
     * @param hidden of the layers that draw
     */
    public static Net filmDecoder(String name, int content, int motion, Shape film, int units, int... hidden) {
        Require.atLeast("content", 1, content);
        Require.atLeast("motion", 1, motion);
        int frames = (int) film.get(0);
        // Noise that came in step by step would have to be learned to be left alone from the second step on.
        var path = List.<Layer>of(
                new Flatten(), new Linear(units), Activation.TANH, new Repeat(frames), new Gru(units, true));
        var frame = new ArrayList<Layer>();
        for (int width : hidden) {
            frame.add(new Linear(width));
            frame.add(Activation.RELU);
        }
        frame.add(new Linear((int) (film.size() / frames)));
        return new Net(
                name,
                Network.of(new ContentAndMotion(content, frames, path), new EachStep(frame), new Reshape(film)),
                new Shape(content + (long) frames * motion));
    }

    /**
     * A U-Net from images to images of the same height and width (Ronneberger et al. 2015; as in Isola et al. 2017, with
     * stride 2 on the way down and transposed convolutions on the way up): at each size, what comes back up from the smaller
     * sizes is put beside what went down. Instance normalisation, but none where a single pixel is left.
     *
     * @param outputs how many channels the result has; it may have any values
     * @param channels at the full size and at each size half of the one before, at least one
     */
    public static Net unet(String name, Shape image, int outputs, int... channels) {
        Checks.image("a U-Net", image);
        Require.atLeast("number of channels", 1, channels.length);
        var layers = new ArrayList<Layer>(List.of(new Convolution(channels[0], 3, 1, 1), new LeakyRelu(0.2)));
        if (channels.length > 1) {
            layers.add(downAndUp(new Shape(channels[0], image.get(1), image.get(2)), channels, 1));
        }
        layers.add(new Convolution(outputs, 3, 1, 1));
        return new Net(name, new Network(layers, new Initialisation.ByInputs()), image);
    }

    private static Skip downAndUp(Shape shape, int[] channels, int level) {
        var layers = new ArrayList<Layer>(List.of(halving(channels[level])));
        var smaller = layers.get(0).output(shape);
        if (smaller.get(1) * smaller.get(2) > 1) {
            layers.add(new InstanceNorm());
        }
        layers.add(new LeakyRelu(0.2));
        if (level + 1 < channels.length) {
            layers.add(downAndUp(smaller, channels, level + 1));
        }
        var from = new Chain(layers).output(shape);
        layers.addAll(List.of(doubling(from, shape), new InstanceNorm(), Activation.RELU));
        return new Skip(layers);
    }

    /** A convolution with kernel 4, stride 2 and padding 1. */
    public static Layer halving(int channels) {
        return new Convolution(channels, 4, 2, 1);
    }

    /** The transposed convolution with kernel 4, stride 2 and padding 1 between two sizes of {@link #halvedSizes}. */
    public static Layer doubling(Shape from, Shape to) {
        return TransposedConvolution.to((int) to.get(0), 4, 2, 1, from, to.get(1), to.get(2));
    }

    /**
     * DCGAN's convolutions, which a discriminator begins with: to {@code channels} and twice as many, flattened.
     *
     * @param second what normalises the second, such as {@link BatchNorm}; none where each example's score is to be its own
     */
    public static List<Layer> dcganDown(int channels, Layer... second) {
        var layers = new ArrayList<Layer>(List.of(halving(channels), new LeakyRelu(0.2), halving(2 * channels)));
        layers.addAll(List.of(second));
        // flat before it: its gradients come in another order than images, which is slow for what lies after it
        layers.addAll(List.of(new Flatten(), new LeakyRelu(0.2)));
        return layers;
    }

    /** DCGAN's transposed convolutions, which a generator ends with, from a vector to an image of exactly the given shape. */
    public static List<Layer> dcganUp(Shape image, int channels) {
        var sizes = halvedSizes(image, channels, 2 * channels);
        return List.of(
                new Linear((int) sizes.get(2).size()),
                new Reshape(sizes.get(2)),
                new BatchNorm(),
                Activation.RELU,
                doubling(sizes.get(2), sizes.get(1)),
                new BatchNorm(),
                Activation.RELU,
                doubling(sizes.get(1), sizes.get(0)));
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
