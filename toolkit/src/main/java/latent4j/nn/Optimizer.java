package latent4j.nn;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** Settings of a rule that moves weights against their gradients; what it remembers belongs to the {@link Net}. */
public sealed interface Optimizer permits Adam {

    /** The step size α. */
    double learningRate();

    /** How many arrays of each weight's shape the rule remembers. */
    int moments();

    /**
     * Moves the weights in place.
     *
     * @param moments the remembered arrays: {@link #moments} lists, each with one array a weight
     * @param steps one count of steps a weight, which the rule increases
     */
    void step(List<NDArray> weights, List<NDArray> gradients, List<List<NDArray>> moments, List<NDArray> steps);
}
