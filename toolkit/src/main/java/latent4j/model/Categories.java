package latent4j.model;

import ai.djl.ndarray.NDArray;
import latent4j.tensor.Kernels;
import latent4j.tensor.Seed;

/** Categorical distributions softmax(logits) over the last dimension, and their draws. */
public final class Categories {

    private Categories() {}

    /**
     * A sample of the Gumbel-softmax or concrete distribution, softmax((logits + g)/τ) with g = −log(−log u) (Jang et al. 2017,
     * equation 2; Maddison et al. 2017, equation 10). As τ falls to 0 it becomes the one-hot sample of the category.
     *
     * @param logits [batch, groups, k]
     * @param uniform u in [0, 1), of the same shape
     * @param temperature τ > 0
     */
    public static NDArray relaxed(NDArray logits, NDArray uniform, double temperature) {
        var kernels = Kernels.current();
        return kernels.softmax(kernels.affine(perturbed(logits, uniform), 1 / temperature, 0));
    }

    /** The one-hot sample of the category, for the same u that of the relaxed sample at every temperature; no gradient flows. */
    public static NDArray hard(NDArray logits, NDArray uniform) {
        return Kernels.current().oneHotOfLargest(perturbed(logits, uniform));
    }

    private static NDArray perturbed(NDArray logits, NDArray uniform) {
        var kernels = Kernels.current();
        // Draws are multiples of 2⁻²⁴; shifted into (0, 1), so that both logarithms are finite.
        var inside = kernels.affine(uniform, 1 - 1e-6, 5e-7);
        return logits.sub(inside.log().neg().log());
    }

    /**
     * KL(softmax(logits) ‖ uniform) = Σ (log k − entropy), between 0 and log k a group.
     *
     * @param logits [batch, groups, k]
     * @return [batch], nats: the sum over groups
     */
    public static NDArray klToUniform(NDArray logits) {
        var kernels = Kernels.current();
        long groups = logits.getShape().get(1);
        long k = logits.getShape().get(2);
        var negativeEntropy = kernels.categoricalLogLikelihood(kernels.softmax(logits), logits);
        return kernels.affine(negativeEntropy, 1, groups * Math.log(k));
    }

    /**
     * Equally probable categories, one-hot.
     *
     * @return [n, groups, k]
     */
    public static float[] uniform(int n, int groups, int k, Seed seed) {
        var uniform = seed.uniform(Math.multiplyExact(n, groups));
        var codes = new float[Math.multiplyExact(uniform.length, k)];
        for (int i = 0; i < uniform.length; i++) {
            codes[i * k + (int) Math.min(k - 1, (double) uniform[i] * k)] = 1;
        }
        return codes;
    }

    /**
     * A category with probability softmax(logits), counted from 0.
     *
     * @param logits an array in which the logits stand from {@code from} to {@code to} (exclusive)
     * @param uniform what decides, in [0, 1)
     */
    static int choose(float[] logits, int from, int to, double uniform) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, logits[i]);
        }
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += Math.exp(logits[i] - largest);
        }
        double below = 0;
        for (int i = from; i < to; i++) {
            below += Math.exp(logits[i] - largest) / sum;
            if (uniform < below) {
                return i - from;
            }
        }
        return to - from - 1;
    }
}
