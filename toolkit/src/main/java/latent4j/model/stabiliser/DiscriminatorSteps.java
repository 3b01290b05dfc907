package latent4j.model.stabiliser;

import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.model.Stabiliser;
import latent4j.tensor.Require;

/**
 * Several steps of the discriminator for each of the generator (Goodfellow et al. 2014, algorithm 1; n_critic in Arjovsky et
 * al. 2017): the discriminator moves at every batch, the generator at every k-th.
 *
 * @param steps k ≥ 1, in the place of the game's own
 */
public record DiscriminatorSteps(int steps) implements Stabiliser {

    public DiscriminatorSteps {
        Require.atLeast("steps", 1, steps);
    }

    /** With k = 5, as for a critic. */
    public static DiscriminatorSteps usual() {
        return new DiscriminatorSteps(5);
    }

    @Override
    public int discriminatorSteps(GenerativeAdversarialNetwork game) {
        return steps;
    }
}
