package latent4j.model.stabiliser;

import java.util.Optional;
import java.util.function.UnaryOperator;
import latent4j.model.GenerativeAdversarialNetwork;
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
                ? Optional.of("its discriminator is a foreign DJL block, whose layers are not known")
                : Optional.empty();
    }

    /** A net with other layers over the same input. */
    static Net changed(Net net, UnaryOperator<Network> change) {
        return net.with(change.apply(net.network().orElseThrow()), net.input());
    }
}
