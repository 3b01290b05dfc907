package latent4j.model.gan;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import latent4j.nn.Activation;
import latent4j.nn.Affine;
import latent4j.nn.BatchNorm;
import latent4j.nn.Flatten;
import latent4j.nn.Initialisation;
import latent4j.nn.Layer;
import latent4j.nn.LeakyRelu;
import latent4j.nn.Linear;
import latent4j.nn.Net;
import latent4j.nn.Nets;
import latent4j.nn.Network;
import latent4j.nn.Reshape;
import latent4j.tensor.Require;

/**
 * Generators and discriminators that fit themselves to the data's shape. Images have values in [0, 1]: a generator ends
 * in (tanh + 1)/2, and a discriminator begins by taking them to [−1, 1]. Vectors are any real numbers.
 */
final class GanNets {

    private GanNets() {}

    static Net mlpGenerator(int latent, Shape shape, int units, int hidden) {
        return generator(latent, shape, hidden, List.of(new Linear(units), Activation.RELU));
    }

    /** Linear layers, each followed by batch normalisation and ReLU. */
    static Net normalisedGenerator(int latent, Shape shape, int units, int hidden) {
        return generator(latent, shape, hidden, List.of(new Linear(units), new BatchNorm(), Activation.RELU));
    }

    private static Net generator(int latent, Shape shape, int hidden, List<Layer> each) {
        Require.atLeast("latent", 1, latent);
        var layers = new ArrayList<Layer>();
        for (int i = 0; i < hidden; i++) {
            layers.addAll(each);
        }
        layers.add(new Linear((int) shape.size()));
        layers.add(new Reshape(shape));
        layers.addAll(toRange(shape));
        return new Net("generator", new Network(layers, new Initialisation.ByInputs()), new Shape(latent));
    }

    static Net mlpDiscriminator(Shape shape, int units, int hidden) {
        return mlpDiscriminator(shape, 1, units, hidden);
    }

    /** One with several outputs, such as a score and the logits of classes. */
    static Net mlpDiscriminator(Shape shape, int outputs, int units, int hidden) {
        var layers = new ArrayList<Layer>(fromRange(shape));
        layers.add(new Flatten());
        return leaky(layers, shape, outputs, units, hidden);
    }

    /** One of a record, flattened, with {@code beside} further values beside it. */
    static Net mlpDiscriminatorBeside(Shape shape, int beside, int units, int hidden) {
        return leaky(new ArrayList<>(fromRange(shape)), new Shape(shape.size() + beside), 1, units, hidden);
    }

    private static Net leaky(List<Layer> first, Shape input, int outputs, int units, int hidden) {
        return Nets.discriminator(
                input,
                first,
                outputs,
                IntStream.generate(() -> units).limit(hidden).toArray());
    }

    /**
     * A discriminator that puts its input out again: one hidden layer, a code and back. It ends in a linear layer also where
     * values have a range: where a sigmoid has saturated no gradient is left that could make the error of samples larger.
     */
    static Net mlpAutoencoder(Shape shape, int units, int code) {
        var layers = new ArrayList<Layer>(fromRange(shape));
        layers.addAll(List.of(
                new Flatten(),
                new Linear(units),
                new LeakyRelu(0.2),
                new Linear(code),
                new Linear((int) shape.size()),
                new Reshape(shape)));
        return new Net("discriminator", new Network(layers, new Initialisation.ByInputs()), shape);
    }

    /** Linear layers of {@code units}, if any, and then DCGAN's. */
    static Net convolutionalGenerator(int latent, Shape image, int channels, int... units) {
        Require.atLeast("latent", 1, latent);
        var layers = new ArrayList<Layer>();
        for (int u : units) {
            layers.addAll(List.of(new Linear(u), new BatchNorm(), Activation.RELU));
        }
        layers.addAll(Nets.dcganUp(image, channels));
        layers.addAll(toRange(image));
        return new Net("generator", new Network(layers, new Initialisation.Dcgan()), new Shape(latent));
    }

    static Net convolutionalDiscriminator(Shape image, int channels) {
        return convolutionalDiscriminator(image, 1, channels);
    }

    /** One with several outputs, such as a score and the logits of classes, and linear layers before them. */
    static Net convolutionalDiscriminator(Shape image, int outputs, int channels, int... units) {
        var layers = new ArrayList<Layer>(fromRange(image));
        layers.addAll(Nets.dcganDown(channels, new BatchNorm()));
        for (int u : units) {
            layers.addAll(List.of(new Linear(u), new BatchNorm(), new LeakyRelu(0.2)));
        }
        layers.add(new Linear(outputs));
        return new Net("discriminator", new Network(layers, new Initialisation.Dcgan()), image);
    }

    /** The same without batch normalisation, so that each example's score is its own. */
    static Net convolutionalCritic(Shape image, int channels) {
        var layers = new ArrayList<Layer>(fromRange(image));
        layers.addAll(List.of(
                Nets.halving(channels),
                new LeakyRelu(0.2),
                Nets.halving(2 * channels),
                new Flatten(), // its gradients come in another order than images', which is slow for what lies after it
                new LeakyRelu(0.2),
                new Linear(1)));
        return new Net("discriminator", new Network(layers, new Initialisation.Dcgan()), image);
    }

    /** Residual blocks that double height and width, one for each of {@code channels}. */
    static Net residualGenerator(int latent, Shape image, int... channels) {
        Require.atLeast("latent", 1, latent);
        var net = Nets.residualConvolutionalDecoder("generator", latent, image, channels);
        var layers = new ArrayList<>(net.network().orElseThrow().layers());
        layers.addAll(toRange(image));
        return net.with(net.network().orElseThrow().layers(layers), net.input());
    }

    /** Residual blocks that halve height and width, one for each of {@code channels}, without normalisation. */
    static Net residualCritic(Shape image, int... channels) {
        var net = Nets.residualConvolutional("discriminator", image, 1, channels);
        var layers = new ArrayList<Layer>(fromRange(image));
        layers.addAll(net.network().orElseThrow().layers());
        return net.with(net.network().orElseThrow().layers(layers), image);
    }

    /** Refuses a critic whose scores of one batch depend on each other, for a penalty on the slope of each. */
    static void requireOwnScores(Net critic) {
        if (critic.mixesExamples()) {
            throw new IllegalArgumentException(
                    "the critic '" + critic.name() + "' makes an example's score depend on the"
                            + " others of its batch, as batch normalisation and packing do: the penalty is on the slope of each"
                            + " example's own score (Gulrajani et al. 2017, section 4). Leave such layers out of it");
        }
    }

    private static List<Layer> toRange(Shape shape) {
        return isImage(shape) ? List.of(Activation.TANH, new Affine(0.5, 0.5)) : List.of();
    }

    private static List<Layer> fromRange(Shape shape) {
        return isImage(shape) ? List.of(new Affine(2, -1)) : List.of();
    }

    private static boolean isImage(Shape shape) {
        return shape.dimension() == 3;
    }
}
