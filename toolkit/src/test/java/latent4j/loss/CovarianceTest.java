package latent4j.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.tensor.Compute;
import latent4j.tensor.GradientCheck;
import latent4j.tensor.Kernels;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Test;

class CovarianceTest {

    private static final Shape SHAPE = new Shape(3, 2);
    private static final double[] X = {1, 2, 3, 5, 5, 2};

    private static NDArray array(double... values) {
        return Compute.current().manager().create(values, SHAPE);
    }

    @Test
    void theCovarianceIsDividedByTheBatch() {
        try (var tape = Tape.evaluation()) {
            // means 3 and 3; deviations (−2, −1), (0, 2), (2, −1)
            assertArrayEquals(
                    new double[] {8 / 3.0, 0, 0, 2}, Covariance.of(array(X)).toDoubleArray(), 1e-12);
            var posterior = new Gaussian(array(X), array(0, Math.log(2), 0, Math.log(3), Math.log(4), 0));
            assertArrayEquals(
                    new double[] {8 / 3.0 + 2, 0, 0, 4},
                    Covariance.ofCodes(posterior).toDoubleArray(),
                    1e-12);
        }
    }

    @Test
    void theDistanceCountsDiagonalAndTheRestApart() {
        var c = Compute.current().manager().create(new double[] {3, 0.5, 0.5, 0}, new Shape(2, 2));
        try (var tape = Tape.evaluation()) {
            var found = Covariance.distanceFromIdentity(c, 10, 2);
            assertEquals(10 * 2 * 0.25 + 2 * (4 + 1), Kernels.current().read(List.of(found))[0], 1e-12);
        }
        var variances = array(0.2, -1, 0.3, 0.4, -0.5, 0.1);
        GradientCheck.check(
                m -> Covariance.distanceFromIdentity(Covariance.ofCodes(new Gaussian(m, variances)), 3, 2), X, SHAPE);
        GradientCheck.check(
                v -> Covariance.distanceFromIdentity(Covariance.ofCodes(new Gaussian(variances, v)), 3, 2),
                new double[] {0.2, -1, 0.3, 0.4, -0.5, 0.1},
                SHAPE);
    }
}
