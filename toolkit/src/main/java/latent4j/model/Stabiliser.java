package latent4j.model;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import latent4j.nn.Net;
import latent4j.nn.Optimizer;

/**
 * What keeps the two players of any game in balance, or its samples diverse: a change of the networks, of what the
 * discriminator is shown, of what a player minimises, or of how it moves. A record overrides what it changes; everything else
 * is left to the game. See {@link GenerativeAdversarialNetwork#with}.
 */
public interface Stabiliser {

    /**
     * Why it is not defined for a game; empty where it is. Asked before and after networks were changed.
     *
     * @param game the game without this stabiliser, but with those before it
     */
    default Optional<String> refusal(GenerativeAdversarialNetwork game) {
        return Optional.empty();
    }

    /** The discriminator in its place: another network, with fresh weights, or the same one. */
    default Net discriminator(Net discriminator) {
        return discriminator;
    }

    /** The generator in its place: another network, with fresh weights, or the same one. */
    default Net generator(Net generator) {
        return generator;
    }

    /**
     * What the discriminator minimises.
     *
     * @param game the game without this stabiliser, but with those before it
     * @param samples G(z): [batch, shape…]
     */
    default Terms discriminatorTerms(GenerativeAdversarialNetwork game, Step step, NDArray samples) {
        return game.discriminatorTerms(step, samples);
    }

    /**
     * What the generator minimises.
     *
     * @param game the game without this stabiliser, but with those before it
     * @param samples G(z): [batch, shape…]
     */
    default Terms generatorTerms(GenerativeAdversarialNetwork game, Step step, NDArray samples) {
        return game.generatorTerms(step, samples);
    }

    /** At how many batches the discriminator moves for each at which the generator does. */
    default int discriminatorSteps(GenerativeAdversarialNetwork game) {
        return game.discriminatorSteps();
    }

    /** The optimiser for one of the networks; see {@link Model#optimizer(Net, Optional)}. */
    default Optimizer optimizer(GenerativeAdversarialNetwork game, Net net, Optional<Optimizer> named) {
        return game.optimizer(net, named);
    }

    /** The decay of a moving average of a network's weights; see {@link Model#average}. */
    default double average(GenerativeAdversarialNetwork game, Net net) {
        return game.average(net);
    }
}
