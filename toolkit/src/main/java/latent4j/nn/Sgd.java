package latent4j.nn;

import ai.djl.ndarray.NDArray;
import java.util.List;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;

/**
 * Stochastic gradient descent: g ← g + λθ, b ← μb + g, θ ← θ − α·b; with Nesterov's momentum (Sutskever et al. 2013,
 * equations 3 and 4, as PyTorch arranges them) θ ← θ − α·(g + μb).
 *
 * @param learningRate α
 * @param momentum μ, in [0, 1)
 * @param nesterov whether the step looks ahead along b
 * @param weightDecay λ, the weight of ½‖θ‖² in what is minimised
 */
public record Sgd(double learningRate, double momentum, boolean nesterov, double weightDecay) implements Optimizer {

    public Sgd {
        Require.positive("learningRate", learningRate);
        Require.belowOne("momentum", momentum);
        Require.notNegative("weightDecay", weightDecay);
        if (nesterov && momentum == 0) {
            throw new IllegalArgumentException("momentum must be in (0, 1) for Nesterov's momentum, got 0.0");
        }
    }

    /** Plain gradient descent, without momentum or weight decay. */
    public static Sgd of(double learningRate) {
        return new Sgd(learningRate, 0, false, 0);
    }

    /** The same with momentum. */
    public Sgd momentum(double momentum) {
        return new Sgd(learningRate, momentum, false, weightDecay);
    }

    /** The same with Nesterov's momentum. */
    public Sgd nesterov(double momentum) {
        return new Sgd(learningRate, momentum, true, weightDecay);
    }

    /** The same with weight decay. */
    public Sgd weightDecay(double weightDecay) {
        return new Sgd(learningRate, momentum, nesterov, weightDecay);
    }

    @Override
    public Sgd learningRate(double learningRate) {
        return new Sgd(learningRate, momentum, nesterov, weightDecay);
    }

    @Override
    public int moments() {
        return momentum == 0 ? 0 : 1;
    }

    @Override
    public void step(
            List<NDArray> weights,
            List<NDArray> gradients,
            List<List<NDArray>> moments,
            long step,
            double learningRate) {
        var velocities = moments.isEmpty() ? List.<NDArray>of() : moments.get(0);
        Kernels.current().sgd(weights, gradients, velocities, learningRate, momentum, nesterov, weightDecay);
    }
}
