package latent4j.model.stabiliser;

import java.util.List;
import java.util.Optional;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.nn.Layer;
import latent4j.nn.Net;
import latent4j.nn.Network;

/** What several stabilisers ask of a discriminator, and how they change one. */
final class Discriminators {

    private Discriminators() {}

    /** For a penalty on slopes: a slope of an example's score is defined only where the score is the example's own. */
    static Optional<String> unlessExamplesAreTheirOwn(GenerativeAdversarialNetwork game) {
        return game.discriminator().mixesExamples()
                ? Optional.of(
                        "its discriminator makes an example's score depend on the others of its batch, and the penalty"
                                + " is on the slope of each example's own score")
                : Optional.empty();
    }

    static Optional<String> unlessMadeOfLayers(GenerativeAdversarialNetwork game) {
        return game.discriminator().network().isEmpty()
                ? Optional.of("its discriminator is a foreign DJL block, whose layers cannot be changed")
                : Optional.empty();
    }

    static List<Layer> layers(Net net) {
        return net.network().orElseThrow().layers();
    }

    /** A network of other layers over the same input. */
    static Net of(Net net, List<Layer> layers) {
        var initialisation = net.network().orElseThrow().initialisation();
        return new Net(net.name(), new Network(layers, initialisation), net.input());
    }
}
