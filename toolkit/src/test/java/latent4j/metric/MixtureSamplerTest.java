package latent4j.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.stream.IntStream;
import latent4j.data.Refusal;
import latent4j.data.Samples;
import latent4j.tensor.Seed;
import org.junit.jupiter.api.Test;

class MixtureSamplerTest {

    private static final int RECORDS = 4000;
    private static final Identity PLANE = new Identity(new Shape(2));

    /** Two Gaussians: 30 % round (-3, 10) with covariance I/4, 70 % round (3, 20) with covariance (4, 1.2; 1.2, 1). */
    private static Samples two(long seed) {
        var noise = new Seed(seed).normal(2 * RECORDS);
        var values = new float[2 * RECORDS];
        for (int i = 0; i < RECORDS; i++) {
            double a = noise[2 * i];
            double b = noise[2 * i + 1];
            boolean first = i % 10 < 3;
            values[2 * i] = (float) (first ? -3 + 0.5 * a : 3 + 2 * a);
            values[2 * i + 1] = (float) (first ? 10 + 0.5 * b : 20 + 0.6 * a + 0.8 * b);
        }
        return Samples.of(new Shape(2), values);
    }

    @Test
    void aMixtureIsFoundAgain() {
        var sampler = MixtureSampler.fit(PLANE, two(1), 2, 7);
        System.out.println(sampler);
        assertTrue(sampler.converged());
        int first = sampler.means()[0][0] < 0 ? 0 : 1;
        int second = 1 - first;
        assertEquals(0.3, sampler.weights()[first], 0.005);
        assertArrayEquals(new double[] {-3, 10}, sampler.means()[first], 0.05);
        assertArrayEquals(new double[] {3, 20}, sampler.means()[second], 0.12); // 3 of 2/√2800
        assertArrayEquals(new double[] {0.25, 0}, sampler.covariances()[first][0], 0.03);
        assertArrayEquals(new double[] {4, 1.2}, sampler.covariances()[second][0], 0.33); // 3 of 4·√(2/2800)
        assertArrayEquals(new double[] {1.2, 1}, sampler.covariances()[second][1], 0.15);
        // so far apart, log p = Σ π (log π − entropy), an entropy being 1 + log 2π + ½ log |Σ|
        double entropy = 1 + Math.log(2 * Math.PI);
        double expected = 0.3 * (Math.log(0.3) - entropy - 0.5 * Math.log(0.0625))
                + 0.7 * (Math.log(0.7) - entropy - 0.5 * Math.log(4 - 1.44));
        assertEquals(expected, sampler.logLikelihood(), 0.05); // 3 of 1.1/√4000
    }

    @Test
    void drawsAreOfTheMixtureAndFollowFromTheSeed() {
        var sampler = MixtureSampler.fit(PLANE, two(1), 2, 7);
        var draws = sampler.draw(RECORDS, 5);
        assertArrayEquals(draws.toArray(), sampler.draw(RECORDS, 5).toArray());
        var again = MixtureSampler.fit(PLANE, draws, 2, 7);
        int a = sampler.means()[0][0] < 0 ? 0 : 1;
        int b = again.means()[0][0] < 0 ? 0 : 1;
        assertEquals(sampler.weights()[a], again.weights()[b], 0.025);
        assertArrayEquals(sampler.covariances()[1 - a][0], again.covariances()[1 - b][0], 0.5);
        assertEquals(2, sampler.toTable().rowCount());
    }

    /** The maximum of the likelihood of one Gaussian is the data's mean and covariance. */
    @Test
    void oneComponentIsMeanAndCovariance() {
        var data = two(2);
        var sampler = MixtureSampler.fit(PLANE, data, 1, 7);
        var columns = Columns.of(data);
        assertArrayEquals(columns.mean(), sampler.means()[0], 1e-4);
        assertEquals(columns.sd()[0] * columns.sd()[0], sampler.covariances()[0][0][0], 1e-3);
        double determinant = sampler.covariances()[0][0][0] * sampler.covariances()[0][1][1]
                - Math.pow(sampler.covariances()[0][0][1], 2);
        assertEquals(-1 - Math.log(2 * Math.PI) - 0.5 * Math.log(determinant), sampler.logLikelihood(), 1e-3);
    }

    @Test
    void whatCannotBeFittedLosesComponentsOrIsRefused() {
        // half of the codes are one point: a component on it has no covariance
        var point = two(3).toArray();
        for (int i = 0; i < RECORDS; i += 2) {
            point[2 * i] = 50;
            point[2 * i + 1] = 50;
        }
        var fewer = MixtureSampler.fit(PLANE, Samples.of(new Shape(2), point), 3, 1);
        System.out.println(fewer);
        assertTrue(fewer.weights().length < 3);
        assertTrue(fewer.logLikelihood() > -20 && Double.isFinite(fewer.logLikelihood()));
        var line = new float[2 * RECORDS];
        IntStream.range(0, 2 * RECORDS).forEach(i -> line[i] = i / 2);
        Refusal.expect(() -> MixtureSampler.fit(PLANE, Samples.of(new Shape(2), line), 3, 1), "fewer than their 2");
        Refusal.expect(
                () -> MixtureSampler.fit(PLANE, Samples.of(new Shape(2), new float[2000]), 3, 1),
                "at least 2 dimensions",
                "got 0");
        Refusal.expect(() -> MixtureSampler.fit(PLANE, two(1).head(50), 3, 1), "at least 60", "got 50");
        Refusal.expect(() -> MixtureSampler.fit(PLANE, two(1), 0, 1), "components must be >= 1");
    }

    @Test
    void aDimensionThatNeverChangesStaysAsItIs() {
        var plane = two(1);
        var values = new float[3 * RECORDS];
        for (int i = 0; i < RECORDS; i++) {
            values[3 * i] = plane.row(i)[0];
            values[3 * i + 1] = 0.3f;
            values[3 * i + 2] = plane.row(i)[1];
        }
        var sampler = MixtureSampler.fit(new Identity(new Shape(3)), Samples.of(new Shape(3), values), 2, 7);
        assertEquals(MixtureSampler.fit(PLANE, plane, 2, 7).logLikelihood(), sampler.logLikelihood(), 1e-9);
        var draws = sampler.draw(500, 1);
        for (int i = 0; i < 500; i++) {
            assertEquals(0.3f, draws.row(i)[1], 1e-6f);
        }
        assertTrue(Columns.of(draws).sd()[0] > 2);
    }
}
