package latent4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import latent4j.tensor.Seed;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;

class FrechetDistanceTest {

    @Test
    void closedFormOfIndependentDimensions() {
        // Σ (μ − ν)² + (σ − τ)²
        double found = FrechetDistance.between(
                new double[] {1, -2}, new double[][] {{4, 0}, {0, 0.25}}, new double[] {0, 1}, new double[][] {
                    {9, 0}, {0, 1}
                });
        assertEquals(1 + 9 + (2 - 3) * (2 - 3) + 0.5 * 0.5, found, 1e-12);
    }

    @Test
    void fullCovariancesAgreeWithAnotherSquareRoot() {
        int d = 12;
        var first = covariance(d, 1);
        var second = covariance(d, 2);
        var mean = new double[d];
        mean[3] = 0.5;
        double trace = rootByIteration(first.multiply(second)).getTrace();
        double expected = 0.25 + first.getTrace() + second.getTrace() - 2 * trace;
        assertEquals(
                expected,
                FrechetDistance.between(mean, first.getData(), new double[d], second.getData()),
                1e-8 * expected);
    }

    /** Denman and Beavers 1976: Y → A^½, of any matrix without negative eigenvalues. */
    private static RealMatrix rootByIteration(RealMatrix a) {
        var y = a;
        RealMatrix z = MatrixUtils.createRealIdentityMatrix(a.getRowDimension());
        for (int i = 0; i < 40; i++) {
            var next = y.add(inverse(z)).scalarMultiply(0.5);
            z = z.add(inverse(y)).scalarMultiply(0.5);
            y = next;
        }
        return y;
    }

    private static RealMatrix inverse(RealMatrix x) {
        return new LUDecomposition(x).getSolver().getInverse();
    }

    private static RealMatrix covariance(int d, long seed) {
        var draws = new Seed(seed).normal(d * d);
        var root = new double[d][d];
        for (int i = 0; i < d * d; i++) {
            root[i / d][i % d] = draws[i];
        }
        var a = new Array2DRowRealMatrix(root);
        return a.multiply(a.transpose())
                .add(MatrixUtils.createRealIdentityMatrix(d).scalarMultiply(0.1));
    }

    @Test
    void ofSamplesTheirOwnMoments() {
        // means 1 and 3, unbiased variances 1 and 4: (1 − 3)² + (1 − 2)²
        assertEquals(5, FrechetDistance.between(Vectors.of(1, 0, 1, 2), Vectors.of(1, 1, 3, 5)), 1e-12);
    }

    @Test
    void approachesTheDistributionsDistance() {
        var a = Vectors.normal(20_000, 4, 0, 1, 1);
        var b = Vectors.normal(20_000, 4, 0.5, 2, 2);
        assertEquals(4 * 0.25 + 4 * 1, FrechetDistance.between(a, b), 0.1); // standard error about 0.04
    }

    @Test
    void ofTheSameSetIsZeroAlsoWhereFeaturesNeverMove() {
        var half = Vectors.normal(100, 2, 0, 1, 1);
        var values = new double[400];
        for (int i = 0; i < 100; i++) {
            values[4 * i] = half.row(i)[0];
            values[4 * i + 1] = half.row(i)[1];
            values[4 * i + 2] = half.row(i)[1];
        }
        var singular = Vectors.of(4, values);
        assertEquals(0, FrechetDistance.between(singular, singular), 1e-6);
    }

    @Test
    void pixelsThatHardlyEverChangeAreNoObstacle() {
        var values = new double[300 * 100];
        for (int i = 0; i < 300; i++) {
            double draw = new Seed(i).normal(1)[0];
            for (int k = 0; k < 100; k++) {
                values[100 * i + k] = k < 60 ? 0 : draw * Math.pow(10, (60 - k) / 2.0);
            }
        }
        var vectors = Vectors.of(100, values);
        assertEquals(0, FrechetDistance.between(vectors, vectors), 1e-5);
    }

    @Test
    void fewRecordsComeOutTooFarAndResampledOnesFarther() {
        var a = Vectors.normal(200, 16, 0, 1, 1);
        var b = Vectors.normal(200, 16, 0, 1, 2);
        double distance = FrechetDistance.between(a, b);
        assertTrue(distance > 0.3, "although it is 0 for the distributions: " + distance);
        double resampled = 0;
        for (int i = 0; i < 20; i++) {
            resampled +=
                    FrechetDistance.between(Vectors.withReplacement(a, i), Vectors.withReplacement(b, 100 + i)) / 20;
        }
        assertTrue(resampled > 1.5 * distance, resampled + " with replacement, " + distance + " without");
    }

    @Test
    void refusesFewerRecordsThanTellTheFeaturesApart() {
        var few = Vectors.normal(16, 16, 0, 1, 1);
        var enough = Vectors.normal(17, 16, 0, 1, 1);
        FrechetDistance.between(enough, enough);
        var message = assertThrows(IllegalArgumentException.class, () -> FrechetDistance.between(few, enough))
                .getMessage();
        assertEquals(
                "the Fréchet distance on 16 features needs at least 17 records in each set, got 16 and 17", message);
    }

    @Test
    void refusesOtherShapes() {
        var message = assertThrows(
                        IllegalArgumentException.class,
                        () -> FrechetDistance.between(Vectors.of(1, 1, 2, 3), Vectors.of(2, 1, 2, 3, 4)))
                .getMessage();
        assertEquals("both sets must hold vectors of the same length, got (1) and (2)", message);
    }
}
