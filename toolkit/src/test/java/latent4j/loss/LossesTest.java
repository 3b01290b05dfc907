package latent4j.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import latent4j.nn.LeakyRelu;
import latent4j.nn.Linear;
import latent4j.nn.Net;
import latent4j.nn.Network;
import latent4j.tensor.Compute;
import latent4j.tensor.GradientCheck;
import latent4j.tensor.Kernels;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Test;

class LossesTest {

    private static final double[] SCORES = {0.3, -1.2, 2.5, 0};

    private static NDArray column(double... values) {
        return Compute.current().manager().create(values, new Shape(values.length, 1));
    }

    private static double value(Supplier<NDArray> scalar) {
        try (var tape = Tape.evaluation()) {
            return Kernels.current().read(List.of(scalar.get()))[0];
        }
    }

    private static double softplus(double x) {
        return Math.log1p(Math.exp(x));
    }

    @Test
    void theDiscriminatorsLossIsLog4WhereItCannotTell() {
        assertEquals(Math.log(4), value(() -> Adversarial.discriminator(column(0, 0), column(0, 0))), 1e-12);
        double expected = (softplus(-1) + softplus(2)) / 2 + (softplus(0.5) + softplus(-3)) / 2;
        assertEquals(expected, value(() -> Adversarial.discriminator(column(1, -2), column(0.5, -3))), 1e-12);
        var other = column(0.4, 1, -2, 0.1);
        GradientCheck.check(s -> Adversarial.discriminator(s, other), SCORES, new Shape(4, 1));
        GradientCheck.check(s -> Adversarial.discriminator(other, s), SCORES, new Shape(4, 1));
    }

    @Test
    void theGeneratorsLossesAreThoseOfThePaper() {
        double sigma = 1 / (1 + Math.exp(-0.7));
        assertEquals(-Math.log(sigma), value(() -> Adversarial.nonSaturating(column(0.7, 0.7))), 1e-12);
        assertEquals(Math.log(1 - sigma), value(() -> Adversarial.minimax(column(0.7, 0.7))), 1e-12);
        GradientCheck.check(Adversarial::nonSaturating, SCORES, new Shape(4, 1));
        GradientCheck.check(Adversarial::minimax, SCORES, new Shape(4, 1));
    }

    @Test
    void theAbsoluteErrorIsTheMeanOverAllValues() {
        assertEquals(1.75 / 3, value(() -> AbsoluteError.mean(column(1, 2, 3), column(0.5, 3, 2.75))), 1e-12);
        var other = column(0.4, 1, -2, 0.1);
        GradientCheck.check(s -> AbsoluteError.mean(s, other), SCORES, new Shape(4, 1));
        GradientCheck.check(s -> AbsoluteError.mean(other, s), SCORES, new Shape(4, 1));
        var error = assertThrows(
                IllegalArgumentException.class, () -> value(() -> AbsoluteError.mean(column(1, 2), column(1))));
        assertTrue(error.getMessage().contains("(2, 1) and (1, 1)"), error.getMessage());
    }

    @Test
    void theWassersteinLossesAreDifferencesOfMeans() {
        assertEquals(0.65 - 1.5, value(() -> Adversarial.wassersteinCritic(column(1, 2), column(0.3, 1))), 1e-12);
        assertEquals(-0.65, value(() -> Adversarial.wassersteinGenerator(column(0.3, 1))), 1e-12);
        var other = column(0.4, 1, -2, 0.1);
        GradientCheck.check(s -> Adversarial.wassersteinCritic(s, other), SCORES, new Shape(4, 1));
        GradientCheck.check(s -> Adversarial.wassersteinCritic(other, s), SCORES, new Shape(4, 1));
        GradientCheck.check(Adversarial::wassersteinGenerator, SCORES, new Shape(4, 1));
    }

    @Test
    void pointsOfThePenaltyLieBetweenDataAndSamples() {
        try (var tape = Tape.evaluation()) {
            var manager = Compute.current().manager();
            var real = manager.create(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, new Shape(2, 1, 2, 2));
            var fake = manager.zeros(new Shape(2, 1, 2, 2));
            var epsilon = manager.create(new float[] {1, 0.25f});
            var points = GradientPenalty.between(real, fake, epsilon);
            assertEquals(real.getShape(), points.getShape());
            assertArrayEquals(new float[] {1, 2, 3, 4, 1.25f, 1.5f, 1.75f, 2}, points.toFloatArray(), 1e-7f);
            var error = assertThrows(
                    IllegalArgumentException.class, () -> GradientPenalty.between(real, fake.get("0:1"), epsilon));
            assertTrue(error.getMessage().contains("(1, 1, 2, 2)"), error.getMessage());
        }
    }

    /**
     * A critic v·φ(Wx) with a leaky φ is linear around x: ∇ₓ = Wᵀ(v∘s) =: g with the slopes s, and of (‖g‖ − 1)² the
     * gradients are c·(v∘s)gᵀ and c·s∘(Wg) with c = 2(‖g‖ − 1)/‖g‖, and nothing for the biases.
     */
    @Test
    void thePenaltysWeightGradientIsTheClosedForm() {
        int inputs = 4;
        int units = 5;
        var critic =
                new Net("critic", Network.of(new Linear(units), new LeakyRelu(0.2), new Linear(1)), new Shape(inputs));
        var points = new Seed(3).normal(3 * inputs);
        var w = critic.values().get(0);
        var b = critic.values().get(1);
        var v = critic.values().get(2);
        var expectedW = new double[units * inputs];
        var expectedV = new double[units];
        double expected = 0;
        for (int example = 0; example < 3; example++) {
            var slopes = new double[units];
            var g = new double[inputs];
            for (int k = 0; k < units; k++) {
                double sum = b[k];
                for (int j = 0; j < inputs; j++) {
                    sum += (double) w[k * inputs + j] * points[example * inputs + j];
                }
                slopes[k] = sum > 0 ? 1 : 0.2;
                for (int j = 0; j < inputs; j++) {
                    g[j] += v[k] * slopes[k] * w[k * inputs + j];
                }
            }
            double norm = Math.sqrt(Arrays.stream(g).map(a -> a * a).sum());
            double c = 2 * (norm - 1) / norm / 3;
            expected += (norm - 1) * (norm - 1) / 3;
            for (int k = 0; k < units; k++) {
                for (int j = 0; j < inputs; j++) {
                    expectedW[k * inputs + j] += c * v[k] * slopes[k] * g[j];
                    expectedV[k] += c * slopes[k] * w[k * inputs + j] * g[j];
                }
            }
        }
        for (boolean collect : new boolean[] {false, true}) {
            try (var tape = Tape.training()) {
                var x = latent4j.tensor.Arrays.of(points, new Shape(3, inputs));
                var penalty = GradientPenalty.of(critic::apply, x);
                assertEquals(expected, penalty.getFloat(), 1e-6);
                if (collect) {
                    GradientCheck.collectGarbage();
                }
                var gradients = tape.gradients(penalty, critic.trainable());
                assertClose(expectedW, gradients.get(0).toFloatArray());
                assertClose(new double[units], gradients.get(1).toFloatArray());
                assertClose(expectedV, gradients.get(2).toFloatArray());
                assertClose(new double[1], gradients.get(3).toFloatArray());
            }
        }
    }

    private static void assertClose(double[] expected, float[] found) {
        assertArrayEquals(
                expected,
                IntStream.range(0, found.length).mapToDouble(i -> found[i]).toArray(),
                1e-6);
    }

    @Test
    void thePenaltysGradientIsTheCentralDifference() {
        var x = column(0.3, -1.2, 0.8, 2.5, -0.1, 0.6).reshape(2, 3);
        GradientCheck.check(
                w -> GradientPenalty.of(input -> input.mul(w).tanh().square().sum(new int[] {1}), x),
                new double[] {0.7, -0.4, 1.1},
                new Shape(1, 3));
    }

    @Test
    void theMinimaxGradientVanishesWhereTheDiscriminatorIsSure() {
        var sure = new double[] {-12};
        double minimax = GradientCheck.gradient(Adversarial::minimax, sure, new Shape(1, 1), false)[0];
        double nonSaturating = GradientCheck.gradient(Adversarial::nonSaturating, sure, new Shape(1, 1), false)[0];
        assertEquals(-1 / (1 + Math.exp(12)), minimax, 1e-12);
        assertEquals(-1 / (1 + Math.exp(-12)), nonSaturating, 1e-12);
    }

    @Test
    void aFixedGaussianIsTheSquaredErrorOverTwiceTheVariance() {
        double variance = 0.01;
        double expected = -(0.3 * 0.3 + 0.5 * 0.5) / (2 * variance) - Math.log(2 * Math.PI * variance);
        // The constant log σ² is float32, as everywhere in training.
        assertEquals(
                expected,
                value(() -> new FixedGaussian(0.1)
                        .logLikelihood(
                                column(1, 0).reshape(1, 2), column(0.7, 0.5).reshape(1, 2))
                        .sum()),
                1e-5);
        assertThrows(IllegalArgumentException.class, () -> new FixedGaussian(0));
        assertThrows(IllegalArgumentException.class, () -> new FixedGaussian(Double.NaN));
    }

    @Test
    void aGaussianReadsItsHeadsInOrder() {
        try (var tape = Tape.evaluation()) {
            var heads = column(1, 2, 3, 4).reshape(1, 4);
            var gaussian = Gaussian.of(heads);
            assertEquals(1, gaussian.mean().toDoubleArray()[0]);
            assertEquals(3, gaussian.logVariance().toDoubleArray()[0]);
            var odd = assertThrows(IllegalArgumentException.class, () -> Gaussian.of(column(1, 2, 3)));
            assertTrue(odd.getMessage().contains("(3, 1)"), odd.getMessage());
        }
    }

    @Test
    void klOfADistributionIsTheMeanLogRatio() {
        // KL(q ‖ p) = E_q[log q − log p], by a million samples.
        try (var tape = Tape.evaluation()) {
            var manager = Compute.current().manager();
            int n = 200_000;
            var q = new Gaussian(
                    manager.create(new float[] {0.7f, -0.2f}, new Shape(1, 2)),
                    manager.create(new float[] {-0.5f, 0.4f}, new Shape(1, 2)));
            var noise = manager.create(new Seed(5).normal(2 * n), new Shape(n, 2));
            var z = q.sample(noise);
            var zeros = manager.zeros(new Shape(1, 2));
            double ratio = q.logDensity(z)
                    .sub(new Gaussian(zeros, zeros).logDensity(z))
                    .mean()
                    .getFloat();
            assertEquals(q.klToStandardNormal().getFloat(), ratio, 0.01);
        }
    }

    @Test
    void mmdAgreesWithBruteForce() {
        var x = new double[] {0, 0, 1, 0, 0.5, 2};
        var y = new double[] {3, 1, -1, 0, 0, 0.5, 1, 1};
        double width = 1.3;
        double expected =
                meanKernel(x, x, width, true) + meanKernel(y, y, width, true) - 2 * meanKernel(x, y, width, false);
        var manager = Compute.current().manager();
        assertEquals(
                expected,
                value(() -> MaximumMeanDiscrepancy.squared(
                        manager.create(x, new Shape(3, 2)), manager.create(y, new Shape(4, 2)), width)),
                1e-12);
        GradientCheck.check(
                samples -> MaximumMeanDiscrepancy.squared(manager.create(y, new Shape(4, 2)), samples, width),
                x,
                new Shape(3, 2));
        assertThrows(IllegalArgumentException.class, () -> MaximumMeanDiscrepancy.squared(column(1), column(1, 2), 1));
    }

    @Test
    void mmdTakesOtherKernels() {
        var x = new double[] {0, 0, 1, 0, 0.5, 2};
        var y = new double[] {3, 1, -1, 0, 0, 0.5, 1, 1};
        var manager = Compute.current().manager();
        DoubleUnaryOperator multiquadratic = d -> 2.5 / (2.5 + d);
        assertEquals(
                meanKernel(x, x, multiquadratic, true)
                        + meanKernel(y, y, multiquadratic, true)
                        - 2 * meanKernel(x, y, multiquadratic, false),
                value(() -> MaximumMeanDiscrepancy.inverseMultiquadratic(
                        manager.create(x, new Shape(3, 2)), manager.create(y, new Shape(4, 2)), 2.5)),
                1e-12);
        DoubleUnaryOperator gaussian = d -> Math.exp(-d / (2 * 0.7 * 0.7));
        assertEquals(
                meanKernel(x, x, gaussian, true)
                        + meanKernel(y, y, gaussian, true)
                        - 2 * meanKernel(x, y, gaussian, false),
                value(() -> MaximumMeanDiscrepancy.gaussian(
                        manager.create(x, new Shape(3, 2)), manager.create(y, new Shape(4, 2)), 0.7)),
                1e-12);
        GradientCheck.check(
                a -> MaximumMeanDiscrepancy.inverseMultiquadratic(a, manager.create(y, new Shape(4, 2)), 2.5),
                x,
                new Shape(3, 2));
    }

    private static double meanKernel(double[] a, double[] b, double width, boolean same) {
        return meanKernel(
                a,
                b,
                d -> {
                    double sum = 0;
                    for (double scale : new double[] {0.5, 1, 2}) {
                        sum += Math.exp(-d / (2 * scale * scale * width * width)) / 3;
                    }
                    return sum;
                },
                same);
    }

    /** @param kernel of the squared distance */
    private static double meanKernel(double[] a, double[] b, DoubleUnaryOperator kernel, boolean same) {
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < a.length / 2; i++) {
            for (int j = 0; j < b.length / 2; j++) {
                if (!(same && i == j)) {
                    double d = Math.pow(a[2 * i] - b[2 * j], 2) + Math.pow(a[2 * i + 1] - b[2 * j + 1], 2);
                    sum += kernel.applyAsDouble(d);
                    pairs++;
                }
            }
        }
        return sum / pairs;
    }

    @Test
    void theMedianDistanceLeavesOutEqualPairs() {
        try (var tape = Tape.evaluation()) {
            assertEquals(2, MaximumMeanDiscrepancy.width(column(0, 2, 4)), 1e-6);
            assertEquals(1.6, MaximumMeanDiscrepancy.width(column(0, 0, 0, 0, 4)), 1e-6); // the median is 0
            assertEquals(1, MaximumMeanDiscrepancy.width(column(1, 1, 1)));
        }
    }
}
