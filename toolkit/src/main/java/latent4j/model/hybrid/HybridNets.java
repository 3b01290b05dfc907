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

/** What a discriminator makes of a record before it looks at the rest; images are taken from [0, 1] to [−1, 1] first. */
final class HybridNets {

    private HybridNets() {}

    /** One linear layer: [batch, shape…] to [batch, units]. */
    static Net features(Shape shape, int units) {
        return features(
                shape, List.of(new Flatten(), new Linear(units), new LeakyRelu(0.2)), new Initialisation.ByInputs());
    }

    /**
     * Two halving convolutions, as in DCGAN's discriminator, and one linear layer: [batch, image…] to [batch, units]. So few
     * features that a code beside them is not lost among them.
     */
    static Net convolutionalFeatures(Shape image, int channels, int units) {
        return features(
                image,
                List.of(
                        Nets.halving(channels),
                        new LeakyRelu(0.2),
                        Nets.halving(2 * channels),
                        new BatchNorm(),
                        new Flatten(),
                        new LeakyRelu(0.2),
                        new Linear(units),
                        new LeakyRelu(0.2)),
                new Initialisation.ByInputs());
    }

    private static Net features(Shape shape, List<Layer> layers, Initialisation initialisation) {
        var all = new ArrayList<Layer>();
        if (shape.dimension() == 3) {
            all.add(new Affine(2, -1));
        }
        all.addAll(layers);
        return new Net("features", new Network(all, initialisation), shape);
    }

    /** Linear layers with leaky ReLU between them: [batch, inputs] to one score each. */
    static Net discriminator(int inputs, int... hidden) {
        var layers = new ArrayList<Layer>();
        for (int units : hidden) {
            layers.add(new Linear(units));
            layers.add(new LeakyRelu(0.2));
        }
        layers.add(new Linear(1));
        return new Net("discriminator", new Network(layers, new Initialisation.ByInputs()), new Shape(inputs));
    }
}
