package latent4j.model.stabiliser;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.model.Stabiliser;
import latent4j.model.Step;
import latent4j.model.Terms;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;

/**
 * One-sided label smoothing (Salimans et al. 2016, section 3.4): the discriminator is to say α instead of 1 of data, and 0 of
 * samples as before, so that at the optimum D(x) = α·p(x)/(p(x) + q(x)), and it is never sure of data. With scores r that are
 * log-odds, −α·log σ(r) − (1 − α)·log(1 − σ(r)) = −log σ(r) + (1 − α)·r: the game's own loss and (1 − α)·E r(x).
 *
 * @param target α, in (0, 1)
 */
public record LabelSmoothing(double target) implements Stabiliser {

    public LabelSmoothing {
        Require.insideUnit("target", target);
    }

    /** With α = 0.9, the paper's example. */
    public static LabelSmoothing usual() {
        return new LabelSmoothing(0.9);
    }

    @Override
    public Optional<String> refusal(GenerativeAdversarialNetwork game) {
        return game.scoresAreLogOdds()
                ? Optional.empty()
                : Optional.of("its scores are not the log-odds of a label «this is data», which could be smoothed");
    }

    @Override
    public Terms discriminatorTerms(GenerativeAdversarialNetwork game, Step step, NDArray samples) {
        var terms = game.discriminatorTerms(step, samples);
        var real = game.score(step, step.data()).mean();
        return terms.withTotal(terms.total().add(Kernels.current().affine(real, 1 - target, 0)));
    }
}
