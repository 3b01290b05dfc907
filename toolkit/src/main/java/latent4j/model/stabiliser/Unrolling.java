package latent4j.model.stabiliser;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.model.Stabiliser;
import latent4j.model.Step;
import latent4j.model.Terms;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;

/**
 * The unrolled GAN (Metz et al. 2017, equations 3 to 8): the generator plays against the discriminator as it would be k steps
 * of gradient descent ahead, θ ← θ − η·∂L_D/∂θ with the batch at hand, and its gradient flows through these steps: it sees how
 * the discriminator would answer. The discriminator itself moves as before. (Points at which a gradient penalty of the game is
 * taken count as constants.)
 *
 * @param steps k ≥ 1
 * @param rate η > 0, the learning rate of the steps ahead
 */
public record Unrolling(int steps, double rate) implements Stabiliser {

    public Unrolling {
        Require.atLeast("steps", 1, steps);
        Require.positive("rate", rate);
    }

    /** With k = 5 and η = 0.01. */
    public static Unrolling usual() {
        return new Unrolling(5, 0.01);
    }

    @Override
    public Optional<String> refusal(GenerativeAdversarialNetwork game) {
        return Nets.unlessMadeOfLayers(game.discriminator());
    }

    @Override
    public Terms generatorTerms(GenerativeAdversarialNetwork game, Step step, NDArray samples) {
        var discriminator = game.discriminator();
        var weights = discriminator.trainable();
        for (int i = 0; i < steps; i++) {
            var now = weights;
            var loss = discriminator.using(
                    now, () -> game.discriminatorTerms(step, samples).total());
            weights = descended(now, Kernels.current().differentiableGradients(loss, now));
        }
        return discriminator.using(weights, () -> game.generatorTerms(step, samples));
    }

    private List<NDArray> descended(List<NDArray> weights, List<NDArray> gradients) {
        var next = new ArrayList<NDArray>();
        for (int i = 0; i < weights.size(); i++) {
            next.add(Kernels.current().affine(gradients.get(i), -rate, 0).add(weights.get(i)));
        }
        return next;
    }
}
