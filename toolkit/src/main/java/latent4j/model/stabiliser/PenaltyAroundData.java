package latent4j.model.stabiliser;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import latent4j.loss.GradientPenalty;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.model.Stabiliser;
import latent4j.model.Step;
import latent4j.model.Terms;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;

/**
 * The gradient penalty of DRAGAN (Kodali et al. 2017, section 2.3) with any game: the discriminator minimises
 * λ·E[(‖∇r(x + δ)‖₂ − 1)²] besides, with r the score, x a record and δ ~ N(0, σ²I).
 *
 * @param weight λ > 0
 * @param standardDeviation σ > 0, in the unit of the data
 */
public record PenaltyAroundData(double weight, double standardDeviation) implements Stabiliser {

    public PenaltyAroundData {
        Require.positive("weight", weight);
        Require.positive("standardDeviation", standardDeviation);
    }

    /** With λ = 10 and σ = 0.25, half the spread of values in [0, 1]. */
    public static PenaltyAroundData usual() {
        return new PenaltyAroundData(10, 0.25);
    }

    @Override
    public Optional<String> refusal(GenerativeAdversarialNetwork game) {
        return Discriminators.unlessExamplesAreTheirOwn(game);
    }

    @Override
    public Terms discriminatorTerms(GenerativeAdversarialNetwork game, Step step, NDArray samples) {
        var terms = game.discriminatorTerms(step, samples);
        var x = step.data();
        var noise = step.normal(x.getShape().slice(1).getShape());
        var points = x.add(Kernels.current().affine(noise, standardDeviation, 0));
        var penalty = GradientPenalty.of(at -> game.score(step, at), points);
        return terms.plus("penalty around data", penalty, weight);
    }
}
