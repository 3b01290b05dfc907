package latent4j.nn;

import ai.djl.ndarray.NDArray;
import java.util.List;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;

/**
 * Adam (Kingma and Ba 2015, algorithm 1): m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², θ ← θ − α·m̂/(√v̂ + ε) with
 * m̂ = m/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ).
 *
 * @param learningRate α
 * @param beta1 decay of the gradient's mean, in [0, 1)
 * @param beta2 decay of the gradient's square, in [0, 1)
 * @param epsilon ε
 */
public record Adam(double learningRate, double beta1, double beta2, double epsilon) implements Optimizer {

    public Adam {
        Require.positive("learningRate", learningRate);
        decay("beta1", beta1);
        decay("beta2", beta2);
        Require.positive("epsilon", epsilon);
    }

    /** Adam with β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸. */
    public static Adam of(double learningRate) {
        return new Adam(learningRate, 0.9, 0.999, 1e-8);
    }

    /** The same with another β₁; GANs like 0.5. */
    public Adam beta1(double beta1) {
        return new Adam(learningRate, beta1, beta2, epsilon);
    }

    @Override
    public int moments() {
        return 2;
    }

    @Override
    public void step(List<NDArray> weights, List<NDArray> gradients, List<List<NDArray>> moments, List<NDArray> steps) {
        Kernels.current()
                .adam(weights, gradients, moments.get(0), moments.get(1), steps, learningRate, beta1, beta2, epsilon);
    }

    private static void decay(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(name + " must be in [0, 1), got " + value);
        }
    }
}
