package latent4j.nn;

import ai.djl.ndarray.NDArray;
import java.util.List;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;

/**
 * A rule after whose steps every weight is brought back into [−bound, bound]: θ ← clip(θ, −c, c), which keeps a critic
 * Lipschitz (Arjovsky et al. 2017, algorithm 1, line 7).
 *
 * @param rule what moves the weights
 * @param bound c
 */
public record ClippedWeights(Optimizer rule, double bound) implements Optimizer {

    public ClippedWeights {
        Require.positive("bound", bound);
    }

    @Override
    public double learningRate() {
        return rule.learningRate();
    }

    @Override
    public ClippedWeights learningRate(double learningRate) {
        return new ClippedWeights(rule.learningRate(learningRate), bound);
    }

    @Override
    public int moments() {
        return rule.moments();
    }

    @Override
    public void step(
            List<NDArray> weights,
            List<NDArray> gradients,
            List<List<NDArray>> moments,
            long step,
            double learningRate) {
        rule.step(weights, gradients, moments, step, learningRate);
        Kernels.current().clamp(weights, bound);
    }
}
