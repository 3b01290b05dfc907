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
 * The gradient penalty of DRAGAN (Kodali et al. 2017, section 2.3) with any game: the discriminator minimises
 * λ·E[(‖∇r(x + δ)‖₂ − 1)²] besides, with r the score, x a record and δ noise of half the data's deviation, see {@link
 * GradientPenalty#around}.
 *
 * @param weight λ > 0
 */
public record PenaltyAroundData(double weight) implements Stabiliser {

    public PenaltyAroundData {
        Require.positive("weight", weight);
    }

    /** With λ = 10, as in the paper. */
    public static PenaltyAroundData usual() {
        return new PenaltyAroundData(10);
    }

    @Override
    public Optional<String> refusal(GenerativeAdversarialNetwork game) {
        return Nets.unlessExamplesAreTheirOwn(game);
    }

    @Override
    public Terms discriminatorTerms(GenerativeAdversarialNetwork game, Step step, NDArray samples) {
        var terms = game.discriminatorTerms(step, samples);
        var noise = step.normal(samples.getShape().slice(1).getShape());
        var points = GradientPenalty.around(step.data(), noise);
        var penalty = GradientPenalty.of(at -> game.score(step, at), points);
        return terms.plus("penalty around data", penalty, weight);
    }
}
