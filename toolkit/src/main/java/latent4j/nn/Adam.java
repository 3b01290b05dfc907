package latent4j.nn;

import ai.djl.ndarray.NDArray;
import java.util.List;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;

/**
 * Adam (Kingma and Ba 2015, algorithm 1): g ← g + λθ, m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², θ ← θ − α·m̂/(√v̂ + ε)
 * with m̂ = m/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ).
 *
 * @param learningRate α
 * @param beta1 decay of the gradient's mean, in [0, 1)
 * @param beta2 decay of the gradient's square, in [0, 1)
 * @param epsilon ε
 * @param weightDecay λ, the weight of ½‖θ‖² in what is minimised; {@link AdamW} takes it out of the moments
 */
public record Adam(double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
        implements Optimizer {

    public Adam {
        Require.positive("learningRate", learningRate);
        Require.belowOne("beta1", beta1);
        Require.belowOne("beta2", beta2);
        Require.positive("epsilon", epsilon);
        Require.notNegative("weightDecay", weightDecay);
    }

    /** Adam with β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸ and no weight decay. */
    public static Adam of(double learningRate) {
        return new Adam(learningRate, 0.9, 0.999, 1e-8, 0);
    }

    /** The same with another β₁; GANs like 0.5. */
    public Adam beta1(double beta1) {
        return new Adam(learningRate, beta1, beta2, epsilon, weightDecay);
    }

    /** The same with another β₂. */
    public Adam beta2(double beta2) {
        return new Adam(learningRate, beta1, beta2, epsilon, weightDecay);
    }

    /** The same with weight decay. */
    public Adam weightDecay(double weightDecay) {
        return new Adam(learningRate, beta1, beta2, epsilon, weightDecay);
    }

    @Override
    public Adam learningRate(double learningRate) {
        return new Adam(learningRate, beta1, beta2, epsilon, weightDecay);
    }

    @Override
    public int moments() {
        return 2;
    }

    @Override
    public void step(
            List<NDArray> weights,
            List<NDArray> gradients,
            List<List<NDArray>> moments,
            long step,
            double learningRate) {
        Kernels.current()
                .adam(
                        weights,
                        gradients,
                        moments.get(0),
                        moments.get(1),
                        step,
                        learningRate,
                        beta1,
                        beta2,
                        epsilon,
                        weightDecay);
    }
}
