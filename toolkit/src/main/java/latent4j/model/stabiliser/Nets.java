package latent4j.model.stabiliser;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.nn.Activation;
import latent4j.nn.Layer;
import latent4j.nn.LeakyRelu;
import latent4j.nn.Linear;
import latent4j.nn.Net;
import latent4j.nn.Network;
import latent4j.nn.Product;
import latent4j.nn.SpectralNorm;

/** What several stabilisers ask of a game's networks, and how they change one. */
final class Nets {

    private Nets() {}

    /** The output of a hidden layer: after which of a network's layers it stands, and its shape. */
    record Hidden(int after, Shape shape) {}

    /** For a penalty on slopes: a slope of an example's score is defined only where the score is the example's own. */
    static Optional<String> unlessExamplesAreTheirOwn(GenerativeAdversarialNetwork game) {
        return game.discriminator().mixesExamples()
                ? Optional.of(
                        "its discriminator makes an example's score depend on the others of its batch, and the penalty"
                                + " is on the slope of each example's own score")
                : Optional.empty();
    }

    static Optional<String> unlessMadeOfLayers(Net net) {
        return net.network().isEmpty()
                ? Optional.of("its " + net.name() + " is a foreign DJL block, whose layers are not known")
                : Optional.empty();
    }

    static Optional<String> unlessBothAreMadeOfLayers(GenerativeAdversarialNetwork game) {
        return unlessMadeOfLayers(game.generator()).or(() -> unlessMadeOfLayers(game.discriminator()));
    }

    /** For a further feature of a batch: it goes before a last linear layer. */
    static Optional<String> unlessItEndsInALinearLayer(Net net) {
        return unlessMadeOfLayers(net).or(() -> {
            if (net.output().equals(net.input())) {
                return Optional.of("its " + net.name() + " is an autoencoder, whose last layer puts out no score");
            }
            var layers = layers(net);
            var last = layers.get(layers.size() - 1);
            return last instanceof Linear || last instanceof SpectralNorm norm && norm.product() instanceof Linear
                    ? Optional.empty()
                    : Optional.of(
                            "its " + net.name() + " does not end in a linear layer, which could take one more feature");
        });
    }

    static List<Layer> layers(Net net) {
        return net.network().orElseThrow().layers();
    }

    /** A net with other layers over the same input. */
    static Net changed(Net net, UnaryOperator<Network> change) {
        return net.with(change.apply(net.network().orElseThrow()), net.input());
    }

    /** A net with one more layer at a place. */
    static Net inserted(Net net, int place, Layer layer) {
        return changed(net, network -> {
            var layers = new ArrayList<>(network.layers());
            layers.add(place, layer);
            return network.layers(layers);
        });
    }

    static boolean isProduct(Layer layer) {
        return layer instanceof Product || layer instanceof SpectralNorm;
    }

    /** The outputs of a net's hidden layers: of activations that have a product before and after them. */
    static List<Hidden> hidden(Net net) {
        var layers = layers(net);
        var found = new ArrayList<Hidden>();
        var shape = net.input();
        boolean begun = false;
        for (int i = 0; i < layers.size(); i++) {
            shape = layers.get(i).output(shape);
            begun |= isProduct(layers.get(i));
            boolean activation = layers.get(i) instanceof Activation || layers.get(i) instanceof LeakyRelu;
            if (begun
                    && activation
                    && layers.subList(i + 1, layers.size()).stream().anyMatch(Nets::isProduct)) {
                found.add(new Hidden(i, shape));
            }
        }
        return found;
    }
}
