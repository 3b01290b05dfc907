package latent4j.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.tensor.Arrays;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("engines")
class SpectralNormTest {

    private static final Shape IMAGE = new Shape(3, 6, 5);

    private static Shape input(Product product) {
        return product instanceof Linear ? new Shape(30) : IMAGE;
    }

    static List<Product> products() {
        return List.of(new Linear(20), new Convolution(8, 3, 1, 1), new TransposedConvolution(5, 4, 2, 1, 0, 0));
    }

    /** The singular values of the weight as a matrix with a row for each output, the largest first. */
    private static double[] singularValues(float[] weight, Shape shape, boolean transposed) {
        int rows = (int) shape.get(transposed ? 1 : 0);
        int others = (int) shape.get(transposed ? 0 : 1);
        int within = (int) (shape.size() / rows / others);
        var matrix = new double[rows][others * within];
        for (int i = 0; i < weight.length; i++) {
            int first = i / within / (transposed ? rows : others);
            int second = i / within % (transposed ? rows : others);
            int row = transposed ? second : first;
            int other = transposed ? first : second;
            matrix[row][other * within + i % within] = weight[i];
        }
        return new SingularValueDecomposition(new Array2DRowRealMatrix(matrix)).getSingularValues();
    }

    private static float[] apply(Net net, Tape tape) {
        try (tape) {
            var shape = new Shape(4).addAll(net.input());
            return net.apply(Arrays.of(new Seed(1).normal((int) shape.size()), shape))
                    .toFloatArray();
        }
    }

    @ParameterizedTest
    @MethodSource("products")
    void after50PassesTheWeightIsDividedByItsLargestSingularValue(Product product) {
        var net = new Net("net", Network.of(new SpectralNorm(product)), input(product));
        var values = net.values();
        for (int i = 0; i < values.get(1).length; i++) {
            values.get(1)[i] += 0.2f; // one direction stands out, as in trained weights
        }
        net.load(values);
        var singular =
                singularValues(values.get(1), net.weights().get(1).shape(), product instanceof TransposedConvolution);
        double sigma = singular[0];
        // k steps leave an error of the order (σ₂/σ₁)⁴ᵏ.
        assertTrue(Math.pow(singular[1] / sigma, 200) < 1e-6, singular[1] + " beside " + sigma);
        for (int i = 0; i < 50; i++) {
            apply(net, Tape.training());
        }
        var divided = values.get(1).clone();
        for (int i = 0; i < divided.length; i++) {
            divided[i] /= (float) sigma;
        }
        assertArrayEquals(values.get(1), net.values().get(1), "the weight itself stays");
        var plain = new Net("net", Network.of(product), input(product));
        plain.load(List.of(divided, values.get(2)));
        var expected = apply(plain, Tape.evaluation());
        for (var found : List.of(apply(net, Tape.evaluation()), apply(net, Tape.training()))) {
            double largest = 0;
            for (int i = 0; i < expected.length; i++) {
                largest = Math.max(largest, Math.abs(expected[i]));
            }
            assertArrayEquals(expected, found, (float) (1e-3 * largest));
        }
    }

    @ParameterizedTest
    @MethodSource("products")
    void onlyTrainingMovesU(Product product) {
        var net = new Net("net", Network.of(new SpectralNorm(product)), input(product));
        assertEquals("0 u", net.weights().get(0).name());
        assertEquals(2, net.trainable().size(), "u is a statistic");
        var u = net.values().get(0);
        var first = apply(net, Tape.evaluation());
        assertArrayEquals(first, apply(net, Tape.probing()));
        assertArrayEquals(u, net.values().get(0));
        apply(net, Tape.training());
        var next = net.values().get(0);
        assertFalse(java.util.Arrays.equals(u, next));
        double norm = 0;
        for (float value : next) {
            norm += value * value;
        }
        assertEquals(1, norm, 1e-5);
    }
}
