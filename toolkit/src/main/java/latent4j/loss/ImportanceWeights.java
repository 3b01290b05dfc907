package latent4j.loss;

import ai.djl.ndarray.NDArray;
import latent4j.tensor.Kernels;

/** Importance sampling of log p(x) with k codes from q(z|x). */
public final class ImportanceWeights {

    private ImportanceWeights() {}

    /**
     * The bound log 1/k Σ_i w_i ≤ log p(x) on average (Burda et al. 2016, equation 8), with w_i = p(x|z_i)·p(z_i) / q(z_i|x).
     * Its gradient weighs ∇ log w_i by w_i / Σ w: the best sample counts most.
     *
     * @param logWeights log w_i: [batch, k]
     * @return [batch], nats
     */
    public static NDArray bound(NDArray logWeights) {
        var kernels = Kernels.current();
        return kernels.affine(
                kernels.logSumExp(logWeights),
                1,
                -Math.log(logWeights.getShape().get(1)));
    }
}
