package latent4j.model.stabiliser;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.model.Stabilised;
import latent4j.model.Stabiliser;
import latent4j.model.Step;
import latent4j.model.Terms;
import latent4j.tensor.Tape;

/**
 * Feature matching (Salimans et al. 2016, section 3.1): instead of the discriminator's verdict the generator minimises ‖E f(x) −
 * E f(G(z))‖², where f are the features that the discriminator's last layer gets and the means are over the batch. The
 * discriminator plays as before. Stabilisers that change what the generator minimises come after it. No unit.
 */
public record FeatureMatching() implements Stabiliser {

    @Override
    public Optional<String> refusal(GenerativeAdversarialNetwork game) {
        var played = game instanceof Stabilised stabilised ? stabilised.game() : game;
        if (!inherits(played, GenerativeAdversarialNetwork.class, Step.class, NDArray.class)) {
            return Optional.of(
                    "what its generator minimises is not a loss of its samples' scores alone, and would be lost");
        }
        var lost = game instanceof Stabilised stabilised
                ? stabilised.stabilisers().stream()
                        .filter(s -> !inherits(
                                s, Stabiliser.class, GenerativeAdversarialNetwork.class, Step.class, NDArray.class))
                        .findFirst()
                : Optional.<Stabiliser>empty();
        return lost.map(s -> "it takes the place of what " + s + " gives the generator: name it before that one")
                .or(() -> Nets.unlessMadeOfLayers(game.discriminator()));
    }

    /** Whether what the generator minimises is said by the interface alone. */
    private static boolean inherits(Object player, Class<?> declaring, Class<?>... arguments) {
        try {
            return player.getClass().getMethod("generatorTerms", arguments).getDeclaringClass() == declaring;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Terms generatorTerms(GenerativeAdversarialNetwork game, Step step, NDArray samples) {
        var data = Tape.stopped(meanFeatures(game, step, step.data()));
        return Terms.of(meanFeatures(game, step, samples).sub(data).square().sum());
    }

    private static NDArray meanFeatures(GenerativeAdversarialNetwork game, Step step, NDArray x) {
        return game.discriminator()
                .featuresWithin(() -> game.score(step, x))
                .get(0)
                .mean(new int[] {0}, false);
    }
}
