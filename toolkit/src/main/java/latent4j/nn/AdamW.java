package latent4j.nn;

import ai.djl.ndarray.NDArray;
import java.util.List;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2): θ ← (1 − αλ)θ, then {@link Adam}'s step with
 * λ = 0, so that weights with large gradients decay no less than others.
 *
 * @param learningRate α
 * @param beta1 decay of the gradient's mean, in [0, 1)
 * @param beta2 decay of the gradient's square, in [0, 1)
 * @param epsilon ε
 * @param weightDecay λ
 */
public record AdamW(double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
        implements Optimizer {

    public AdamW {
        Require.positive("learningRate", learningRate);
        Require.belowOne("beta1", beta1);
        Require.belowOne("beta2", beta2);
        Require.positive("epsilon", epsilon);
        Require.notNegative("weightDecay", weightDecay);
    }

    /** Adam with β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸ and λ = 0.01. */
    public static AdamW of(double learningRate) {
        return new AdamW(learningRate, 0.9, 0.999, 1e-8, 0.01);
    }

    /** The same with another β₁; GANs like 0.5. */
    public AdamW beta1(double beta1) {
        return new AdamW(learningRate, beta1, beta2, epsilon, weightDecay);
    }

    /** The same with another β₂. */
    public AdamW beta2(double beta2) {
        return new AdamW(learningRate, beta1, beta2, epsilon, weightDecay);
    }

    /** The same with another weight decay. */
    public AdamW weightDecay(double weightDecay) {
        return new AdamW(learningRate, beta1, beta2, epsilon, weightDecay);
    }

    @Override
    public AdamW learningRate(double learningRate) {
        return new AdamW(learningRate, beta1, beta2, epsilon, weightDecay);
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
                .adamW(
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
