package latent4j.tensor;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

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
    public NDArray leaf(NDArray x) {
        var leaf = x.stopGradient();
        leaf.setRequiresGradient(true);
        return leaf;
    }

    @Override
    public NDArray constant(double value) {
        return Numbers.constant(value);
    }

    @Override
    public NDArray affine(NDArray x, double factor, double shift) {
        return Tape.onTape(x.getManager(), () -> module.call("affine", x, Numbers.host(factor), Numbers.host(shift)));
    }

    @Override
    public List<NDArray> halves(NDArray x) {
        return module.callForList("halves", x);
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
    public double[] read(List<NDArray> scalars) {
        try (var values = module.call("read", scalars)) {
            return values.toDoubleArray();
        }
    }

    @Override
    public void adam(
            List<NDArray> weights,
            List<NDArray> gradients,
            List<NDArray> means,
            List<NDArray> variances,
            List<NDArray> steps,
            double... settings) {
        try (var tape = Tape.evaluation()) {
            var numbers = Arrays.stream(settings).mapToObj(Numbers::host).toList();
            module.call("adam", weights, gradients, means, variances, steps, numbers);
        }
    }

    @Override
    public void copy(List<NDArray> to, List<NDArray> from) {
        try (var tape = Tape.evaluation()) {
            module.call("copy", to, from);
        }
    }
}
