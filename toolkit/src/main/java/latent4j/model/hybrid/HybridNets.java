package latent4j.model.hybrid;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
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
import latent4j.tensor.Require;

/** What a discriminator makes of a record before it looks at the rest; images are taken from [0, 1] to [−1, 1] first. */
final class HybridNets {

    private HybridNets() {}

    /** One linear layer: [batch, shape…] to [batch, units]. */
    static Net features(Shape shape, int units) {
        var layers = new ArrayList<Layer>();
        if (shape.dimension() == 3) {
            layers.add(new Affine(2, -1));
        }
        layers.addAll(List.of(new Flatten(), new Linear(units), new LeakyRelu(0.2)));
        return new Net("features", new Network(layers, new Initialisation.ByInputs()), shape);
    }

    /**
     * Two halving convolutions, as in DCGAN's discriminator, and one linear layer: [batch, image…] to [batch, units]. So few
     * features that a code beside them is not lost among them.
     */
    static Net convolutionalFeatures(Shape image, int channels, int units) {
        var layers = convolutions(image, channels);
        layers.addAll(List.of(new Linear(units), new LeakyRelu(0.2)));
        return new Net("features", new Network(layers, new Initialisation.ByInputs()), image);
    }

    /**
     * The same convolutions and a linear layer whose outputs are normalised: codes begin with the prior's mean and variance, and
     * have to learn only what goes with what.
     */
    static Net convolutionalEncoder(Shape image, int latent, int channels) {
        Require.atLeast("latent", 1, latent);
        var layers = convolutions(image, channels);
        layers.addAll(List.of(new Linear(latent), new BatchNorm()));
        return new Net("encoder", new Network(layers, new Initialisation.ByInputs()), image);
    }

    private static List<Layer> convolutions(Shape image, int channels) {
        var layers = new ArrayList<Layer>(List.of(new Affine(2, -1)));
        layers.addAll(Nets.dcganDown(channels, new BatchNorm()));
        return layers;
    }

    /** Linear layers with leaky ReLU between them: [batch, inputs] to one score each. */
    static Net discriminator(int inputs, int... hidden) {
        return Nets.discriminator(new Shape(inputs), List.of(), 1, hidden);
    }
}
