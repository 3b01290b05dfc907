package latent4j.tensor;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** The kernels on the PyTorch engine, from the TorchScript text in {@code kernels.py}. */
final class TorchKernels implements Kernels {

    private final TorchModule module = new TorchModule(text(), Compute.current().manager());

    private static String text() {
        try (var stream = Objects.requireNonNull(TorchKernels.class.getResourceAsStream("kernels.py"))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^#.*\\R", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private NDArray call(String method, NDArray... arguments) {
        return Tape.onTape(arguments[0].getManager(), () -> module.call(method, (Object[]) arguments));
    }

    @Override
    public List<NDArray> gradients(NDArray scalar, List<NDArray> weights) {
        return module.callForList("gradients", scalar, weights);
    }

    @Override
    public List<NDArray> differentiableGradients(NDArray scalar, List<NDArray> weights) {
        return module.callForList("differentiable_gradients", scalar, weights);
    }

    @Override
    public boolean[] depends(NDArray scalar, List<NDArray> weights) {
        try (var flags = module.call("depends", scalar, weights)) {
            return flags.toBooleanArray();
        }
    }

    @Override
    public NDArray inputGradient(NDArray scalar, NDArray x) {
        return module.call("input_gradient", scalar, x);
    }

    @Override
    public NDArray gradientNorm(UnaryOperator<NDArray> f, NDArray x) {
        return Tape.onTape(
                x.getManager(),
                () -> Tape.recorded(() -> {
                    var leaf = leaf(x);
                    return module.call("gradient_norm", f.apply(leaf), leaf);
                }));
    }

    @Override
    public NDArray leaf(NDArray x) {
        return call("leaf", x);
    }

    @Override
    public NDArray constant(double value) {
        return Trace.lift(Numbers.constant(value));
    }

    @Override
    public NDArray affine(NDArray x, double factor, double shift) {
        return Tape.onTape(x.getManager(), () -> module.call("affine", x, factor, shift));
    }

    @Override
    public List<NDArray> halves(NDArray x) {
        return module.callForList("halves", x);
    }

    @Override
    public NDArray concatenate(List<NDArray> arrays) {
        return Tape.onTape(arrays.get(0).getManager(), () -> module.call("concatenate", arrays));
    }

    @Override
    public NDArray columns(NDArray x, int from, int to) {
        return Tape.onTape(x.getManager(), () -> module.call("columns", x, (double) from, (double) to));
    }

    @Override
    public NDArray transposed(NDArray x) {
        return call("transposed", x);
    }

    @Override
    public NDArray softmax(NDArray x) {
        return call("softmax", x);
    }

    @Override
    public NDArray oneHotOfLargest(NDArray x) {
        return call("one_hot_of_largest", x);
    }

    @Override
    public NDArray squaredNorm(List<NDArray> arrays) {
        return Tape.onTape(arrays.get(0).getManager(), () -> module.call("squared_norm", arrays));
    }

    @Override
    public NDArray gathered(NDArray x, NDArray rows) {
        return call("gathered", x, rows);
    }

    @Override
    public NDArray softplus(NDArray x) {
        return call("softplus", x);
    }

    @Override
    public NDArray bernoulliLogLikelihood(NDArray x, NDArray logits) {
        return call("bernoulli_log_likelihood", x, logits);
    }

    @Override
    public NDArray categoricalLogLikelihood(NDArray x, NDArray logits) {
        return call("categorical_log_likelihood", x, logits);
    }

    @Override
    public NDArray discretisedLogisticLogLikelihood(NDArray x, NDArray mean, NDArray logScale, int levels) {
        return Tape.onTape(
                x.getManager(),
                () -> module.call("discretised_logistic_log_likelihood", x, mean, logScale, (double) levels));
    }

    @Override
    public NDArray logSumExp(NDArray x) {
        return call("log_sum_exp", x);
    }

    @Override
    public NDArray gaussianLogDensity(NDArray x, NDArray mean, NDArray logVariance) {
        return call("gaussian_log_density", x, mean, logVariance);
    }

    @Override
    public NDArray gaussianKl(NDArray mean, NDArray logVariance) {
        return call("gaussian_kl", mean, logVariance);
    }

    @Override
    public NDArray reparameterise(NDArray mean, NDArray logVariance, NDArray noise) {
        return call("reparameterise", mean, logVariance, noise);
    }

    @Override
    public NDArray pairwiseSquaredDistances(NDArray a, NDArray b) {
        return call("pairwise_squared_distances", a, b);
    }

    @Override
    public NDArray linear(NDArray x, NDArray weight, NDArray bias) {
        return call("linear", x, weight, bias);
    }

    @Override
    public NDArray convolution(NDArray x, NDArray weight, NDArray bias, int stride, int padding) {
        return Tape.onTape(
                x.getManager(), () -> module.call("convolution", x, weight, bias, (double) stride, (double) padding));
    }

    @Override
    public NDArray transposedConvolution(
            NDArray x, NDArray weight, NDArray bias, int stride, int padding, int outputHeight, int outputWidth) {
        return Tape.onTape(
                x.getManager(),
                () -> module.call(
                        "transposed_convolution",
                        x,
                        weight,
                        bias,
                        (double) stride,
                        (double) padding,
                        (double) outputHeight,
                        (double) outputWidth));
    }

    @Override
    public NDArray relu(NDArray x) {
        return call("relu", x);
    }

    @Override
    public NDArray leakyRelu(NDArray x, double slope) {
        return Tape.onTape(x.getManager(), () -> module.call("leaky_relu", x, slope));
    }

    @Override
    public SingularVectors powerIteration(NDArray weight, NDArray u) {
        var found = module.callForList("power_iteration", weight, u);
        return new SingularVectors(found.get(0), found.get(1), found.get(2));
    }

    public NDArray stacked(List<NDArray> scalars) {
        return module.call("stacked", scalars);
    }

    @Override
    public NDArray sigmoid(NDArray x) {
        return call("sigmoid", x);
    }

    @Override
    public void adam(
            List<NDArray> weights,
            List<NDArray> gradients,
            List<NDArray> means,
            List<NDArray> variances,
            long step,
            double learningRate,
            double beta1,
            double beta2,
            double epsilon,
            double weightDecay) {
        inPlace(
                "adam",
                weights,
                gradients,
                means,
                variances,
                (double) step,
                learningRate,
                beta1,
                beta2,
                epsilon,
                weightDecay);
    }

    @Override
    public void adamW(
            List<NDArray> weights,
            List<NDArray> gradients,
            List<NDArray> means,
            List<NDArray> variances,
            long step,
            double learningRate,
            double beta1,
            double beta2,
            double epsilon,
            double weightDecay) {
        inPlace(
                "adam_w",
                weights,
                gradients,
                means,
                variances,
                (double) step,
                learningRate,
                beta1,
                beta2,
                epsilon,
                weightDecay);
    }

    @Override
    public void sgd(
            List<NDArray> weights,
            List<NDArray> gradients,
            List<NDArray> velocities,
            double learningRate,
            double momentum,
            boolean nesterov,
            double weightDecay) {
        var buffers = momentum == 0 ? List.of() : velocities;
        inPlace("sgd", weights, gradients, buffers, learningRate, momentum, nesterov ? 1.0 : 0.0, weightDecay);
    }

    @Override
    public void rmsProp(
            List<NDArray> weights,
            List<NDArray> gradients,
            List<NDArray> squares,
            double learningRate,
            double decay,
            double epsilon,
            double weightDecay) {
        inPlace("rms_prop", weights, gradients, squares, learningRate, decay, epsilon, weightDecay);
    }

    @Override
    public NDArray clipNorm(List<NDArray> arrays, double bound) {
        return Tape.unrecorded(() -> module.call("clip_norm", arrays, bound));
    }

    @Override
    public void clamp(List<NDArray> arrays, double bound) {
        inPlace("clamp", arrays, bound);
    }

    @Override
    public void average(List<NDArray> averages, List<NDArray> values, double share) {
        inPlace("average", averages, values, share);
    }

    @Override
    public void copy(List<NDArray> to, List<NDArray> from) {
        inPlace("copy", to, from);
    }

    /** A method that changes the first of its lists. */
    private void inPlace(String method, Object... arguments) {
        try (var tape = Tape.evaluation()) {
            module.call(method, arguments);
        }
    }
}
