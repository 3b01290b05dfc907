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
 * The zero-centred gradient penalties R₁ and R₂ (Mescheder et al. 2018, equations 9 and 10): the discriminator minimises
 * ½γ₁·E‖∇r(x)‖² over data and ½γ₂·E‖∇r(G(z))‖² over samples besides, with r the score. With either one the game converges
 * near its equilibrium also where data lie on a manifold.
 *
 * @param data γ₁ ≥ 0, for R₁
 * @param samples γ₂ ≥ 0, for R₂
 */
public record ZeroCentredPenalty(double data, double samples) implements Stabiliser {

    public ZeroCentredPenalty {
        Require.notNegative("data", data);
        Require.notNegative("samples", samples);
    }

    /** R₁: the penalty on data alone. */
    public static ZeroCentredPenalty r1(double gamma) {
        return new ZeroCentredPenalty(gamma, 0);
    }

    /** R₂: the penalty on samples alone. */
    public static ZeroCentredPenalty r2(double gamma) {
        return new ZeroCentredPenalty(0, gamma);
    }

    /** R₁ with γ = 10, as in the paper. */
    public static ZeroCentredPenalty usual() {
        return r1(10);
    }

    @Override
    public Optional<String> refusal(GenerativeAdversarialNetwork game) {
        return Nets.unlessExamplesAreTheirOwn(game);
    }

    @Override
    public Terms discriminatorTerms(GenerativeAdversarialNetwork game, Step step, NDArray fake) {
        var terms = game.discriminatorTerms(step, fake);
        if (data > 0) {
            terms = terms.plus("R1", towardsZero(game, step, step.data()), data / 2);
        }
        if (samples > 0) {
            terms = terms.plus("R2", towardsZero(game, step, fake), samples / 2);
        }
        return terms;
    }

    private static NDArray towardsZero(GenerativeAdversarialNetwork game, Step step, NDArray x) {
        return GradientPenalty.towardsZero(at -> game.score(step, at), x);
    }
}
