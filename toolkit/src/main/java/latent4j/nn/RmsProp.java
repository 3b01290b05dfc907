package latent4j.nn;

import ai.djl.ndarray.NDArray;
import java.util.List;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;

/**
 * RMSProp (Tieleman and Hinton 2012, lecture 6.5), not centred and without momentum: g ← g + λθ, s ← ρs + (1−ρ)g², θ ← θ −
 * α·g/(√s + ε).
 *
 * @param learningRate α
 * @param decay ρ, in [0, 1)
 * @param epsilon ε
 * @param weightDecay λ, the weight of ½‖θ‖² in what is minimised
 */
public record RmsProp(double learningRate, double decay, double epsilon, double weightDecay) implements Optimizer {

    public RmsProp {
        Require.positive("learningRate", learningRate);
        Require.belowOne("decay", decay);
        Require.positive("epsilon", epsilon);
        Require.notNegative("weightDecay", weightDecay);
    }

    /** RMSProp with ρ = 0.99, ε = 10⁻⁸ and no weight decay, as PyTorch has it. */
    public static RmsProp of(double learningRate) {
        return new RmsProp(learningRate, 0.99, 1e-8, 0);
    }

    /** The same with another ρ. */
    public RmsProp decay(double decay) {
        return new RmsProp(learningRate, decay, epsilon, weightDecay);
    }

    /** The same with weight decay. */
    public RmsProp weightDecay(double weightDecay) {
        return new RmsProp(learningRate, decay, epsilon, weightDecay);
    }

    @Override
    public RmsProp learningRate(double learningRate) {
        return new RmsProp(learningRate, decay, epsilon, weightDecay);
    }

    @Override
    public int moments() {
        return 1;
    }

    @Override
    public void step(
            List<NDArray> weights,
            List<NDArray> gradients,
            List<List<NDArray>> moments,
            long step,
            double learningRate) {
        Kernels.current().rmsProp(weights, gradients, moments.get(0), learningRate, decay, epsilon, weightDecay);
    }
}
