package latent4j.model.stabiliser;

import ai.djl.ndarray.NDArray;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.model.Schedule;
import latent4j.model.Stabiliser;
import latent4j.model.Step;
import latent4j.model.Terms;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;

/**
 * Instance noise (Sønderby et al. 2017, section 3.2; Arjovsky and Bottou 2017, section 3): the discriminator sees data and
 * samples with noise N(0, σ²I) on each value, so that the two distributions overlap and their divergence has a slope for the
 * generator; σ decays while training goes on. The samples that are drawn have no noise.
 *
 * @param standardDeviation σ > 0 at the start, in the unit of the data
 * @param decay what σ is multiplied by as time goes on
 */
public record InstanceNoise(double standardDeviation, Schedule decay) implements Stabiliser {

    public InstanceNoise {
        Require.positive("standardDeviation", standardDeviation);
    }

    /** With σ falling from this value on a straight line to 0 at the end of the training. */
    public static InstanceNoise of(double standardDeviation) {
        return new InstanceNoise(standardDeviation, Schedule.linearDecay());
    }

    /** With σ = 0.1 at the start. */
    public static InstanceNoise usual() {
        return of(0.1);
    }

    @Override
    public Terms discriminatorTerms(GenerativeAdversarialNetwork game, Step step, NDArray samples) {
        return game.discriminatorTerms(step.withData(noisy(step, step.data())), noisy(step, samples));
    }

    @Override
    public Terms generatorTerms(GenerativeAdversarialNetwork game, Step step, NDArray samples) {
        return game.generatorTerms(step.withData(noisy(step, step.data())), noisy(step, samples));
    }

    private NDArray noisy(Step step, NDArray x) {
        var noise = step.normal(x.getShape().slice(1).getShape());
        return x.add(Kernels.current().affine(noise, standardDeviation * step.factor(decay), 0));
    }
}
