package latent4j.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.types.Shape;
import latent4j.tensor.Compute;
import latent4j.tensor.GradientCheck;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Test;

class ImportanceWeightsTest {

    private static final double[] LOG_WEIGHTS = {-3, -1, -2, 0.5, 0.5, 0.5};
    private static final Shape SHAPE = new Shape(2, 3);

    @Test
    void theBoundIsTheLogOfTheMeanWeight() {
        try (var tape = Tape.evaluation()) {
            var found = ImportanceWeights.bound(
                    Compute.current().manager().create(new double[] {-3, -1, -2, -800, -801, -800}, SHAPE));
            assertArrayEquals(
                    new double[] {
                        Math.log((Math.exp(-3) + Math.exp(-1) + Math.exp(-2)) / 3),
                        -800 + Math.log((2 + Math.exp(-1)) / 3)
                    },
                    found.toDoubleArray(),
                    1e-12);
        }
    }

    /** Some repositories weigh by the weights of the losses, and so the worst sample most. */
    @Test
    void theGradientFavoursTheBestSample() {
        var gradient = GradientCheck.gradient(w -> ImportanceWeights.bound(w).sum(), LOG_WEIGHTS, SHAPE, false);
        double sum = Math.exp(-3) + Math.exp(-1) + Math.exp(-2);
        double third = 1 / 3.0;
        assertArrayEquals(
                new double[] {Math.exp(-3) / sum, Math.exp(-1) / sum, Math.exp(-2) / sum, third, third, third},
                gradient,
                1e-12);
        GradientCheck.check(w -> ImportanceWeights.bound(w).square().sum(), LOG_WEIGHTS, SHAPE);
    }
}
