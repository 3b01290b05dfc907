package latent4j.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** The kernels on plain DJL arrays, for engines without TorchScript; on PyTorch a check on {@link TorchKernels}. */
final class PortableKernels implements Kernels {

    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    private final Backend backend;
    private final PortableSteps steps = new PortableSteps(this);
    private boolean differencing;

    PortableKernels(Backend backend) {
        this.backend = backend;
    }

    @Override
    public List<NDArray> gradients(NDArray scalar, List<NDArray> weights) {
        return backend.gradients(scalar, weights);
    }

    @Override
    public List<NDArray> differentiableGradients(NDArray scalar, List<NDArray> weights) {
        throw new UnsupportedOperationException("gradients that can be differentiated again, as an unrolled step needs"
                + " them, need PyTorch (LATENT4J_ENGINE=PyTorch)");
    }

    @Override
    public boolean[] depends(NDArray scalar, List<NDArray> weights) {
        return backend.depends(scalar, weights);
    }

    @Override
    public NDArray inputGradient(NDArray scalar, NDArray x) {
        throw new UnsupportedOperationException("a gradient that can be differentiated again needs PyTorch"
                + " (LATENT4J_ENGINE=PyTorch); for a gradient penalty use Kernels.gradientNorm with a smooth critic");
    }

    @Override
    public NDArray gradientNorm(UnaryOperator<NDArray> critic, NDArray x) {
        var leaf = leaf(x);
        var scores = Tape.recorded(() -> critic.apply(leaf));
        var gradient = gradients(Tape.recorded(scores::sum), List.of(leaf)).get(0);
        return on(x, () -> {
            var norms = Tape.unrecorded(() -> perExample(gradient.square()).sqrt());
            var direction = Tape.unrecorded(
                    () -> gradient.div(column(norms.maximum(number(x, Float.MIN_NORMAL)), x.getShape())));
            double epsilon = x.getDataType() == DataType.FLOAT64 ? 0x1p-52 : 0x1p-23;
            double width = Math.cbrt(epsilon) * scale(x); // where the formula's error and rounding's meet
            var slopes = slopes(critic, leaf.stopGradient(), direction, width);
            Tape.unrecorded(() -> {
                refuseKinks(norms, slopes, 16 * epsilon * largest(scores) / width);
                return null;
            });
            return slopes.add(norms.sub(slopes).stopGradient());
        });
    }

    /** (critic(x + h·n) − critic(x − h·n)) / 2h. */
    private NDArray slopes(UnaryOperator<NDArray> critic, NDArray x, NDArray direction, double width) {
        var step = affine(direction, width, 0);
        differencing = true;
        try {
            var difference = critic.apply(x.add(step)).sub(critic.apply(x.sub(step)));
            return affine(difference.reshape(x.getShape().get(0)), 0.5 / width, 0);
        } finally {
            differencing = false;
        }
    }

    private static void refuseKinks(NDArray norms, NDArray slopes, double rounding) {
        var exact = norms.toType(DataType.FLOAT64, false).toDoubleArray();
        var found = slopes.toType(DataType.FLOAT64, false).toDoubleArray();
        for (int i = 0; i < exact.length; i++) {
            if (Math.abs(found[i] - exact[i]) > 0.01 * exact[i] + rounding) {
                throw kinks("; its slope along the gradient is " + exact[i] + ", but " + found[i]
                        + " as a central difference, in example " + i);
            }
        }
    }

    private static UnsupportedOperationException kinks(String found) {
        return new UnsupportedOperationException(
                "without second derivatives a gradient penalty is a central difference, which is exact only for a smooth"
                        + " critic; this one has kinks" + found
                        + ". Use Activation.SWISH or TANH in the critic, or PyTorch (LATENT4J_ENGINE=PyTorch), which"
                        + " differentiates twice");
    }

    /** The root mean square of the values, 1 where all are 0. */
    private static double scale(NDArray x) {
        double square = value(Tape.unrecorded(() -> x.square().mean()));
        return square > 0 ? Math.sqrt(square) : 1;
    }

    private static double largest(NDArray x) {
        return value(x.abs().max());
    }

    private static double value(NDArray scalar) {
        return scalar.toType(DataType.FLOAT64, false).toDoubleArray()[0];
    }

    @Override
    public NDArray leaf(NDArray x) {
        var leaf = Tape.unrecorded(() -> x.stopGradient().duplicate());
        leaf.setRequiresGradient(true);
        return leaf;
    }

    @Override
    public NDArray constant(double value) {
        return Numbers.constant(value);
    }

    /**
     * A number that meets an array, of the array's type. On PyTorch the tape keeps the memory that it stands in; to MXNet it
     * travels as text, and there an array of one element would be many times slower.
     */
    private static Number number(NDArray beside, double value) {
        if (beside.getDataType() == DataType.FLOAT64) {
            return value;
        }
        return (float) value;
    }

    @Override
    public NDArray affine(NDArray x, double factor, double shift) {
        return on(x, () -> {
            var product = factor == 1 ? x : x.mul(number(x, factor));
            return shift == 0 && product != x ? product : product.add(number(x, shift));
        });
    }

    @Override
    public List<NDArray> halves(NDArray x) {
        return x.split(2, 1);
    }

    @Override
    public NDArray concatenate(List<NDArray> arrays) {
        return on(arrays.get(0), () -> NDArrays.concat(new NDList(arrays), 1));
    }

    @Override
    public NDArray columns(NDArray x, int from, int to) {
        return on(x, () -> x.get(new NDIndex().addAllDim().addSliceDim(from, to)));
    }

    @Override
    public NDArray transposed(NDArray x) {
        return on(x, () -> x.transpose(0, 2, 1));
    }

    @Override
    public NDArray softmax(NDArray x) {
        return on(x, () -> x.softmax(-1));
    }

    @Override
    public NDArray oneHotOfLargest(NDArray x) {
        int last = x.getShape().dimension() - 1;
        int n = (int) x.getShape().get(last);
        return on(
                x,
                () -> Tape.unrecorded(
                        () -> x.stopGradient().argMax(last).oneHot(n).toType(x.getDataType(), false)));
    }

    @Override
    public NDArray squaredNorm(List<NDArray> arrays) {
        return on(arrays.get(0), () -> arrays.stream()
                .map(array -> array.square().sum())
                .reduce(NDArray::add)
                .orElseThrow());
    }

    /** A product with one-hot rows; MXNet has no gathering along a dimension. */
    @Override
    public NDArray gathered(NDArray x, NDArray rows) {
        int n = (int) x.getShape().get(0);
        return on(x, () -> rows.oneHot(n)
                .toType(x.getDataType(), false)
                .mul(x.transpose().expandDims(0))
                .sum(new int[] {2}));
    }

    /**
     * ½(x + |x|) + log(1 + e) with e = exp(−|x|). With u = 1 + e as it is rounded, log(1 + e) = log(u) + (e − (u − 1))/u keeps
     * the digits of a small e.
     */
    @Override
    public NDArray softplus(NDArray x) {
        return on(x, () -> {
            var size = x.abs();
            var e = size.neg().exp();
            var one = number(x, 1);
            var u = e.add(one);
            var logarithm = u.log().add(e.sub(u.sub(one)).div(u));
            return affine(x.add(size), 0.5, 0).add(logarithm);
        });
    }

    @Override
    public NDArray bernoulliLogLikelihood(NDArray x, NDArray logits) {
        return on(x, () -> perExample(x.mul(logits).sub(softplus(logits))));
    }

    @Override
    public NDArray categoricalLogLikelihood(NDArray x, NDArray logits) {
        return on(x, () -> perExample(x.mul(logits.logSoftmax(-1))));
    }

    /**
     * With a and b the two ends in units of the scale, σ(a) − σ(b) = σ(a)·σ(−b)·(1 − exp(b − a)), of which no factor loses
     * digits: 1 − exp(−w) = 2t/(1 + t) with t = tanh(w/2).
     */
    @Override
    public NDArray discretisedLogisticLogLikelihood(NDArray x, NDArray mean, NDArray logScale, int levels) {
        return on(x, () -> {
            var level = x.stopGradient().mul(number(x, levels - 1)).round();
            var notFirst = level.minimum(number(x, 1));
            var notLast = level.neg().add(number(x, levels - 1)).minimum(number(x, 1));
            var perScale = logScale.neg().exp();
            var halfWidth = affine(perScale, 0.5 / (levels - 1), 0);
            var centre = affine(level, 1.0 / (levels - 1), 0).sub(mean).mul(perScale);
            var upper = softplus(centre.add(halfWidth).neg()).mul(notLast);
            var lower = softplus(centre.sub(halfWidth)).mul(notFirst);
            var t = halfWidth.tanh();
            var width = affine(t, 2, 0).div(affine(t, 1, 1)).log().mul(notFirst).mul(notLast);
            return perExample(width.sub(upper).sub(lower));
        });
    }

    @Override
    public NDArray logSumExp(NDArray x) {
        return on(x, () -> {
            var largest = x.max(new int[] {1}, true).stopGradient();
            var sum = x.sub(largest).exp().sum(new int[] {1}).log();
            return sum.add(largest.reshape(sum.getShape()));
        });
    }

    @Override
    public NDArray gaussianLogDensity(NDArray x, NDArray mean, NDArray logVariance) {
        return on(x, () -> {
            var squares = x.sub(mean).square().mul(logVariance.neg().exp());
            return affine(perExample(affine(squares.add(logVariance), 1, LOG_TWO_PI)), -0.5, 0);
        });
    }

    @Override
    public NDArray gaussianKl(NDArray mean, NDArray logVariance) {
        return on(mean, () -> {
            var terms = logVariance.exp().add(mean.square()).sub(logVariance);
            return affine(perExample(affine(terms, 1, -1)), 0.5, 0);
        });
    }

    @Override
    public NDArray reparameterise(NDArray mean, NDArray logVariance, NDArray noise) {
        return on(mean, () -> affine(logVariance, 0.5, 0).exp().mul(noise).add(mean));
    }

    /**
     * a² − 2ab + b² is one matrix product, but cancels where points lie close together: hence float64, about the mean. What is
     * recorded takes the differences themselves, because a change of type cuts gradients on PyTorch.
     */
    @Override
    public NDArray pairwiseSquaredDistances(NDArray a, NDArray b) {
        return on(a, () -> {
            if (backend.records()) {
                return a.expandDims(1).sub(b.expandDims(0)).square().sum(new int[] {2});
            }
            var centre = b.toType(DataType.FLOAT64, false).mean(new int[] {0}, true);
            var x = a.toType(DataType.FLOAT64, false).sub(centre);
            var y = b.toType(DataType.FLOAT64, false).sub(centre).transpose();
            var squares = x.square().sum(new int[] {1}, true).add(y.square().sum(new int[] {0}, true));
            var distances = squares.sub(x.matMul(y).mul(number(x, 2))).maximum(number(x, 0));
            return distances.toType(a.getDataType(), false);
        });
    }

    @Override
    public NDArray linear(NDArray x, NDArray weight, NDArray bias) {
        return on(x, () -> x.getNDArrayInternal().linear(x, weight, bias).singletonOrThrow());
    }

    @Override
    public NDArray convolution(NDArray x, NDArray weight, NDArray bias, int stride, int padding) {
        return on(x, () -> x.getNDArrayInternal()
                .convolution(
                        x, weight, bias, new Shape(stride, stride), new Shape(padding, padding), new Shape(1, 1), 1)
                .singletonOrThrow());
    }

    /** Zeros between the pixels, then the convolution with the kernel turned by 180°; what lies outside is cut off. */
    @Override
    public NDArray transposedConvolution(
            NDArray x, NDArray weight, NDArray bias, int stride, int padding, int outputHeight, int outputWidth) {
        return on(x, () -> {
            int kernel = (int) weight.getShape().get(2);
            var turned = weight.transpose(1, 0, 2, 3).flip(2, 3);
            int around = Math.max(0, kernel - 1 - padding);
            int cut = Math.max(0, padding - (kernel - 1));
            var y = convolution(spread(x, stride), turned, bias, 1, around);
            long height = (x.getShape().get(2) - 1) * stride - 2L * padding + kernel + outputHeight;
            long width = (x.getShape().get(3) - 1) * stride - 2L * padding + kernel + outputWidth;
            return y.get(
                    new NDIndex().addAllDim(2).addSliceDim(cut, cut + height).addSliceDim(cut, cut + width));
        });
    }

    /** x with stride − 1 zeros after each pixel, to the right and below. */
    private NDArray spread(NDArray x, int stride) {
        if (stride == 1) {
            return x;
        }
        var shape = x.getShape();
        long n = shape.get(0);
        long c = shape.get(1);
        long h = shape.get(2);
        long w = shape.get(3);
        var columns = x.reshape(n, c, h, w, 1).concat(zeros(x, n, c, h, w, stride - 1), 4);
        var rows = columns.reshape(n, c, h, 1, w * stride).concat(zeros(x, n, c, h, stride - 1, w * stride), 3);
        return rows.reshape(n, c, h * stride, w * stride);
    }

    private static NDArray zeros(NDArray beside, long... shape) {
        return beside.getManager().zeros(new Shape(shape), beside.getDataType());
    }

    @Override
    public NDArray relu(NDArray x) {
        refuseWhileDifferencing("ReLU's");
        return on(x, () -> x.getNDArrayInternal().relu());
    }

    @Override
    public NDArray leakyRelu(NDArray x, double slope) {
        refuseWhileDifferencing("LeakyReLU's");
        return on(x, () -> x.maximum(x.mul(number(x, slope))));
    }

    private void refuseWhileDifferencing(String kink) {
        if (differencing) {
            throw kinks(", " + kink);
        }
    }

    @Override
    public SingularVectors powerIteration(NDArray weight, NDArray u) {
        var v = Tape.unrecorded(() -> unit(weight.transpose().matMul(u.expandDims(1))));
        var next = Tape.unrecorded(() -> unit(weight.matMul(v)));
        var sigma = weight.matMul(v).mul(next).sum();
        return new SingularVectors(next.reshape(-1), v.reshape(-1), sigma);
    }

    private static NDArray unit(NDArray x) {
        return x.div(x.square().sum().sqrt().maximum(number(x, 1e-12)));
    }

    @Override
    public NDArray stacked(List<NDArray> scalars) {
        return Tape.unrecorded(() -> {
            var all = new NDList();
            scalars.forEach(scalar -> all.add(
                    scalar.stopGradient().toType(DataType.FLOAT64, false).reshape(1)));
            return NDArrays.concat(all);
        });
    }

    @Override
    public NDArray sigmoid(NDArray x) {
        return on(x, () -> x.getNDArrayInternal().sigmoid());
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
        replace(
                List.of(weights, means, variances),
                i -> steps.adam(
                        weights.get(i),
                        gradients.get(i),
                        means.get(i),
                        variances.get(i),
                        step,
                        learningRate,
                        beta1,
                        beta2,
                        epsilon,
                        weightDecay));
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
        replace(
                List.of(weights, means, variances),
                i -> steps.adamW(
                        weights.get(i),
                        gradients.get(i),
                        means.get(i),
                        variances.get(i),
                        step,
                        learningRate,
                        beta1,
                        beta2,
                        epsilon,
                        weightDecay));
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
        replace(
                momentum == 0 ? List.of(weights) : List.of(weights, velocities),
                i -> steps.sgd(
                        weights.get(i),
                        gradients.get(i),
                        momentum == 0 ? null : velocities.get(i),
                        learningRate,
                        momentum,
                        nesterov,
                        weightDecay));
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
        replace(
                List.of(weights, squares),
                i -> steps.rmsProp(
                        weights.get(i), gradients.get(i), squares.get(i), learningRate, decay, epsilon, weightDecay));
    }

    @Override
    public void clamp(List<NDArray> arrays, double bound) {
        replace(List.of(arrays), i -> {
            var x = arrays.get(i);
            return List.of(x.maximum(number(x, -bound)).minimum(number(x, bound)));
        });
    }

    @Override
    public NDArray clipNorm(List<NDArray> arrays, double bound) {
        return Tape.unrecorded(() -> {
            var squares = arrays.stream().map(array -> array.square().sum()).toList();
            var norm = squares.stream().reduce(NDArray::add).orElseThrow().sqrt();
            double factor = Math.min(1, bound / (value(norm) + 1e-6));
            var scaled = arrays.stream().map(array -> affine(array, factor, 0)).toList();
            copy(arrays, scaled);
            return norm;
        });
    }

    @Override
    public void average(List<NDArray> averages, List<NDArray> values, double share) {
        replace(
                List.of(averages),
                i -> List.of(averages.get(i).add(affine(values.get(i).sub(averages.get(i)), share, 0))));
    }

    /** Gives the i-th array of each list its next value, for all i. */
    private static void replace(List<List<NDArray>> lists, IntFunction<List<NDArray>> next) {
        for (int i = 0; i < lists.get(0).size(); i++) {
            try (var tape = Tape.evaluation()) {
                var values = next.apply(i);
                for (int k = 0; k < lists.size(); k++) {
                    values.get(k).copyTo(lists.get(k).get(i));
                }
            }
        }
    }

    @Override
    public void copy(List<NDArray> to, List<NDArray> from) {
        try (var tape = Tape.evaluation()) {
            for (int i = 0; i < to.size(); i++) {
                from.get(i).copyTo(to.get(i));
            }
        }
    }

    /** On the tape that is open; where none is but DJL's own trainer records, on what it records. */
    private NDArray on(NDArray x, Supplier<NDArray> computation) {
        boolean foreign = Tape.current() == null && backend.records();
        return foreign ? computation.get() : Tape.onTape(x.getManager(), computation);
    }

    /** The sum over all dimensions but the batch. */
    private static NDArray perExample(NDArray x) {
        int[] others = IntStream.range(1, x.getShape().dimension()).toArray();
        return others.length == 0 ? x : x.sum(others);
    }

    /** [batch] as [batch, 1, …] beside an array of this shape. */
    private static NDArray column(NDArray x, Shape shape) {
        var ones = new long[shape.dimension()];
        java.util.Arrays.fill(ones, 1);
        ones[0] = shape.get(0);
        return x.reshape(ones);
    }
}
