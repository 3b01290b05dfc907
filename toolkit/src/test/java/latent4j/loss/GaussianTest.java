package latent4j.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import latent4j.tensor.Compute;
import latent4j.tensor.GradientCheck;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Test;

class GaussianTest {

    private static final Shape SHAPE = new Shape(2, 2);
    private static final double[] MEAN = {0.3, -1, 0.5, 2};
    private static final double[] LOG_VARIANCE = {0.4, -0.5, 0.1, 0};

    private static NDArray array(double... values) {
        return Compute.current().manager().create(values, new Shape(values.length / 2, 2));
    }

    private static double logDensity(double x, double mean, double logVariance) {
        return -0.5 * ((x - mean) * (x - mean) / Math.exp(logVariance) + logVariance + Math.log(2 * Math.PI));
    }

    @Test
    void theDivergenceFromAnotherGaussianIsTheClosedForm() {
        try (var tape = Tape.evaluation()) {
            var q = new Gaussian(array(1, 0), array(Math.log(4), 0));
            var p = new Gaussian(array(-1, 0), array(Math.log(9), 0));
            double expected = 0.5 * ((4 + 4) / 9.0 - 1 + Math.log(9.0 / 4));
            assertEquals(expected, q.klTo(p).toDoubleArray()[0], 1e-12);
            assertEquals(0, q.klTo(q).toDoubleArray()[0], 1e-12);
        }
        var p = new Gaussian(array(MEAN), array(LOG_VARIANCE));
        GradientCheck.check(m -> new Gaussian(m, array(LOG_VARIANCE)).klTo(p).sum(), new double[] {1, 0, 2, 1}, SHAPE);
        GradientCheck.check(v -> p.klTo(new Gaussian(array(1, 0, 2, 1), v)).sum(), LOG_VARIANCE, SHAPE);
    }

    @Test
    void densitiesAreOfEveryPointUnderEveryComponent() {
        var x = new double[] {0, 1, 2, 3, -1, 0.5};
        try (var tape = Tape.evaluation()) {
            var found = new Gaussian(array(MEAN), array(LOG_VARIANCE)).logDensities(array(x));
            assertEquals(new Shape(3, 2), found.getShape());
            var expected = new double[6];
            for (int i = 0; i < 3; i++) {
                for (int k = 0; k < 2; k++) {
                    for (int j = 0; j < 2; j++) {
                        expected[2 * i + k] += logDensity(x[2 * i + j], MEAN[2 * k + j], LOG_VARIANCE[2 * k + j]);
                    }
                }
            }
            assertArrayEquals(expected, found.toDoubleArray(), 1e-12);
        }
        GradientCheck.check(
                m -> new Gaussian(m, array(LOG_VARIANCE))
                        .logDensities(array(x))
                        .square()
                        .sum(),
                MEAN,
                SHAPE);
        GradientCheck.check(
                v -> new Gaussian(array(MEAN), v)
                        .logDensities(array(x))
                        .square()
                        .sum(),
                LOG_VARIANCE,
                SHAPE);
    }

    @Test
    void theProductIsWeighedByPrecision() {
        try (var tape = Tape.evaluation()) {
            var product = new Gaussian(array(1, 0), array(0, Math.log(4)))
                    .times(new Gaussian(array(4, 1), array(Math.log(0.5), Math.log(4))));
            // precisions 1 and 2; ¼ and ¼
            assertArrayEquals(new double[] {(1 + 8) / 3.0, 0.5}, product.mean().toDoubleArray(), 1e-12);
            assertArrayEquals(
                    new double[] {Math.log(1 / 3.0), Math.log(2)},
                    product.logVariance().toDoubleArray(),
                    1e-12);
        }
    }
}
