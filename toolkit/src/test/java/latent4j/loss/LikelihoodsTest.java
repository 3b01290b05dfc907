package latent4j.loss;

import static latent4j.loss.Columns.binary;
import static latent4j.loss.Columns.category;
import static latent4j.loss.Columns.real;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.stream.IntStream;
import latent4j.loss.Likelihood.Scale;
import latent4j.tensor.Compute;
import latent4j.tensor.GradientCheck;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Test;

class LikelihoodsTest {

    private static NDArray array(Shape shape, double... values) {
        return Compute.current().manager().create(values, shape);
    }

    private static double[] logLikelihood(Likelihood likelihood, NDArray x, NDArray output) {
        try (var tape = Tape.evaluation()) {
            var found = likelihood.logLikelihood(x, output);
            assertEquals(new Shape(x.getShape().get(0)), found.getShape());
            return found.toDoubleArray();
        }
    }

    private static double[] mean(Likelihood likelihood, NDArray output) {
        try (var tape = Tape.evaluation()) {
            return likelihood.mean(output).toDoubleArray();
        }
    }

    private static double normal(double x, double mean, double variance) {
        return -0.5 * ((x - mean) * (x - mean) / variance + Math.log(2 * Math.PI * variance));
    }

    /** The gradient with respect to the decoder's output, against central differences. */
    private static void checkGradient(Likelihood likelihood, NDArray x, Shape outputs) {
        var draws = new Seed(4).normal((int) outputs.size());
        var output = IntStream.range(0, draws.length).mapToDouble(i -> draws[i]).toArray();
        GradientCheck.check(o -> likelihood.logLikelihood(x, o).mean(), output, outputs);
    }

    @Test
    void aDiagonalGaussianReadsMeansThenVariances() {
        var likelihood = new DiagonalGaussian(0.5);
        var x = array(new Shape(2, 2), 0.3, -1, 0, 2);
        var output = array(new Shape(2, 4), 0.1, 0.2, -1, 0.4, 0, 0, 0, 9);
        assertArrayEquals(
                new double[] {
                    normal(0.3, 0.1, 0.25 + Math.exp(-1)) + normal(-1, 0.2, 0.25 + Math.exp(0.4)),
                    normal(0, 0, 1.25) + normal(2, 0, 0.25 + Math.exp(9))
                },
                logLikelihood(likelihood, x, output),
                1e-12);
        assertArrayEquals(new double[] {0.1, 0.2, 0, 0}, mean(likelihood, output));
        assertEquals(new Shape(6, 8, 9), likelihood.outputs(new Shape(3, 8, 9)));
        assertEquals(new Shape(4), likelihood.outputs(new Shape(2)));
        checkGradient(likelihood, x, new Shape(2, 4));
        assertThrows(IllegalArgumentException.class, () -> new DiagonalGaussian(0));
    }

    /** However small the decoder makes a variance, the density stays below that of the floor. */
    @Test
    void theFloorBoundsADiagonalGaussian() {
        var x = array(new Shape(1, 1), 0.2);
        assertEquals(
                normal(0, 0, 0.01 * 0.01),
                logLikelihood(new DiagonalGaussian(0.01), x, array(new Shape(1, 2), 0.2, -80))[0],
                1e-9);
    }

    @Test
    void theDiscretisedLogisticsProbabilitiesSumToOne() {
        var levels = IntStream.range(0, 256).mapToDouble(k -> k / 255.0).toArray();
        var x = array(new Shape(256, 1), levels);
        double[][] outputs = {{0.3, -2}, {-30, -4}, {30, -3}, {0, -60}, {5, 2}, {-1, 0}};
        for (var output : outputs) {
            var all = new double[512];
            for (int i = 0; i < 256; i++) {
                all[2 * i] = output[0];
                all[2 * i + 1] = output[1];
            }
            double sum = 0;
            for (double p : logLikelihood(new DiscretisedLogistic(), x, array(new Shape(256, 2), all))) {
                assertTrue(Double.isFinite(p) && p <= 1e-12, "log-probability " + p);
                sum += Math.exp(p);
            }
            assertEquals(1, sum, 1e-9, "at output " + output[0] + ", " + output[1]);
        }
    }

    @Test
    void theDiscretisedLogisticByHand() {
        double scale = Math.exp(-7 + Math.log1p(Math.exp(-3 + 7)));
        double mean = 1 / (1 + Math.exp(-0.4));
        double upper = 1 / (1 + Math.exp(-(0.75 - mean) / scale));
        double lower = 1 / (1 + Math.exp(-(0.25 - mean) / scale));
        var likelihood = new DiscretisedLogistic(3);
        var output = array(new Shape(3, 2), 0.4, -3, 0.4, -3, 0.4, -3);
        assertArrayEquals(
                new double[] {Math.log(lower), Math.log(upper - lower), Math.log(1 - upper)},
                logLikelihood(likelihood, array(new Shape(3, 1), 0, 0.5, 1), output),
                1e-9);
        assertArrayEquals(new double[] {mean, mean, mean}, mean(likelihood, output), 1e-12);
        assertEquals(new Shape(6, 8, 9), likelihood.outputs(new Shape(3, 8, 9)));
        checkGradient(likelihood, array(new Shape(2, 2), 0, 0.5, 1, 0.5), new Shape(2, 4));
        assertThrows(IllegalArgumentException.class, () -> new DiscretisedLogistic(1));
    }

    @Test
    void aCategoricalSumsOverTheSteps() {
        var x = array(new Shape(1, 2, 3), 0, 1, 0, 1, 0, 0); // two steps, three symbols
        var logits = array(new Shape(1, 2, 3), 1, 2, -1, 0.5, 0.5, 0.5);
        double first = Math.exp(1) + Math.exp(2) + Math.exp(-1);
        assertEquals(2 - Math.log(first) - Math.log(3), logLikelihood(new Categorical(), x, logits)[0], 1e-12);
        var probabilities = mean(new Categorical(), logits);
        assertEquals(Math.exp(2) / first, probabilities[1], 1e-12);
        assertEquals(1 / 3.0, probabilities[5], 1e-12);
        // A second softmax before the cross-entropy, as some have it, would bound the loss away from 0.
        var sure = array(new Shape(1, 2, 3), 0, 50, 0, 50, 0, 0);
        assertEquals(0, logLikelihood(new Categorical(), x, sure)[0], 1e-12);
        checkGradient(new Categorical(), x, new Shape(1, 2, 3));
    }

    @Test
    void columnsAddUpTheirLikelihoods() {
        var likelihood = Columns.of(real(2), binary(), category(3));
        assertEquals(new Shape(8), likelihood.outputs(new Shape(6)));
        var x = array(new Shape(1, 6), 0.3, -1, 1, 0, 0, 1);
        var output = array(new Shape(1, 8), 0.1, 0.2, -1, 0.4, 0.7, 1, 2, 3);
        double expected = normal(0.3, 0.1, 1e-4 + Math.exp(-1))
                + normal(-1, 0.2, 1e-4 + Math.exp(0.4))
                - Math.log1p(Math.exp(-0.7))
                + 3
                - Math.log(Math.exp(1) + Math.exp(2) + Math.exp(3));
        assertEquals(expected, logLikelihood(likelihood, x, output)[0], 1e-9);
        var mean = mean(likelihood, output);
        assertEquals(6, mean.length);
        assertEquals(0.1, mean[0], 1e-12);
        assertEquals(1 / (1 + Math.exp(-0.7)), mean[2], 1e-12);
        assertEquals(1, mean[3] + mean[4] + mean[5], 1e-12);
        checkGradient(likelihood, x, new Shape(1, 8));
        var error = assertThrows(IllegalArgumentException.class, () -> likelihood.outputs(new Shape(7)));
        assertEquals("a record of 3 groups must have shape (6), got (7)", error.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Columns.of());
        assertThrows(IllegalArgumentException.class, () -> category(1));
    }

    @Test
    void eachSaysWhatItsNumbersAre() {
        var three = new Shape(3);
        float[] binary = {0, 1, 1};
        float[] grey = {0, 1, 0.5f};
        assertEquals(Scale.PROBABILITY, new Bernoulli().scale(three, binary));
        assertEquals(Scale.SCORE, new Bernoulli().scale(three, grey));
        assertEquals(Scale.DENSITY, new FixedGaussian(1).scale(three, binary));
        assertEquals(Scale.DENSITY, new DiagonalGaussian(1).scale(three, grey));
        assertEquals(Scale.PROBABILITY, new DiscretisedLogistic().scale(three, grey));
        var symbols = new Shape(2, 3);
        assertEquals(Scale.PROBABILITY, new Categorical().scale(symbols, new float[] {0, 0, 1, 1, 0, 0}));
        assertEquals(Scale.SCORE, new Categorical().scale(symbols, new float[] {0, 0, 1, 1, 1, 0}));
        assertEquals(Scale.SCORE, new Categorical().scale(symbols, new float[] {0, 0, 1, 0.5f, 0.5f, 0}));
        assertEquals(2, new Categorical().dimensions(symbols));
        var mixed = Columns.of(Columns.real(1), Columns.binary(), Columns.category(3));
        var row = new Shape(5);
        assertEquals(Scale.DENSITY_AND_PROBABILITY, mixed.scale(row, new float[] {2, 1, 0, 1, 0}));
        assertEquals(Scale.SCORE, mixed.scale(row, new float[] {2, 0.5f, 0, 1, 0}));
        assertEquals(3, mixed.dimensions(row));
        var discrete = Columns.of(Columns.binary(), Columns.category(3));
        assertEquals(Scale.PROBABILITY, discrete.scale(new Shape(4), new float[] {1, 0, 1, 0}));
        assertEquals(Scale.DENSITY, Columns.of(Columns.real(2)).scale(new Shape(2), new float[2]));
        Likelihood mine = new Likelihood() {
            @Override
            public NDArray logLikelihood(NDArray x, NDArray output) {
                return output;
            }

            @Override
            public NDArray mean(NDArray output) {
                return output;
            }

            @Override
            public String meanText(String output) {
                return output;
            }
        };
        assertEquals(Scale.SCORE, mine.scale(three, binary));
    }
}
