package latent4j.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import latent4j.tensor.Arrays;
import latent4j.tensor.Kernels;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engines")
class NetsTest {

    private static final List<Shape> IMAGES =
            List.of(new Shape(1, 8, 9), new Shape(1, 28, 28), new Shape(3, 32, 32), new Shape(1, 64, 48));

    @Test
    void theyFitThemselvesToTheDataAndComeThrough() {
        for (var image : IMAGES) {
            shapes(Nets.residual("encoder", image, 6, 8, 2), image, new Shape(6));
            shapes(Nets.residualDecoder("decoder", 3, image, 8, 2), new Shape(3), image);
            shapes(Nets.residualConvolutional("encoder", image, 6, 4, 5, 6), image, new Shape(6));
            shapes(Nets.residualConvolutionalDecoder("decoder", 3, image, 4, 5, 6), new Shape(3), image);
            shapes(Nets.unet("translator", image, 2, 4, 5, 6, 7), image, new Shape(2).addAll(image.slice(1)));
        }
        var sequence = new Shape(7, 5);
        shapes(Nets.recurrent("encoder", sequence, 6, 8), sequence, new Shape(6));
        shapes(Nets.recurrentDecoder("decoder", 3, sequence, 8), new Shape(3), sequence);
        assertThrows(IllegalArgumentException.class, () -> Nets.unet("net", sequence, 1, 4));
        assertThrows(IllegalArgumentException.class, () -> Nets.recurrentDecoder("net", 3, new Shape(7), 8));
        assertThrows(IllegalArgumentException.class, () -> Nets.recurrent("net", new Shape(1, 7, 5), 3, 8));
        assertThrows(IllegalArgumentException.class, () -> Nets.residualConvolutional("net", IMAGES.get(0), 3));
    }

    private static void shapes(Net net, Shape input, Shape output) {
        assertEquals(input, net.input());
        assertEquals(output, net.output());
        try (var tape = Tape.evaluation()) {
            var x = draws(1, new Shape(2).addAll(input));
            assertEquals(new Shape(2).addAll(output), net.apply(x).getShape());
        }
    }

    private static NDArray draws(long seed, Shape shape) {
        return Arrays.of(new Seed(seed).normal((int) shape.size()), shape);
    }

    /** The mean squared error of f, before and after these many steps of Adam, on the same 16 records. */
    private static double[] trained(List<Net> nets, UnaryOperator<NDArray> f, NDArray x, NDArray target, int steps) {
        var errors = new double[2];
        for (int i = 0; i <= steps; i++) {
            try (var tape = Tape.training()) {
                var loss = f.apply(x).sub(target).square().mean();
                if (i % steps == 0) {
                    errors[i / steps] = Kernels.current().read(List.of(loss))[0];
                }
                var weights = nets.stream().flatMap(net -> net.trainable().stream());
                var gradients = tape.gradients(loss, weights.toList());
                int from = 0;
                for (var net : nets) {
                    int to = from + net.trainable().size();
                    net.step(Adam.of(0.005), gradients.subList(from, to));
                    from = to;
                }
            }
        }
        System.out.println(nets.get(0) + ": " + errors[0] + " -> " + errors[1]);
        return errors;
    }

    /** One square a picture, somewhere. */
    private static float[] squares(int n, int height, int width) {
        var places = new Seed(3).uniform(2 * n);
        var pixels = new float[n * height * width];
        for (int i = 0; i < n; i++) {
            int top = (int) (places[2 * i] * (height - 2));
            int left = (int) (places[2 * i + 1] * (width - 2));
            for (int k = 0; k < 9; k++) {
                pixels[(i * height + top + k / 3) * width + left + k % 3] = 1;
            }
        }
        return pixels;
    }

    @Test
    void autoencodersLearn() {
        var image = new Shape(1, 8, 9);
        for (var nets : List.of(
                List.of(
                        Nets.residualConvolutional("encoder", image, 4, 8, 8),
                        Nets.residualConvolutionalDecoder("decoder", 4, image, 8, 8)),
                List.of(Nets.residual("encoder", image, 4, 32, 2), Nets.residualDecoder("decoder", 4, image, 32, 2)))) {
            try (var tape = Tape.evaluation()) {
                var x = Arrays.of(squares(16, 8, 9), new Shape(16, 1, 8, 9));
                var errors = trained(nets, a -> nets.get(1).apply(nets.get(0).apply(a)), x, x, 100);
                assertTrue(errors[1] < 0.02, "a constant picture has an error of 0.1");
            }
        }
    }

    @Test
    void aRecurrentAutoencoderLearns() {
        var sequence = new Shape(6, 3);
        var encoder = Nets.recurrent("encoder", sequence, 4, 24);
        var decoder = Nets.recurrentDecoder("decoder", 4, sequence, 24);
        try (var tape = Tape.evaluation()) {
            var x = new float[16 * 18];
            var draws = new Seed(1).uniform(16);
            for (int i = 0; i < 16; i++) {
                for (int t = 0; t < 6; t++) { // each starts somewhere and goes round
                    x[i * 18 + t * 3 + ((int) (3 * draws[i]) + (i % 2 + 1) * t) % 3] = 1;
                }
            }
            var all = Arrays.of(x, new Shape(16, 6, 3));
            var errors = trained(List.of(encoder, decoder), a -> decoder.apply(encoder.apply(a)), all, all, 300);
            assertTrue(errors[1] < 0.01, "the mean sequence has an error of 0.2");
        }
    }

    /** The square is turned into its outline, which lies elsewhere in every picture. */
    @Test
    void aUnetLearnsATranslation() {
        var net = Nets.unet("translator", new Shape(1, 8, 9), 1, 8, 8, 8);
        try (var tape = Tape.evaluation()) {
            var squares = squares(16, 8, 9);
            var outlines = squares.clone();
            for (int i = 0; i < squares.length; i++) {
                int here = i;
                int column = i % 9;
                int row = i / 9 % 8;
                boolean inside = row > 0 && row < 7 && column > 0 && column < 8 && squares[i] == 1;
                if (inside && Stream.of(-1, 1, -9, 9).allMatch(step -> squares[here + step] == 1)) {
                    outlines[i] = 0;
                }
            }
            var shape = new Shape(16, 1, 8, 9);
            var errors = trained(List.of(net), net::apply, Arrays.of(squares, shape), Arrays.of(outlines, shape), 60);
            assertTrue(errors[1] < 0.3 * 1.0 / 72, "to leave the squares as they are has an error of 1/72");
        }
    }

    /** Glorot and Bengio 2010, equation 16: ±√(6/(inputs + outputs)), of a linear layer and of a convolution's 3x3 places. */
    @Test
    void glorotsWeightsFillTheirRangeAndBiasesAreZero() {
        var glorot = new Initialisation.Glorot();
        largest(Network.of(new Linear(20)).initialised(glorot), new Shape(100), Math.sqrt(6.0 / 120));
        largest(Network.of(new Convolution(8, 3, 1, 1)).initialised(glorot), new Shape(4, 5, 5), Math.sqrt(6.0 / 108));
        largest(
                Network.of(new TransposedConvolution(8, 3, 1, 1, 0, 0)).initialised(glorot),
                new Shape(4, 5, 5),
                Math.sqrt(6.0 / 108));
    }

    private static void largest(Network network, Shape input, double bound) {
        var net = new Net("net", network, input);
        net.initialise(new Seed(1));
        double largest = 0;
        for (float weight : net.values().get(0)) {
            largest = Math.max(largest, Math.abs(weight));
        }
        assertTrue(largest <= bound && largest > 0.97 * bound, largest + " of " + bound);
        for (float bias : net.values().get(1)) {
            assertEquals(0, bias);
        }
    }
}
