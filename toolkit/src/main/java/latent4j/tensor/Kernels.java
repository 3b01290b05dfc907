package latent4j.tensor;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The operations that DJL's engines lack or get wrong. Per-example results have shape {@code [batch]}:
 * the sum over all other dimensions.
 */
public interface Kernels {

    /** The kernels of the engine that computes in this process. */
    static Kernels current() {
        return Compute.current().backend().kernels();
    }

    /** The same operations on plain arrays, slower and on any engine: a check on {@link #current}. */
    static Kernels portable() {
        return new PortableKernels(Compute.current().backend());
    }

    /** The gradients of a scalar: one for each weight, zero where the scalar does not depend on it. */
    List<NDArray> gradients(NDArray scalar, List<NDArray> weights);

    /**
     * The gradients of a scalar, themselves differentiable: for a step of an optimiser that another gradient flows through.
     * Zero where the scalar does not depend on a weight.
     *
     * @throws UnsupportedOperationException on plain arrays
     */
    List<NDArray> differentiableGradients(NDArray scalar, List<NDArray> weights);

    /** Whether the scalar depends on each of the weights. */
    boolean[] depends(NDArray scalar, List<NDArray> weights);

    /**
     * The gradient of a scalar with respect to an input, itself differentiable.
     *
     * @param scalar for per-example gradients, the sum of the per-example outputs
     * @param x an array that requires a gradient, see {@link #leaf}
     * @throws UnsupportedOperationException on plain arrays: see {@link #gradientNorm}
     */
    NDArray inputGradient(NDArray scalar, NDArray x);

    /**
     * ‖∇ₓ f(x)‖₂ for each example, over all dimensions but the first, itself differentiable with respect to what f is made
     * of, and with gradient 0 where the norm is 0. Computed also where nothing is recorded.
     *
     * <p>On plain arrays the value is exact and its gradient that of the central difference along the unit gradient n:
     * (f(x + h·n) − f(x − h·n)) / 2h, whose error is of order h² for an f without kinks.
     *
     * @param f from [batch, …] to [batch] or [batch, 1]; it must not mix examples, as batch normalisation does
     * @param x [batch, …]; no gradient flows on to what it was made from
     * @return [batch]
     * @throws UnsupportedOperationException on plain arrays, where f has kinks, such as ReLU's
     */
    NDArray gradientNorm(UnaryOperator<NDArray> f, NDArray x);

    /** The same values cut off from their history, as an input that gradients can be asked for. */
    NDArray leaf(NDArray x);

    /** A float32 constant, 0-dim, that lives as long as the tape. */
    NDArray constant(double value);

    /** Factor · x + shift with constants that live as long as the computation. */
    NDArray affine(NDArray x, double factor, double shift);

    /** The two halves along dimension 1. */
    List<NDArray> halves(NDArray x);

    /** The arrays side by side along dimension 1; their other dimensions agree. */
    NDArray concatenate(List<NDArray> arrays);

    /** The columns {@code from} to {@code to} (exclusive) along dimension 1. */
    NDArray columns(NDArray x, int from, int to);

    /** The last two dimensions change places: [batch, m, n] to [batch, n, m]. */
    NDArray transposed(NDArray x);

    /** exp(x) / Σ exp(x) along the last dimension. */
    NDArray softmax(NDArray x);

    /**
     * 1 where the largest value along the last dimension stands, 0 elsewhere; of equal ones one is chosen. No gradient flows
     * through.
     */
    NDArray oneHotOfLargest(NDArray x);

    /** Σ x² over all values of all arrays together, 0-dim. The arrays may be a network's own weights. */
    NDArray squaredNorm(List<NDArray> arrays);

    /**
     * y_ij = x_{r_ij, j}: each column's values in another order, or some of them.
     *
     * @param x [n, d]
     * @param rows r, whole numbers from 0 to n − 1: [m, d]
     * @return [m, d]
     */
    NDArray gathered(NDArray x, NDArray rows);

    /** log(1 + exp(x)), stable for every x. */
    NDArray softplus(NDArray x);

    /** The log-likelihood Σ x·log σ(l) + (1−x)·log(1−σ(l)) in nats for each example; x in [0, 1]. */
    NDArray bernoulliLogLikelihood(NDArray x, NDArray logits);

    /**
     * The log-likelihood Σ x·log softmax(l) in nats for each example.
     *
     * @param x one-hot classes, or probabilities, along the last dimension: [batch, …, classes]
     * @param logits [batch, …, classes]
     */
    NDArray categoricalLogLikelihood(NDArray x, NDArray logits);

    /**
     * The log-probability Σ log(F(x + h) − F(x − h)) in nats for each example, of the nearest of the levels k/(levels − 1),
     * with h half the distance of two levels and F the distribution function of the logistic distribution; F(x − h) is 0
     * at the first level, F(x + h) is 1 at the last. Exact in the tails too.
     *
     * @param x [batch, …], in [0, 1]; no gradient flows to it
     * @param mean [batch, …]
     * @param logScale the logarithm of the logistic distribution's scale, [batch, …]
     */
    NDArray discretisedLogisticLogLikelihood(NDArray x, NDArray mean, NDArray logScale, int levels);

    /** log Σ exp(x) along dimension 1, stable for every finite x; x: [batch, n, …], result: [batch, …]. */
    NDArray logSumExp(NDArray x);

    /** The log-density Σ log N(x; mean, exp(logVariance)) in nats for each example. */
    NDArray gaussianLogDensity(NDArray x, NDArray mean, NDArray logVariance);

    /** KL(N(mean, exp(logVariance)) ‖ N(0, I)) = ½ Σ (exp(lv) + mean² − 1 − lv) in nats for each example. */
    NDArray gaussianKl(NDArray mean, NDArray logVariance);

    /** A reparameterised sample: mean + exp(½·logVariance)·noise. */
    NDArray reparameterise(NDArray mean, NDArray logVariance, NDArray noise);

    /** ‖aᵢ − bⱼ‖² for all pairs; a: [n, d], b: [m, d], result: [n, m]. */
    NDArray pairwiseSquaredDistances(NDArray a, NDArray b);

    /** y = x Wᵀ + b; x: [batch, d], weight: [units, d], bias: [units]. */
    NDArray linear(NDArray x, NDArray weight, NDArray bias);

    /** The convolution of {@code x: [batch, c, h, w]} with {@code weight: [channels, c, k, k]}; bias: [channels]. */
    NDArray convolution(NDArray x, NDArray weight, NDArray bias, int stride, int padding);

    /**
     * The transpose of {@link #convolution}; x: [batch, c, h, w], weight: [c, channels, k, k], bias: [channels], result:
     * [batch, channels, h', w'] with h' = (h − 1)·stride − 2·padding + k + outputHeight.
     *
     * @param outputHeight rows added to the output, less than the stride
     * @param outputWidth columns added to the output, less than the stride
     */
    NDArray transposedConvolution(
            NDArray x, NDArray weight, NDArray bias, int stride, int padding, int outputHeight, int outputWidth);

    /** max(0, x). */
    NDArray relu(NDArray x);

    /** max(x, slope·x). */
    NDArray leakyRelu(NDArray x, double slope);

    /**
     * One step of the power iteration towards the largest singular value of a matrix W (Miyato et al. 2018, algorithm 1):
     * v ← Wᵀu/‖Wᵀu‖, u ← Wv/‖Wv‖, σ = uᵀWv. Gradients flow through σ to W; u and v count as constants.
     *
     * @param weight W: [rows, columns]
     * @param u [rows]
     */
    SingularVectors powerIteration(NDArray weight, NDArray u);

    /**
     * A step's result.
     *
     * @param u the left vector, [rows]
     * @param v the right vector, [columns]
     * @param sigma the estimate of the largest singular value, 0-dim
     */
    record SingularVectors(NDArray u, NDArray v, NDArray sigma) {}

    /** Scalars side by side as doubles on the host, without their history: [n]. */
    NDArray stacked(List<NDArray> scalars);

    /** The values of scalars, in one transfer. */
    default double[] read(List<NDArray> scalars) {
        try (var values = stacked(scalars)) {
            return values.toDoubleArray();
        }
    }

    /** 1/(1 + exp(−x)). */
    NDArray sigmoid(NDArray x);

    /**
     * One step of Adam in place (Kingma and Ba 2015, algorithm 1), with λθ added to the gradient.
     *
     * @param step how many steps this makes, from 1
     * @param weightDecay λ
     */
    void adam(
            List<NDArray> weights,
            List<NDArray> gradients,
            List<NDArray> means,
            List<NDArray> variances,
            long step,
            double learningRate,
            double beta1,
            double beta2,
            double epsilon,
            double weightDecay);

    /**
     * One step of AdamW in place (Loshchilov and Hutter 2019, algorithm 2): θ ← (1 − αλ)θ, then Adam's step.
     *
     * @param step how many steps this makes, from 1
     * @param weightDecay λ
     */
    void adamW(
            List<NDArray> weights,
            List<NDArray> gradients,
            List<NDArray> means,
            List<NDArray> variances,
            long step,
            double learningRate,
            double beta1,
            double beta2,
            double epsilon,
            double weightDecay);

    /**
     * One step of gradient descent in place: g ← g + λθ, b ← μb + g, θ ← θ − α·b, or with Nesterov's momentum θ ← θ − α·(g
     * + μb).
     *
     * @param velocities b; empty where the momentum is 0
     * @param momentum μ
     * @param weightDecay λ
     */
    void sgd(
            List<NDArray> weights,
            List<NDArray> gradients,
            List<NDArray> velocities,
            double learningRate,
            double momentum,
            boolean nesterov,
            double weightDecay);

    /**
     * One step of RMSProp in place: g ← g + λθ, s ← ρs + (1 − ρ)g², θ ← θ − α·g/(√s + ε).
     *
     * @param squares s
     * @param decay ρ
     * @param weightDecay λ
     */
    void rmsProp(
            List<NDArray> weights,
            List<NDArray> gradients,
            List<NDArray> squares,
            double learningRate,
            double decay,
            double epsilon,
            double weightDecay);

    /**
     * Where the norm ‖x‖ = √Σx² over all values of all arrays together exceeds a bound: x ← x·bound/(‖x‖ + 10⁻⁶), in place;
     * an array that is named twice is multiplied once.
     *
     * @return the norm before; where it is not finite, neither are the arrays any more
     */
    NDArray clipNorm(List<NDArray> arrays, double bound);

    /** Brings all values into [−bound, bound], in place. */
    void clamp(List<NDArray> arrays, double bound);

    /** Moves averages towards values, in place: a ← a + share·(x − a). */
    void average(List<NDArray> averages, List<NDArray> values, double share);

    /** Copies values from one list of arrays to another. */
    void copy(List<NDArray> to, List<NDArray> from);
}
