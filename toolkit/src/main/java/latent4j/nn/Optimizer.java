package latent4j.nn;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** Settings of a rule that moves weights against their gradients; what it remembers belongs to the {@link Net}. */
public sealed interface Optimizer permits Adam, AdamW, ClippedWeights, RmsProp, Sgd {

    /** The step size α, from which a schedule starts. */
    double learningRate();

    /** The same rule with another step size. */
    Optimizer learningRate(double learningRate);

    /** How many arrays of each weight's shape the rule remembers. */
    int moments();

    /**
     * Moves the weights in place.
     *
     * @param moments the remembered arrays: {@link #moments} lists, each with one array a weight; zeros at the first step
     * @param step how many steps this makes since the rule began to remember, from 1
     * @param learningRate α of this step
     */
    void step(
            List<NDArray> weights,
            List<NDArray> gradients,
            List<List<NDArray>> moments,
            long step,
            double learningRate);

    /** The same rule with all weights kept in [−bound, bound], as for the critic of a Wasserstein GAN. */
    default ClippedWeights weightsWithin(double bound) {
        return new ClippedWeights(this, bound);
    }
}
