package latent4j.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.IntStream;
import latent4j.tensor.Compute;
import latent4j.tensor.GradientCheck;
import latent4j.tensor.Kernels;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Test;

class TotalCorrelationTest {

    private static final Shape SHAPE = new Shape(4, 2);
    private static final double[] MEANS = {0.3, -1.2, 0.8, 2.5, -0.1, 0.6, 1.1, -0.4};
    private static final double[] LOG_VARIANCES = {-0.5, 0.2, -1, 0.3, -0.7, -0.2, 0.1, -1.5};
    private static final double[] CODES = {0.1, -1, 1.8, 2.1, 0.4, 0.7, 0.6, -0.9};

    private static NDArray array(double... values) {
        return Compute.current().manager().create(values, SHAPE);
    }

    private static double value(NDArray scalar) {
        return Kernels.current().read(List.of(scalar))[0];
    }

    private static double density(int i, int j, int d) {
        double variance = Math.exp(LOG_VARIANCES[2 * j + d]);
        double difference = CODES[2 * i + d] - MEANS[2 * j + d];
        return Math.exp(-0.5 * difference * difference / variance) / Math.sqrt(2 * Math.PI * variance);
    }

    /** Chen et al. 2018, equation 3, written out: the sums over the batch, and N·M beneath them. */
    @Test
    void minibatchWeightedSamplingIsItsEquation() {
        double expected = 0;
        for (int i = 0; i < 4; i++) {
            double joint = 0;
            double first = 0;
            double second = 0;
            for (int j = 0; j < 4; j++) {
                joint += density(i, j, 0) * density(i, j, 1) / (100 * 4);
                first += density(i, j, 0) / (100 * 4);
                second += density(i, j, 1) / (100 * 4);
            }
            expected += (Math.log(joint) - Math.log(first) - Math.log(second)) / 4;
        }
        try (var tape = Tape.evaluation()) {
            var posterior = new Gaussian(array(MEANS), array(LOG_VARIANCES));
            assertEquals(expected, value(TotalCorrelation.weighted(posterior, array(CODES), 100)), 1e-12);
        }
    }

    @Test
    void itsGradientIsTheCentralDifference() {
        GradientCheck.check(
                m -> TotalCorrelation.weighted(new Gaussian(m, array(LOG_VARIANCES)), array(CODES), 10), MEANS, SHAPE);
        GradientCheck.check(
                v -> TotalCorrelation.weighted(new Gaussian(array(MEANS), v), array(CODES), 10), LOG_VARIANCES, SHAPE);
        GradientCheck.check(
                z -> TotalCorrelation.weighted(new Gaussian(array(MEANS), array(LOG_VARIANCES)), z, 10), CODES, SHAPE);
    }

    /** With all records in the batch and N = 1 it is log q(z) of the mixture itself: −½·log(1 − ρ²) for a normal one. */
    @Test
    void ofANormalAggregatedPosteriorItIsTheClosedForm() {
        int n = 1500;
        double rho = 0.8;
        var noise = new Seed(3).normal(4 * n);
        var means = new float[2 * n];
        var codes = new float[2 * n];
        double within = 0.3; // standard deviation of each posterior, of which the correlation knows nothing
        for (int i = 0; i < n; i++) {
            double a = noise[4 * i];
            double b = rho * a + Math.sqrt(1 - rho * rho) * noise[4 * i + 1];
            means[2 * i] = (float) a;
            means[2 * i + 1] = (float) b;
            codes[2 * i] = (float) (a + within * noise[4 * i + 2]);
            codes[2 * i + 1] = (float) (b + within * noise[4 * i + 3]);
        }
        double correlation = rho / (1 + within * within);
        try (var tape = Tape.evaluation()) {
            var shape = new Shape(n, 2);
            var spread = new float[2 * n];
            java.util.Arrays.fill(spread, (float) (2 * Math.log(within)));
            var posterior =
                    new Gaussian(latent4j.tensor.Arrays.of(means, shape), latent4j.tensor.Arrays.of(spread, shape));
            var found = value(TotalCorrelation.weighted(posterior, latent4j.tensor.Arrays.of(codes, shape), 1));
            assertEquals(-0.5 * Math.log(1 - correlation * correlation), found, 0.05);
        }
    }

    @Test
    void theDensityRatioIsTheMeanLogit() {
        try (var tape = Tape.evaluation()) {
            var logits = IntStream.range(0, 8).mapToDouble(i -> i).toArray();
            assertEquals(3.5, value(TotalCorrelation.byDensityRatio(array(logits))), 1e-12);
        }
    }
}
