package latent4j.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import latent4j.tensor.Compute;
import latent4j.tensor.GradientCheck;
import latent4j.tensor.Kernels;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Test;

/** The losses of the games that came after the first, by hand; see also {@link LossesTest}. */
class AdversarialTest {

    private static final double[] SCORES = {0.3, -1.2, 2.5, 0};
    private static final Shape COLUMN = new Shape(4, 1);

    private static NDArray array(Shape shape, double... values) {
        return Compute.current().manager().create(values, shape);
    }

    private static NDArray column(double... values) {
        return array(new Shape(values.length, 1), values);
    }

    private static double value(Supplier<NDArray> scalar) {
        try (var tape = Tape.evaluation()) {
            return Kernels.current().read(List.of(scalar.get()))[0];
        }
    }

    private static void checkBothSides(BinaryOperator<NDArray> loss) {
        var other = column(0.4, 1.7, -2, 0.1);
        GradientCheck.check(s -> loss.apply(s, other), SCORES, COLUMN);
        GradientCheck.check(s -> loss.apply(other, s), SCORES, COLUMN);
    }

    private static double softplus(double x) {
        return Math.log1p(Math.exp(x));
    }

    @Test
    void leastSquaresAreHalvedAndMeasuredFromOneAndZero() {
        double expected = 0.5 * (0.25 + 4) / 2 + 0.5 * (0.09 + 4) / 2;
        assertEquals(
                expected, value(() -> Adversarial.leastSquaresDiscriminator(column(0.5, -1), column(0.3, -2))), 1e-12);
        assertEquals(0, value(() -> Adversarial.leastSquaresDiscriminator(column(1, 1), column(0, 0))));
        assertEquals(0.5 * (0.49 + 9) / 2, value(() -> Adversarial.leastSquaresGenerator(column(0.3, -2))), 1e-12);
        checkBothSides(Adversarial::leastSquaresDiscriminator);
        GradientCheck.check(Adversarial::leastSquaresGenerator, SCORES, COLUMN);
    }

    @Test
    void theHingeGainsNothingBeyondOne() {
        double expected = (0.5 + 0) / 2 + (1.3 + 0) / 2;
        assertEquals(expected, value(() -> Adversarial.hingeDiscriminator(column(0.5, 3), column(0.3, -2))), 1e-12);
        checkBothSides(Adversarial::hingeDiscriminator);
        var beyond = GradientCheck.gradient(
                s -> Adversarial.hingeDiscriminator(s, column(-1.5, -4)),
                new double[] {1.5, 0.5},
                new Shape(2, 1),
                false);
        assertArrayEquals(new double[] {0, -0.5}, beyond, 1e-15);
    }

    @Test
    void theRelativisticAverageComparesWithTheOtherSidesMean() {
        // means: data 0.5, samples −1
        double expected = (softplus(-2) + softplus(-1)) / 2 + (softplus(-2.5) + softplus(-0.5)) / 2;
        assertEquals(expected, value(() -> Adversarial.relativisticAverage(column(1, 0), column(-2, 0))), 1e-12);
        assertEquals(2 * Math.log(2), value(() -> Adversarial.relativisticAverage(column(7, 7), column(7, 7))), 1e-12);
        checkBothSides(Adversarial::relativisticAverage);
        var shifted = value(() -> Adversarial.relativisticAverage(column(4, 3), column(1, 3)));
        assertEquals(expected, shifted, 1e-12, "only differences count");
    }

    /** The gradient of a cross-entropy from logits is softmax − one-hot; after a softmax too many it would be far smaller. */
    @Test
    void theCrossEntropyIsTakenFromLogits() {
        var classes = array(new Shape(2, 3), 0, 1, 0, 1, 0, 0);
        var logits = new double[] {0, 10, 0, 1, 2, -1};
        double first = Math.log(2 * Math.exp(-10) + 1);
        double second = -1 + Math.log(Math.exp(1) + Math.exp(2) + Math.exp(-1));
        assertEquals(
                (first + second) / 2,
                value(() -> Adversarial.crossEntropy(classes, array(new Shape(2, 3), logits))),
                1e-12);
        GradientCheck.check(l -> Adversarial.crossEntropy(classes, l), logits, new Shape(2, 3));
        var wrong = GradientCheck.gradient(
                l -> Adversarial.crossEntropy(array(new Shape(1, 2), 1, 0), l),
                new double[] {-20, 20},
                new Shape(1, 2),
                false);
        assertArrayEquals(new double[] {-1, 1}, wrong, 1e-12);
    }

    @Test
    void examplesOfUnknownClassDoNotCount() {
        var logits = new double[] {1, 0, 3, -2, 0.5, 2};
        var known = array(new Shape(3, 2), 0, 1, 0, 0, 1, 0);
        double expected = (softplus(1) + softplus(1.5)) / 2;
        assertEquals(
                expected, value(() -> Adversarial.knownCrossEntropy(known, array(new Shape(3, 2), logits))), 1e-12);
        GradientCheck.check(l -> Adversarial.knownCrossEntropy(known, l), logits, new Shape(3, 2));
        assertEquals(
                0,
                value(() -> Adversarial.knownCrossEntropy(
                        array(new Shape(3, 2), new double[6]), array(new Shape(3, 2), logits))),
                1e-15);
    }

    /** D(x) = w·x + ½x², whose gradient is w + x: the penalty is the mean of ‖w + x‖². */
    @Test
    void thePenaltyTowardsZeroIsTheMeanSquaredSlope() {
        var x = array(new Shape(2, 2), 1, 2, -0.5, 0.3);
        BinaryOperator<NDArray> penalty = (w, at) -> GradientPenalty.towardsZero(
                input -> input.mul(w)
                        .add(Kernels.current().affine(input.square(), 0.5, 0))
                        .sum(new int[] {1}),
                at);
        double expected =
                (Math.pow(0.5 + 1, 2) + Math.pow(-0.5 + 2, 2) + Math.pow(0.5 - 0.5, 2) + Math.pow(-0.5 + 0.3, 2)) / 2;
        assertEquals(expected, value(() -> penalty.apply(array(new Shape(1, 2), 0.5, -0.5), x)), 1e-6);
        GradientCheck.check(w -> penalty.apply(w, x), new double[] {0.5, -0.5}, new Shape(1, 2));
    }

    @Test
    void noiseAroundTheDataIsHalfAsWideAsTheBatch() {
        try (var tape = Tape.evaluation()) {
            var x = array(new Shape(2, 2), 1, 3, 5, 7); // standard deviation √5
            var around = GradientPenalty.around(x, array(new Shape(2, 2), 1, 0, -2, 0));
            double half = Math.sqrt(5) / 2;
            assertArrayEquals(new double[] {1 + half, 3, 5 - 2 * half, 7}, around.toDoubleArray(), 1e-6);
        }
    }

    @Test
    void samplesBelowTheMarginAreToRise() {
        double expected = (1 + 3) / 2.0 + (1.5 + 0) / 2;
        assertEquals(expected, value(() -> Adversarial.energyDiscriminator(column(1, 3), column(0.5, 2.5), 2)), 1e-12);
        checkBothSides((real, fake) -> Adversarial.energyDiscriminator(real, fake, 0.7));
    }

    @Test
    void codesThatAreAlikePullAway() {
        var shape = new Shape(3, 2);
        double half = 1 / Math.sqrt(2); // cosines 0, half and half
        assertEquals(
                (0.5 + 0.5) / 3,
                value(() -> Adversarial.pullingAway(array(shape, 2, 0, 0, 5, 3 * half, 3 * half))),
                1e-12);
        assertEquals(1, value(() -> Adversarial.pullingAway(array(shape, 1, 2, 2, 4, -0.5, -1))), 1e-12);
        GradientCheck.check(Adversarial::pullingAway, new double[] {2, 0.3, -1, 5, 0.4, 1}, shape);
    }

    @Test
    void samplesWeighAsTheEquilibriumSays() {
        assertEquals(
                2 - 0.4 * 1.5,
                value(() -> Adversarial.equilibriumDiscriminator(column(1, 3), column(0.5, 2.5), column(0.4))),
                1e-12);
        checkBothSides((real, fake) -> Adversarial.equilibriumDiscriminator(real, fake, column(0.4)));
    }
}
