package latent4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.stream.IntStream;
import latent4j.tensor.Arrays;
import latent4j.tensor.Compute;
import latent4j.tensor.GradientCheck;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Test;

class CategoriesTest {

    private static final float[] LOGITS = {1, 0, -1};
    private static final Shape ONE = new Shape(1, 1, 3);

    private static double[] softmax() {
        double sum = Math.exp(1) + 1 + Math.exp(-1);
        return new double[] {Math.exp(1) / sum, 1 / sum, Math.exp(-1) / sum};
    }

    /** The Gumbel-max trick: the one-hot sample has the probabilities of the categories. */
    @Test
    void hardSamplesHaveTheCategoriesProbabilities() {
        int n = 20_000;
        try (var tape = Tape.evaluation()) {
            var logits = Arrays.of(LOGITS, ONE);
            var uniform = Arrays.of(new Seed(1).uniform(3 * n), new Shape(n, 1, 3));
            var share = Categories.hard(logits, uniform).mean(new int[] {0}).toFloatArray();
            for (int k = 0; k < 3; k++) {
                assertEquals(softmax()[k], share[k], 4 * 0.5 / Math.sqrt(n));
            }
            // The relaxed sample is a point of the simplex whose corner the hard one is, and comes to it as τ falls.
            var hard = Categories.hard(logits, uniform).toFloatArray();
            var cold = Categories.relaxed(logits, uniform, 1e-3).toFloatArray();
            var warm = Categories.relaxed(logits, uniform, 1).toFloatArray();
            int far = 0;
            for (int i = 0; i < n; i++) {
                assertEquals(1, warm[3 * i] + warm[3 * i + 1] + warm[3 * i + 2], 1e-5);
                far += Math.abs(cold[3 * i] - hard[3 * i]) > 0.01 ? 1 : 0;
            }
            assertTrue(far < 0.01 * n, far + " of " + n + " cold samples are no corners");
        }
    }

    @Test
    void aRelaxedSampleIsTheFormulaOfThePaper() {
        var u = new double[] {0.3, 0.6, 0.9};
        double temperature = 0.7;
        var expected = new double[3];
        double sum = 0;
        for (int k = 0; k < 3; k++) {
            expected[k] = Math.exp((LOGITS[k] - Math.log(-Math.log(u[k]))) / temperature);
            sum += expected[k];
        }
        try (var tape = Tape.evaluation()) {
            var uniform = Arrays.of(new float[] {0.3f, 0.6f, 0.9f}, ONE);
            var found = Categories.relaxed(Arrays.of(LOGITS, ONE), uniform, temperature)
                    .toFloatArray();
            for (int k = 0; k < 3; k++) {
                assertEquals(expected[k] / sum, found[k], 1e-5);
            }
        }
        GradientCheck.check(
                l -> Categories.relaxed(l, Compute.current().manager().create(u, ONE), temperature)
                        .square()
                        .sum(),
                new double[] {1, 0, -1},
                ONE);
    }

    @Test
    void theDivergenceFromTheUniformLiesBetweenZeroAndLogK() {
        double expected = Math.log(3);
        for (double p : softmax()) {
            expected += p * Math.log(p);
        }
        try (var tape = Tape.evaluation()) {
            var logits = Arrays.of(new float[] {1, 0, -1, 0, 0, 0, 100, 0, 0, 0, 0, 0}, new Shape(2, 2, 3));
            var found = Categories.klToUniform(logits).toFloatArray();
            assertArrayEquals(new float[] {(float) expected, (float) Math.log(3)}, found, 1e-5f);
        }
        GradientCheck.check(l -> Categories.klToUniform(l).sum(), new double[] {1, 0, -1}, ONE);
    }

    @Test
    void uniformCategoriesAreOneHotAndEquallyOften() {
        int n = 3000;
        var codes = Categories.uniform(n, 2, 3, new Seed(2));
        for (int k = 0; k < 3; k++) {
            int category = k;
            long count = IntStream.range(0, 2 * n)
                    .filter(i -> codes[3 * i + category] == 1)
                    .count();
            assertEquals(2 * n / 3.0, count, 4 * Math.sqrt(2 * n * 2 / 9.0));
        }
        for (int i = 0; i < 2 * n; i++) {
            assertEquals(1, codes[3 * i] + codes[3 * i + 1] + codes[3 * i + 2], 0);
        }
    }

    @Test
    void aCategoryIsChosenByItsShareOfTheUnitInterval() {
        var logits = new float[] {9, 0, (float) Math.log(3), 9};
        assertEquals(0, Categories.choose(logits, 1, 3, 0.2));
        assertEquals(1, Categories.choose(logits, 1, 3, 0.3));
        assertEquals(1, Categories.choose(logits, 1, 3, Math.nextDown(1.0)));
    }
}
