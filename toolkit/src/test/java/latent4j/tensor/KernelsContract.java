package latent4j.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every implementation of the kernels keeps: value, gradient, gradient when the garbage collector ran, memory. */
abstract class KernelsContract {

    private static final double[] X = {0.3, -1.2, 0.8, 2.5, -0.1, 0.6};
    private static final Shape SHAPE = new Shape(2, 3);
    private final Kernels kernels;

    KernelsContract(Kernels kernels) {
        this.kernels = kernels;
    }

    private static NDArray array(double... values) {
        return Compute.current().manager().create(values, new Shape(2, values.length / 2));
    }

    private static NDArray array(Shape shape, double... values) {
        return Compute.current().manager().create(values, shape);
    }

    private static double[] draws(long seed, Shape shape) {
        var draws = new Seed(seed).normal((int) shape.size());
        return IntStream.range(0, draws.length).mapToDouble(i -> draws[i]).toArray();
    }

    private double[] evaluate(Function<Kernels, NDArray> f) {
        try (var tape = Tape.evaluation()) {
            return f.apply(kernels).toDoubleArray();
        }
    }

    private static double softplus(double x) {
        return Math.log1p(Math.exp(x));
    }

    @Test
    void softplusIsExactAndStable() {
        assertArrayEquals(
                new double[] {0, softplus(-3), Math.log(2), softplus(3), 800, 30 + Math.log1p(Math.exp(-30))},
                evaluate(k -> k.softplus(array(-800, -3, 0, 3, 800, 30))),
                1e-12);
        GradientCheck.check(x -> kernels.softplus(x).sum(), X, SHAPE);
    }

    @Test
    void affineKeepsItsConstants() {
        assertArrayEquals(new double[] {1.2, -3, 9, 3}, evaluate(k -> k.affine(array(0.1, -2, 4, 1), 2, 1)), 1e-15);
        GradientCheck.check(x -> kernels.affine(x, 0.1, 3).square().sum(), X, SHAPE);
    }

    @Test
    void bernoulliLogLikelihoodSumsOverDimensions() {
        double expected = 0.25 * 1.5 - softplus(1.5) + (1.0 * -2 - softplus(-2));
        assertArrayEquals(
                new double[] {expected, -softplus(0) - softplus(100)},
                evaluate(k -> k.bernoulliLogLikelihood(array(0.25, 1, 0, 0), array(1.5, -2, 0, 100))),
                1e-12);
        GradientCheck.check(
                l -> kernels.bernoulliLogLikelihood(array(0, 1, 0.2, 0.7, 1, 0.5), l)
                        .sum(),
                X,
                SHAPE);
        GradientCheck.check(
                l -> kernels.bernoulliLogLikelihood(l.getNDArrayInternal().sigmoid(), l)
                        .sum(),
                X,
                SHAPE);
    }

    @Test
    void gaussianKlIsTheClosedForm() {
        double first = 0.5 * (Math.exp(0.4) + 0.09 - 1 - 0.4) + 0.5 * (Math.exp(-1) + 4 - 1 + 1);
        assertArrayEquals(
                new double[] {first, 0},
                evaluate(k -> k.gaussianKl(array(0.3, -2, 0, 0), array(0.4, -1, 0, 0))),
                1e-12);
        GradientCheck.check(
                m -> kernels.gaussianKl(m, array(0.4, -1, 0, 0, 2, 1)).sum(), X, SHAPE);
        GradientCheck.check(
                v -> kernels.gaussianKl(array(0.4, -1, 0, 0, 2, 1), v).sum(), X, SHAPE);
    }

    @Test
    void gaussianLogDensityIsTheClosedForm() {
        double variance = Math.exp(0.4);
        double expected = -0.5 * (0.49 / variance + 0.4 + Math.log(2 * Math.PI)) - 0.5 * (1 + Math.log(2 * Math.PI));
        assertEquals(
                expected,
                evaluate(k -> k.gaussianLogDensity(array(1, 0, 0, 0), array(0.3, -1, 0, 0), array(0.4, 0, 0, 0)))[0],
                1e-12);
        var other = array(0.4, -1, 0, 0, 2, 1);
        GradientCheck.check(x -> kernels.gaussianLogDensity(x, other, other).sum(), X, SHAPE);
        GradientCheck.check(m -> kernels.gaussianLogDensity(other, m, other).sum(), X, SHAPE);
        GradientCheck.check(
                v -> kernels.gaussianLogDensity(other, other.neg(), v).sum(), X, SHAPE);
    }

    @Test
    void reparameterisationHasTheGradientOfBothHeads() {
        var noise = array(0.5, -1, 2, 0.1, 0.2, -0.3);
        assertArrayEquals(
                new double[] {1 + 2 * Math.exp(0.25), 3},
                evaluate(k -> k.reparameterise(array(1, 3), array(0.5, 7), array(2, 0))),
                1e-12);
        GradientCheck.check(
                m -> kernels.reparameterise(m, noise, noise).square().sum(), X, SHAPE);
        GradientCheck.check(
                v -> kernels.reparameterise(noise, v, noise).square().sum(), X, SHAPE);
    }

    @Test
    void halvesSplitTheSecondDimension() {
        assertArrayEquals(new double[] {3, 4, 7, 8}, evaluate(k -> k.halves(array(1, 2, 3, 4, 5, 6, 7, 8))
                .get(1)));
        GradientCheck.check(x -> kernels.halves(x).get(1).square().sum(), new double[] {1, 2, 3, 4}, new Shape(2, 2));
    }

    @Test
    void concatenationPutsColumnsSideBySide() {
        assertArrayEquals(
                new double[] {1, 2, 5, 3, 4, 6},
                evaluate(k -> k.concatenate(List.of(array(1, 2, 3, 4), array(5, 6)))),
                0.0);
        var images = evaluate(
                k -> k.concatenate(List.of(array(new Shape(1, 1, 2, 1), 1, 2), array(new Shape(1, 1, 2, 1), 3, 4))));
        assertArrayEquals(new double[] {1, 2, 3, 4}, images, 0.0);
        var other = array(0.4, -1);
        GradientCheck.check(
                x -> kernels.concatenate(List.of(x.square(), other, x)).square().sum(), X, SHAPE);
    }

    @Test
    void columnsAreCutOut() {
        assertArrayEquals(
                new double[] {2, 3, 6, 7}, evaluate(k -> k.columns(array(1, 2, 3, 4, 5, 6, 7, 8), 1, 3)), 0.0);
        GradientCheck.check(x -> kernels.columns(x, 1, 3).square().sum(), X, SHAPE);
    }

    @Test
    void theLastTwoDimensionsChangePlaces() {
        assertArrayEquals(
                new double[] {1, 4, 2, 5, 3, 6},
                evaluate(k -> k.transposed(array(new Shape(1, 2, 3), 1, 2, 3, 4, 5, 6))),
                0.0);
        var other = array(new Shape(1, 3, 2), 1, 2, 3, 4, 5, 6);
        GradientCheck.check(
                x -> kernels.transposed(x.reshape(1, 2, 3)).mul(other).square().sum(), X, SHAPE);
    }

    @Test
    void softmaxIsThatOfTheLastDimension() {
        double sum = 1 + Math.exp(-1);
        var expected = new double[] {1 / sum, Math.exp(-1) / sum, 1, 0};
        assertArrayEquals(expected, evaluate(k -> k.softmax(array(2, 1, 1000, -1))), 1e-12);
        assertArrayEquals(expected, evaluate(k -> k.softmax(array(new Shape(1, 2, 2), 2, 1, 1000, -1))), 1e-12);
        GradientCheck.check(x -> kernels.softmax(x).square().sum(), X, SHAPE);
    }

    @Test
    void theLargestIsOneHotAndPassesNoGradient() {
        assertArrayEquals(
                new double[] {0, 1, 0, 1, 0, 0}, evaluate(k -> k.oneHotOfLargest(array(1, 3, 2, -1, -3, -2))), 0.0);
        var gradient =
                GradientCheck.gradient(x -> kernels.oneHotOfLargest(x).mul(x).sum(), X, SHAPE, true);
        assertArrayEquals(new double[] {0, 0, 1, 1, 0, 0}, gradient, 0.0); // the factor's, not the choice's
    }

    @Test
    void theSquaredNormIsThatOfAllArraysTogether() {
        assertArrayEquals(
                new double[] {1 + 4 + 9 + 16 + 0.25 + 4},
                evaluate(k -> k.squaredNorm(List.of(array(1, 2, 3, 4), array(0.5, -2)))),
                1e-12);
        GradientCheck.check(x -> kernels.squaredNorm(List.of(x, x.square())), X, SHAPE);
    }

    @Test
    void pairwiseDistancesDoNotCancel() {
        // a² − 2ab + b² in float64 would lose all digits of 1e-9² beside 1e8².
        assertArrayEquals(
                new double[] {0, 4, 4, 0},
                evaluate(k -> k.pairwiseSquaredDistances(array(1e8, 0, 1e8, 2), array(1e8, 0, 1e8, 2))),
                1e-12);
        var others = array(1, 2, 3, 0, 1, 0);
        GradientCheck.check(x -> kernels.pairwiseSquaredDistances(x, others).sum(), X, SHAPE);
    }

    @Test
    void weightsWithoutInfluenceHaveGradientZero() {
        try (var tape = Tape.training()) {
            var used = array(1, 2);
            var unused = array(3, 4);
            used.setRequiresGradient(true);
            unused.setRequiresGradient(true);
            var total = used.square().sum();
            assertArrayEquals(new boolean[] {true, false}, kernels.depends(total, List.of(used, unused)));
            assertArrayEquals(new boolean[] {false}, kernels.depends(array(1, 2).sum(), List.of(used)));
            assertArrayEquals(new boolean[] {true, false}, kernels.depends(total, List.of(used, unused)));
            var gradients = kernels.gradients(total, List.of(used, unused));
            assertArrayEquals(new double[] {2, 4}, gradients.get(0).toDoubleArray());
            assertArrayEquals(new double[] {0, 0}, gradients.get(1).toDoubleArray());
        }
    }

    @Test
    void clampsOnBothSides() {
        try (var tape = Tape.evaluation()) {
            var arrays = List.of(array(-3, -0.5), array(0.5, 3));
            kernels.clamp(arrays, 2);
            assertArrayEquals(new double[] {-2, -0.5}, arrays.get(0).toDoubleArray());
            assertArrayEquals(new double[] {0.5, 2}, arrays.get(1).toDoubleArray());
        }
    }

    @Test
    void readsManyScalarsAtOnce() {
        try (var tape = Tape.evaluation()) {
            assertArrayEquals(
                    new double[] {3, 7},
                    kernels.read(List.of(array(1, 2).sum(), array(7, 7).mean().reshape(1))));
        }
    }

    @Test
    void reluAndLeakyReluBendAtZero() {
        assertArrayEquals(new double[] {0, 0, 2, 3}, evaluate(k -> k.relu(array(-1, 0, 2, 3))));
        assertArrayEquals(new double[] {-0.25, 0, 2, 3}, evaluate(k -> k.leakyRelu(array(-1, 0, 2, 3), 0.25)));
        GradientCheck.check(x -> kernels.relu(x).square().sum(), X, SHAPE);
        GradientCheck.check(x -> kernels.leakyRelu(x, 0.25).square().sum(), X, SHAPE);
    }

    @Test
    void categoricalLogLikelihoodIsThatOfTheSoftmax() {
        double first = 2 - Math.log(Math.exp(2) + Math.exp(-1));
        double second = -1 - 1000 - Math.log1p(Math.exp(-1001));
        assertArrayEquals(
                new double[] {first, second},
                evaluate(k -> k.categoricalLogLikelihood(array(1, 0, 0, 1), array(2, -1, 1000, -1))),
                1e-12);
        var pixels = new Shape(1, 2, 2); // two pixels of two classes each
        assertArrayEquals(
                new double[] {first - Math.log(2)},
                evaluate(k -> k.categoricalLogLikelihood(array(pixels, 1, 0, 0.5, 0.5), array(pixels, 2, -1, 3, 3))),
                1e-12);
        var classes = array(0, 1, 0, 0.2, 0.3, 0.5);
        GradientCheck.check(l -> kernels.categoricalLogLikelihood(classes, l).sum(), X, SHAPE);
        GradientCheck.check(x -> kernels.categoricalLogLikelihood(x, classes).sum(), X, SHAPE);
    }

    @Test
    void logSumExpIsExactAndStable() {
        assertArrayEquals(
                new double[] {1000 + Math.log(2), -1000 + Math.log1p(Math.exp(-3))},
                evaluate(k -> k.logSumExp(array(1000, 1000, -1000, -1003))),
                1e-12);
        GradientCheck.check(x -> kernels.logSumExp(x).square().sum(), X, SHAPE);
        var columns = new Shape(1, 3, 2); // along dimension 1 also where others follow
        assertArrayEquals(
                new double[] {Math.log(3), 2 + Math.log(2 + Math.exp(-2))},
                evaluate(k -> k.logSumExp(array(columns, 0, 2, 0, 2, 0, 0))),
                1e-12);
        GradientCheck.check(x -> kernels.logSumExp(x).square().sum(), X, columns);
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    @Test
    void theDiscretisedLogisticIsADifferenceOfItsDistributionFunction() {
        double s = Math.exp(-1.5);
        double first = Math.log(logistic((1 / 6.0 - 0.4) / s)); // levels 0, 1/3, 2/3, 1
        double inner = Math.log(logistic((0.5 - 0.7) / s) - logistic((1 / 6.0 - 0.7) / s));
        double last = Math.log(1 - logistic((5 / 6.0 - 0.2) / s));
        var x = array(0, 1 / 3.0, 1, 0.36); // the last counts as 1/3
        assertArrayEquals(
                new double[] {first + inner, last + inner},
                evaluate(k -> k.discretisedLogisticLogLikelihood(
                        x, array(0.4, 0.7, 0.2, 0.7), array(-1.5, -1.5, -1.5, -1.5), 4)),
                1e-12);
        // Far in the tail log(F − F) would be log 0: there the density is exp(−distance/s)·(exp(h) − exp(−h)).
        double h = 0.5 / 255 * Math.exp(7);
        assertArrayEquals(
                new double[] {(128 / 255.0 - 1) * Math.exp(7) + Math.log(2 * Math.sinh(h)), Math.log(Math.tanh(h / 2))},
                evaluate(k -> k.discretisedLogisticLogLikelihood(
                        array(128 / 255.0, 128 / 255.0), array(1, 128 / 255.0), array(-7, -7), 256)),
                1e-9);
        var levels = array(0, 0.2, 1, 0.4, 1, 0.6);
        var other = array(0.4, -1, 0, 0.3, -2, 1);
        GradientCheck.check(
                m -> kernels.discretisedLogisticLogLikelihood(levels, m, other, 6)
                        .sum(),
                X,
                SHAPE);
        GradientCheck.check(
                l -> kernels.discretisedLogisticLogLikelihood(levels, other, l, 6)
                        .sum(),
                X,
                SHAPE);
    }

    @Test
    void gatheredTakesEachColumnInItsOwnOrder() {
        var x = array(1, 2, 3, 4, 5, 6);
        var rows = Compute.current().manager().create(new int[] {1, 0, 0, 1, 0, 1, 1, 1, 0}, new Shape(3, 3));
        assertArrayEquals(new double[] {4, 2, 3, 4, 2, 6, 4, 5, 3}, evaluate(k -> k.gathered(x, rows)));
        GradientCheck.check(a -> kernels.gathered(a, rows).square().sum(), X, SHAPE);
    }

    @Test
    void linearMultipliesByTheTransposedWeight() {
        var weight = array(1, 2, 3, -1, 0, 0.5); // [2, 3]
        var bias = array(new Shape(2), 10, -1);
        assertArrayEquals(
                new double[] {0.3 - 2.4 + 2.4 + 10, -0.3 + 0.4 - 1, 2.5 - 0.2 + 1.8 + 10, -2.5 + 0.3 - 1},
                evaluate(k -> k.linear(array(X), weight, bias)),
                1e-12);
        GradientCheck.check(x -> kernels.linear(x, weight, bias).square().sum(), X, SHAPE);
        GradientCheck.check(w -> kernels.linear(weight, w, bias).square().sum(), X, SHAPE);
        GradientCheck.check(b -> kernels.linear(weight, weight, b).square().sum(), new double[] {1, 2}, new Shape(2));
    }

    /** Sizes of a convolution: {kernel, stride, padding, rows added, columns added}. */
    private static final int[][] CONVOLUTIONS = {
        {1, 1, 0, 0, 0},
        {3, 1, 1, 0, 0},
        {4, 2, 1, 0, 0},
        {4, 2, 1, 1, 0},
        {3, 3, 0, 1, 2},
        {2, 3, 0, 2, 0},
        {2, 1, 2, 0, 0}
    };

    @Test
    void convolutionsAreTheirSums() {
        var input = new Shape(1, 2, 5, 6);
        for (var size : CONVOLUTIONS) {
            var shape = new Shape(3, 2, size[0], size[0]);
            var x = draws(1, input);
            var w = draws(2, shape);
            var b = draws(3, new Shape(3));
            UnaryOperator<NDArray> f =
                    a -> kernels.convolution(a, array(shape, w), array(new Shape(3), b), size[1], size[2]);
            assertArrayEquals(
                    convolution(x, input, w, shape, b, size[1], size[2]),
                    evaluate(k -> f.apply(array(input, x))),
                    1e-10,
                    java.util.Arrays.toString(size));
            GradientCheck.check(a -> f.apply(a).square().sum(), x, input);
            GradientCheck.check(
                    a -> kernels.convolution(array(input, x), a, array(new Shape(3), b), size[1], size[2])
                            .square()
                            .sum(),
                    w,
                    shape);
        }
    }

    @Test
    void transposedConvolutionsAreTheirSums() {
        var input = new Shape(1, 2, 4, 5);
        for (var size : CONVOLUTIONS) {
            var shape = new Shape(2, 3, size[0], size[0]);
            var x = draws(1, input);
            var w = draws(2, shape);
            var b = draws(3, new Shape(3));
            UnaryOperator<NDArray> f = a -> kernels.transposedConvolution(
                    a, array(shape, w), array(new Shape(3), b), size[1], size[2], size[3], size[4]);
            assertArrayEquals(
                    transposed(x, input, w, shape, b, size),
                    evaluate(k -> f.apply(array(input, x))),
                    1e-10,
                    java.util.Arrays.toString(size));
            GradientCheck.check(a -> f.apply(a).square().sum(), x, input);
            GradientCheck.check(
                    a -> kernels.transposedConvolution(
                                    array(input, x), a, array(new Shape(3), b), size[1], size[2], size[3], size[4])
                            .square()
                            .sum(),
                    w,
                    shape);
        }
    }

    private static double[] convolution(
            double[] x, Shape input, double[] w, Shape shape, double[] b, int stride, int padding) {
        int kernel = (int) shape.get(2);
        int height = (int) (input.get(2) + 2 * padding - kernel) / stride + 1;
        int width = (int) (input.get(3) + 2 * padding - kernel) / stride + 1;
        var output = new Shape(input.get(0), shape.get(0), height, width);
        var y = new double[(int) output.size()];
        eachTap(
                output,
                input,
                kernel,
                stride,
                padding,
                (n, o, c, to, from, tap) -> y[to] += x[from] * w[(o * (int) shape.get(1) + c) * kernel * kernel + tap]);
        return plus(y, b, output);
    }

    /** Each tap of the convolution from output to input, the other way round. */
    private static double[] transposed(double[] x, Shape input, double[] w, Shape shape, double[] b, int[] size) {
        int kernel = size[0];
        var output = new Shape(
                input.get(0),
                shape.get(1),
                (input.get(2) - 1) * size[1] - 2L * size[2] + kernel + size[3],
                (input.get(3) - 1) * size[1] - 2L * size[2] + kernel + size[4]);
        var y = new double[(int) output.size()];
        eachTap(
                input,
                output,
                kernel,
                size[1],
                size[2],
                (n, o, c, to, from, tap) -> y[from] += x[to] * w[(o * (int) shape.get(1) + c) * kernel * kernel + tap]);
        return plus(y, b, output);
    }

    private interface Tap {
        void accept(int n, int output, int input, int to, int from, int tap);
    }

    /** All pairs of a small image's pixel and the large image's pixel that a convolution's tap joins. */
    private static void eachTap(Shape small, Shape large, int kernel, int stride, int padding, Tap tap) {
        for (int n = 0; n < small.get(0); n++) {
            for (int o = 0; o < small.get(1); o++) {
                for (int c = 0; c < large.get(1); c++) {
                    for (int i = 0; i < small.get(2); i++) {
                        for (int j = 0; j < small.get(3); j++) {
                            for (int k = 0; k < kernel * kernel; k++) {
                                int row = i * stride - padding + k / kernel;
                                int column = j * stride - padding + k % kernel;
                                if (row >= 0 && row < large.get(2) && column >= 0 && column < large.get(3)) {
                                    tap.accept(n, o, c, index(small, n, o, i, j), index(large, n, c, row, column), k);
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private static int index(Shape shape, int n, int c, int row, int column) {
        return (int) (((n * shape.get(1) + c) * shape.get(2) + row) * shape.get(3) + column);
    }

    private static double[] plus(double[] y, double[] b, Shape shape) {
        int pixels = (int) (shape.get(2) * shape.get(3));
        for (int i = 0; i < y.length; i++) {
            y[i] += b[i / pixels % b.length];
        }
        return y;
    }

    @Test
    void powerIterationFindsTheLargestSingularValue() {
        var w = new double[] {3, 0, 0, 0, 1, 0};
        try (var tape = Tape.evaluation()) {
            var u = array(new Shape(2), 0.6, 0.8);
            var first = kernels.powerIteration(array(w), u); // v ~ (1.8, 0.8, 0), then u ~ (5.4, 0.8)
            assertArrayEquals(
                    new double[] {1.8 / Math.hypot(1.8, 0.8), 0.8 / Math.hypot(1.8, 0.8), 0},
                    first.v().toDoubleArray(),
                    1e-12);
            assertArrayEquals(
                    new double[] {5.4 / Math.hypot(5.4, 0.8), 0.8 / Math.hypot(5.4, 0.8)},
                    first.u().toDoubleArray(),
                    1e-12);
            assertEquals(
                    Math.hypot(5.4, 0.8) / Math.hypot(1.8, 0.8), first.sigma().toDoubleArray()[0], 1e-12);
            for (int i = 0; i < 30; i++) {
                u = kernels.powerIteration(array(w), u).u();
            }
            assertEquals(3, kernels.powerIteration(array(w), u).sigma().toDoubleArray()[0], 1e-12);
        }
        // u and v count as constants: the gradient is u·vᵀ.
        var start = array(new Shape(2), 0.6, 0.8);
        var gradient =
                GradientCheck.gradient(a -> kernels.powerIteration(a, start).sigma(), X, SHAPE, true);
        try (var tape = Tape.evaluation()) {
            var found = kernels.powerIteration(array(X), start);
            var u = found.u().toDoubleArray();
            var v = found.v().toDoubleArray();
            for (int i = 0; i < 6; i++) {
                assertEquals(u[i / 3] * v[i % 3], gradient[i], 1e-12);
            }
        }
    }

    private static final double[] POINTS = {0.5, 2, -1, 3, 1, 0.2};

    /** critic(x) = Σ tanh(W x), whose gradient is Wᵀ(1 − tanh²(W x)). */
    private NDArray smooth(NDArray w) {
        var x = array(POINTS);
        return kernels.gradientNorm(a -> a.matMul(w.transpose()).tanh().sum(new int[] {1}, true), x);
    }

    @Test
    void theGradientsNormIsThatOfEachExample() {
        var expected = new double[2];
        for (int i = 0; i < 2; i++) {
            var gradient = new double[3];
            for (int k = 0; k < 2; k++) {
                double z = 0;
                for (int j = 0; j < 3; j++) {
                    z += X[3 * k + j] * POINTS[3 * i + j];
                }
                for (int j = 0; j < 3; j++) {
                    gradient[j] += X[3 * k + j] * (1 - Math.tanh(z) * Math.tanh(z));
                }
            }
            expected[i] = Math.sqrt(IntStream.range(0, 3)
                    .mapToDouble(j -> gradient[j] * gradient[j])
                    .sum());
        }
        assertArrayEquals(expected, evaluate(k -> smooth(array(X))), 1e-10); // also on a tape that records nothing
        GradientCheck.check(w -> smooth(w).square().sum(), X, SHAPE);
    }

    @Test
    void whereTheGradientIsZeroItsNormHasNone() {
        var found = GradientCheck.gradient(
                w -> kernels.gradientNorm(x -> x.mul(w).square().sum(new int[] {1}), array(new double[6]))
                        .sum(),
                X,
                SHAPE,
                false);
        for (double value : found) {
            assertEquals(0, value, 0.0);
        }
    }

    /** A leak shows in every round; the C library's own ups and downs do not. */
    @Test
    void memoryStaysAsItIs() throws IOException {
        assumeTrue(Files.exists(STATM), "resident memory is read from /proc, which is not here");
        callAll();
        int arrays = Compute.current().manager().getManagedArrays().size();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            long before = resident();
            for (int i = 0; i < 10; i++) {
                callAll();
            }
            least = Math.min(least, resident() - before);
        }
        assertEquals(arrays, Compute.current().manager().getManagedArrays().size());
        assertTrue(least < 5L << 20, "10 calls of each kernel kept " + (least >> 20) + " MiB; an array is 1 MiB");
    }

    private static final Path STATM = Path.of("/proc/self/statm");

    private static long resident() throws IOException {
        return 4096 * Long.parseLong(Files.readString(STATM).split(" ")[1]);
    }

    private static final float[] MEBIBYTE = new float[1 << 18]; // no garbage of Java's among what is measured

    private void callAll() {
        try (var tape = Tape.training()) {
            var x = Arrays.of(MEBIBYTE, new Shape(512, 512));
            x.setRequiresGradient(true);
            var sums = List.of(
                            kernels.softplus(x),
                            kernels.affine(x, 2, 1),
                            kernels.bernoulliLogLikelihood(x, x),
                            kernels.categoricalLogLikelihood(x, x),
                            kernels.logSumExp(x),
                            kernels.discretisedLogisticLogLikelihood(x, x, x, 256),
                            kernels.gathered(
                                    x.get("0:8"), Arrays.of(new int[8 * 512]).reshape(8, 512)),
                            kernels.gaussianLogDensity(x, x, x),
                            kernels.gaussianKl(x, x),
                            kernels.reparameterise(x, x, x),
                            kernels.halves(x).get(1),
                            kernels.concatenate(List.of(x, x)),
                            kernels.columns(x, 1, 500),
                            kernels.transposed(x.reshape(1, 512, 512)),
                            kernels.softmax(x),
                            kernels.oneHotOfLargest(x),
                            kernels.squaredNorm(List.of(x, x)),
                            kernels.pairwiseSquaredDistances(x, x.get("0:4")),
                            kernels.linear(x, x, x.get("0")),
                            kernels.relu(x),
                            kernels.leakyRelu(x, 0.2),
                            kernels.powerIteration(x, x.get("0")).sigma(),
                            kernels.gradientNorm(a -> a.mul(x).tanh().sum(new int[] {1}), x.stopGradient()),
                            kernels.transposedConvolution(
                                    x.reshape(1, 1, 512, 512),
                                    x.get("0, 0:16").reshape(1, 1, 4, 4),
                                    x.get("0, 0:1"),
                                    2,
                                    1,
                                    0,
                                    0),
                            kernels.convolution(
                                    x.reshape(1, 1, 512, 512),
                                    x.get("0, 0:16").reshape(1, 1, 4, 4),
                                    x.get("0, 0:1"),
                                    2,
                                    1))
                    .stream()
                    .map(NDArray::sum)
                    .toList();
            var total = sums.stream().reduce(NDArray::add).orElseThrow();
            var gradient = kernels.gradients(total, List.of(x)).get(0);
            assertTrue(Double.isFinite(kernels.read(List.of(gradient.sum()))[0]));
        }
    }
}
