package latent4j.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.tensor.Arrays;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What layers compute, by hand. */
@Tag("engines")
class LayerValuesTest {

    private static final double EPSILON = 1e-5;

    /** y for a batch of examples, with these values for the layer's weights. */
    private static float[] apply(Layer layer, Shape input, int batch, float[] x, float[]... weights) {
        var net = new Net("net", Network.of(layer), input);
        net.load(List.of(weights));
        try (var tape = Tape.evaluation()) {
            return net.apply(Arrays.of(x, new Shape(batch).addAll(input))).toFloatArray();
        }
    }

    private static float[] floats(double... values) {
        var floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static void equal(double[] expected, float[] found) {
        assertArrayEquals(floats(expected), found, 1e-5f);
    }

    @Test
    void aLinearWithoutBiasSelectsItsColumns() {
        equal(
                new double[] {2, 5, 1, 4},
                apply(new Linear(2, false), new Shape(3), 2, floats(0, 1, 0, 1, 0, 0), floats(1, 2, 3, 4, 5, 6)));
    }

    @Test
    void activationsAreTheirFormulas() {
        var x = floats(-30, -1, 0, 2);
        equal(
                new double[] {Math.exp(-30), Math.log1p(Math.exp(-1)), Math.log(2), Math.log1p(Math.exp(2))},
                apply(Activation.SOFTPLUS, new Shape(4), 1, x));
        equal(new double[] {-1, Math.exp(-1) - 1, 0, 2}, apply(Activation.ELU, new Shape(4), 1, x));
        equal(
                new double[] {0.25, 0.75, 0.5, 0.5},
                apply(new Softmax(), new Shape(2, 2), 1, floats(0, Math.log(3), 7, 7)));
    }

    @Test
    void instanceNormalisationIsOfEachChannelOfEachImage() {
        // Means 2 and 20, variances 1 and 100; the other image is far away and changes nothing.
        var x = floats(1, 3, 10, 30, 1001, 1003, -10, 10);
        double one = 1 / Math.sqrt(1 + EPSILON);
        double ten = 10 / Math.sqrt(100 + EPSILON);
        var y = apply(new InstanceNorm(), new Shape(2, 1, 2), 2, x);
        assertArrayEquals(floats(-one, one, -ten, ten, -one, one, -ten, ten), y, 1e-4f);
        assertThrows(IllegalArgumentException.class, () -> new InstanceNorm().output(new Shape(4, 1, 1)));
    }

    @Test
    void layerNormalisationIsOfAllValuesOfAnExample() {
        double scale = 1 / Math.sqrt(4 + EPSILON); // 1, 3, 5, 7... of mean 3 and variance 4: 1, 1, 5, 5
        equal(
                new double[] {-2 * scale * 1, -2 * scale * 2 + 1, 2 * scale * 3, 2 * scale * 4},
                apply(
                        new LayerNorm(),
                        new Shape(2, 1, 2),
                        1,
                        floats(1, 1, 5, 5),
                        floats(1, 2, 3, 4),
                        floats(0, 1, 0, 0)));
    }

    @Test
    void residualsAddAndSkipsConcatenate() {
        var matrix = floats(0, 1, 2, 0); // (a, b) -> (b, 2a)
        equal(
                new double[] {3 + 5, 5 + 6},
                apply(new Residual(new Linear(2, false)), new Shape(2), 1, floats(3, 5), matrix));
        equal(
                new double[] {3 + 3, 5 + 5, 5 - 3, 6 + 10},
                apply(
                        new Residual(List.of(new Skip(List.of(new Linear(2, false)))), List.of(new Linear(4, false))),
                        new Shape(2),
                        1,
                        floats(3, 5),
                        matrix,
                        floats(1, 0, 0, 1, -1, 0, 0, 2)));
        equal(
                new double[] {1, 2, 3, 4, -1, -2, 5, 6, 7, 8, -5, -6}, // along the channels
                apply(
                        new Skip(List.of(new Convolution(1, 1, 1, 0))),
                        new Shape(2, 1, 2),
                        2,
                        floats(1, 2, 3, 4, 5, 6, 7, 8),
                        floats(-1, 0),
                        floats(0)));
        var error =
                assertThrows(IllegalArgumentException.class, () -> new Residual(new Linear(3)).output(new Shape(2)));
        assertTrue(error.getMessage().contains("(3) (its layers) and (2)"), error.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new Skip(List.of(new Convolution(1, 2, 1, 0)))
                .output(new Shape(1, 3, 3)));
    }

    @Test
    void attentionMixesThePixelsByTheirScores() {
        var x = new double[] {0.3, -0.7, 1.1};
        double key = 1.5;
        double query = -0.8;
        double value = 2;
        double output = 0.5;
        double gamma = 0.4;
        var expected = new double[3];
        for (int j = 0; j < 3; j++) {
            double sum = 0;
            double weights = 0;
            for (int i = 0; i < 3; i++) {
                double weight = Math.exp(key * x[i] * query * x[j]);
                sum += weight * value * x[i];
                weights += weight;
            }
            expected[j] = gamma * output * sum / weights + x[j];
        }
        var layer = SelfAttention.of(1);
        var shape = new Shape(1, 1, 3);
        equal(
                expected,
                apply(
                        layer,
                        shape,
                        1,
                        floats(x),
                        floats(key),
                        floats(query),
                        floats(value),
                        floats(output),
                        floats(gamma)));
        var fresh = new Net("net", Network.of(SelfAttention.of(16)), new Shape(16, 2, 2));
        assertEquals(0, fresh.values().get(4)[0], "at first it does nothing");
        assertEquals(new Shape(2, 16), fresh.weights().get(0).shape());
    }

    @Test
    void minibatchStatisticsAreOverTheBatch() {
        // The values' deviations over the batch are 1 and 2.
        equal(
                new double[] {0, 0, 1.5, 2, 4, 1.5},
                apply(new MinibatchStandardDeviation(), new Shape(2), 2, floats(0, 0, 2, 4)));
        equal(
                new double[] {0, 0, 1.5, 1.5, 2, 4, 1.5, 1.5},
                apply(new MinibatchStandardDeviation(), new Shape(1, 1, 2), 2, floats(0, 0, 2, 4)));
        double near = 1 + Math.exp(-2 - 4); // distances of 2 and 4 in the first feature's two dimensions
        equal(
                new double[] {1, near, 2, 3, near, 2},
                apply(new MinibatchDiscrimination(2, 2), new Shape(1), 2, floats(1, 3), floats(1, -2, 0, 0)));
        for (var layer :
                List.of(new MinibatchStandardDeviation(), new MinibatchDiscrimination(2, 2), new BatchNorm())) {
            assertTrue(layer.mixesExamples());
            assertTrue(new Net(
                            "net",
                            Network.of(new Linear(2), new Residual(List.of(layer), List.of(layer))),
                            new Shape(3))
                    .mixesExamples());
            assertTrue(new Skip(List.of(layer)).mixesExamples() && new EachStep(layer).mixesExamples());
        }
        for (var layer : List.of(SelfAttention.of(8), new InstanceNorm(), new LayerNorm(), new Gru(2, false))) {
            assertFalse(layer.mixesExamples());
        }
    }

    @Test
    void imagesArePooledAndEnlarged() {
        equal(
                new double[] {(1 + 3 + 7 + 9) / 4., (5 + 0) / 2., 2, 4},
                apply(new AveragePool(2), new Shape(1, 3, 3), 1, floats(1, 3, 5, 7, 9, 0, 1, 3, 4)));
        equal(
                new double[] {0, 0, 1, 0, 0, 1, 2, 2, 3},
                apply(new Upsample(3, 3, false), new Shape(1, 2, 2), 1, floats(0, 1, 2, 3)));
        equal(new double[] {0, 0.25, 0.75, 1}, apply(new Upsample(1, 4, true), new Shape(1, 1, 2), 1, floats(0, 1)));
        equal(new double[] {10, 0}, apply(GlobalPool.SUM, new Shape(2, 2, 2), 1, floats(1, 2, 3, 4, 1, -1, 2, -2)));
        equal(new double[] {2.5, 0}, apply(GlobalPool.MEAN, new Shape(2, 2, 2), 1, floats(1, 2, 3, 4, 1, -1, 2, -2)));
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    @Test
    void aGruFollowsItsEquations() {
        var x = new double[] {0.7, -1.2};
        var w = new double[] {0.5, -0.4, 1.3}; // of r, z and n
        var u = new double[] {0.9, 0.6, -1.1};
        var b = new double[] {0.1, 0.2, -0.3};
        var c = new double[] {-0.2, 0.4, 0.8};
        var states = new double[2];
        double h = 0;
        for (int t = 0; t < 2; t++) {
            double r = sigmoid(w[0] * x[t] + b[0] + u[0] * h + c[0]);
            double z = sigmoid(w[1] * x[t] + b[1] + u[1] * h + c[1]);
            double n = Math.tanh(w[2] * x[t] + b[2] + r * (u[2] * h + c[2]));
            h = (1 - z) * n + z * h;
            states[t] = h;
        }
        var shape = new Shape(2, 1);
        equal(states, apply(new Gru(1, true), shape, 1, floats(x), floats(w), floats(u), floats(b), floats(c)));
        equal(
                new double[] {states[1]},
                apply(new Gru(1, false), shape, 1, floats(x), floats(w), floats(u), floats(b), floats(c)));
        equal(new double[] {7, 8, 7, 8, 1, 2, 1, 2}, apply(new Repeat(2), new Shape(2), 2, floats(7, 8, 1, 2)));
        equal(
                new double[] {8, -7, 2, -1},
                apply(new EachStep(new Linear(2, false)), new Shape(2, 2), 1, floats(7, 8, 1, 2), floats(0, 1, -1, 0)));
    }

    @Test
    void settingsOutOfRangeAreNamed() {
        assertEquals(
                "units must be >= 1, got 0",
                assertThrows(IllegalArgumentException.class, () -> new Gru(0, true))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new Repeat(0));
        assertThrows(IllegalArgumentException.class, () -> new AveragePool(0));
        assertThrows(IllegalArgumentException.class, () -> new Upsample(0, 1, true));
        assertThrows(IllegalArgumentException.class, () -> new MinibatchDiscrimination(0, 1));
        assertThrows(IllegalArgumentException.class, () -> SelfAttention.of(0));
        assertThrows(IllegalArgumentException.class, () -> new SelfAttention(
                        new Linear(1), new Linear(2), new Linear(1), new Linear(3))
                .output(new Shape(3, 2, 2)));
    }
}
