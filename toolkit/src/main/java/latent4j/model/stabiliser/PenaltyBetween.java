package latent4j.model.stabiliser;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import latent4j.loss.GradientPenalty;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.model.Stabiliser;
import latent4j.model.Step;
import latent4j.model.Terms;
import latent4j.tensor.Require;

/**
 * The two-sided gradient penalty of WGAN-GP (Gulrajani et al. 2017, equation 3) with any game: the discriminator minimises
 * λ·E[(‖∇r(x̂)‖₂ − 1)²] besides, with r the score and x̂ on the line between a record and a sample.
 *
 * @param weight λ > 0
 */
public record PenaltyBetween(double weight) implements Stabiliser {

    public PenaltyBetween {
        Require.positive("weight", weight);
    }

    /** With λ = 10, as in the paper. */
    public static PenaltyBetween usual() {
        return new PenaltyBetween(10);
    }

    @Override
    public Optional<String> refusal(GenerativeAdversarialNetwork game) {
        return Nets.unlessExamplesAreTheirOwn(game);
    }

    @Override
    public Terms discriminatorTerms(GenerativeAdversarialNetwork game, Step step, NDArray samples) {
        var terms = game.discriminatorTerms(step, samples);
        var points = GradientPenalty.between(step.data(), samples, step.uniform());
        var penalty = GradientPenalty.of(at -> game.score(step, at), points);
        return terms.plus("penalty between data and samples", penalty, weight);
    }
}
