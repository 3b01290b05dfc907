package latent4j.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class KernelsTest {

    private static final double[] X = {0.3, -1.2, 0.8, 2.5, -0.1, 0.6};
    private static final Shape SHAPE = new Shape(2, 3);
    private final Kernels kernels = Kernels.current();

    private static NDArray array(double... values) {
        return Compute.current().manager().create(values, new Shape(2, values.length / 2));
    }

    private static double[] evaluate(Function<Kernels, NDArray> f) {
        try (var tape = Tape.evaluation()) {
            return f.apply(Kernels.current()).toDoubleArray();
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
    void inputGradientCanBeDifferentiatedAgain() {
        // f(x) = Σ w²x³ has the input gradient 3w²x², and Σ(3w²x²)² has the w-gradient 36w³x⁴.
        var x = new double[] {0.5, 2, -1, 3, 1, 0.2};
        var found = GradientCheck.gradient(
                w -> {
                    var leaf = kernels.leaf(array(x));
                    var f = w.square().mul(leaf.pow(3)).sum();
                    return kernels.inputGradient(f, leaf).square().sum();
                },
                X,
                SHAPE,
                true);
        for (int i = 0; i < X.length; i++) {
            assertEquals(36 * Math.pow(X[i], 3) * Math.pow(x[i], 4), found[i], 1e-9 * Math.abs(found[i]) + 1e-12);
        }
    }

    @Test
    void theGradientsNormIsEachExamplesOwnAndCanBeDifferentiated() {
        // fᵢ = Σⱼ wⱼ²·xᵢⱼ³ has the norm √Σⱼ (3wⱼ²xᵢⱼ²)².
        var x = array(0.5, 2, -1, 3, 1, 0.2);
        var expected = new double[2];
        for (int i = 0; i < 6; i++) {
            expected[i / 3] += Math.pow(3 * X[i] * X[i] * Math.pow(x.toDoubleArray()[i], 2), 2);
        }
        Function<NDArray, NDArray> norm =
                w -> kernels.gradientNorm(input -> w.square().mul(input.pow(3)).sum(new int[] {1}), x);
        assertArrayEquals(
                new double[] {Math.sqrt(expected[0]), Math.sqrt(expected[1])},
                evaluate(k -> norm.apply(array(X))),
                1e-12);
        GradientCheck.check(w -> norm.apply(w).square().sum(), X, SHAPE);
        GradientCheck.check(w -> norm.apply(w).sum(), X, SHAPE);
        try (var constant = array(X)) {
            assertArrayEquals(
                    new double[] {Math.sqrt(expected[0]), Math.sqrt(expected[1])},
                    norm.apply(constant).toDoubleArray(),
                    1e-12,
                    "without a tape");
        }
    }

    @Test
    void whereTheNormIsZeroItsGradientIsToo() {
        var weights = new double[] {0, 0, 0, 0.3, -1.2, 0.8};
        var found = GradientCheck.gradient(
                w -> kernels.gradientNorm(x -> w.mul(x).sum(new int[] {1}), array(1, 2, 3, 4, 5, 6))
                        .sum(),
                weights,
                SHAPE,
                false);
        double norm = Math.sqrt(0.09 + 1.44 + 0.64);
        assertArrayEquals(new double[] {0, 0, 0, 0.3 / norm, -1.2 / norm, 0.8 / norm}, found, 1e-12);
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
            var gradients = tape.gradients(total, List.of(used, unused));
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
}
