package latent4j.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import latent4j.tensor.Arrays;
import latent4j.tensor.Kernels;
import latent4j.tensor.Mode;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers one by one on plain arrays, as another engine runs them, against the whole network as TorchScript text. */
class LayersTest {

    /** A network and its input's shape. */
    record Case(Network network, Shape input) {}

    private static final Shape IMAGE = new Shape(2, 7, 6);

    static Stream<Case> cases() {
        return Stream.of(
                new Case(Network.of(new Affine(0.3, -2), new Linear(5), new LeakyRelu(0.2)), new Shape(4)),
                new Case(Network.of(new Linear(5), Activation.RELU, new Linear(3)), new Shape(4)),
                new Case(Network.of(new Linear(5, false), Activation.TANH), new Shape(4)),
                new Case(Network.of(new Linear(5), Activation.SIGMOID), new Shape(4)),
                new Case(Network.of(new Linear(5), Activation.SWISH), new Shape(4)),
                new Case(Network.of(new Linear(5), new BatchNorm(), Activation.TANH), new Shape(4)),
                new Case(Network.of(new Convolution(3, 4, 2, 1), new BatchNorm(), new Flatten()), IMAGE),
                new Case(
                        Network.of(
                                new Linear(6),
                                new Reshape(new Shape(2, 3, 1)),
                                new TransposedConvolution(3, 4, 2, 1, 1, 0)),
                        new Shape(4)),
                new Case(Network.of(new TransposedConvolution(1, 3, 3, 0, 2, 1)), IMAGE),
                new Case(
                        Network.of(
                                new SpectralNorm(new Convolution(3, 4, 2, 1)),
                                new SpectralNorm(new TransposedConvolution(2, 4, 2, 1, 1, 0)),
                                new Flatten(),
                                new SpectralNorm(new Linear(4)),
                                new SpectralNorm(new Linear(3, false))),
                        IMAGE));
    }

    @Test
    void everyKindOfLayerIsCompared() {
        var compared = new ArrayList<Class<?>>();
        cases().forEach(c -> c.network().layers().forEach(layer -> compared.add(layer.getClass())));
        assertEquals(
                List.of(),
                Stream.of(Layer.class.getPermittedSubclasses())
                        .flatMap(LayersTest::kinds)
                        .filter(type -> compared.stream().noneMatch(type::isAssignableFrom))
                        .toList());
    }

    /** The layers of a type: itself, or what a sealed one permits. */
    static Stream<Class<?>> kinds(Class<?> type) {
        return type.isSealed() && type.isInterface()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(LayersTest::kinds)
                : Stream.of(type);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theyComputeWhatTheTextComputes(Case c) {
        var whole = new Net("net", c.network(), c.input());
        for (var mode : Mode.values()) {
            var byText = run(whole, mode, (x, weights) -> whole.apply(x));
            var byLayer = run(whole, mode, (x, weights) -> c.network().apply(Kernels.portable(), x, weights, mode));
            // Where a gradient is zero but for rounding (a bias before batch normalisation), its rounding is that of
            // the others.
            double largest = 1;
            for (var array : byText) {
                for (float value : array) {
                    largest = Math.max(largest, Math.abs(value));
                }
            }
            for (int i = 0; i < byText.size(); i++) {
                var message = c + ", " + mode + ", array " + i;
                assertEquals(byText.get(i).length, byLayer.get(i).length, message);
                for (int j = 0; j < byText.get(i).length; j++) {
                    double expected = byText.get(i)[j];
                    assertEquals(expected, byLayer.get(i)[j], 1e-5 * largest, message);
                }
            }
        }
    }

    private interface Forward {
        NDArray apply(NDArray x, List<NDArray> weights);
    }

    /** The output, the gradients of the input and the weights, and the running averages afterwards. */
    private static List<float[]> run(Net net, Mode mode, Forward forward) {
        net.initialise(new Seed(5));
        var kernels = Kernels.current();
        var arrays = new ArrayList<float[]>();
        try (var tape = mode == Mode.TRAINING ? Tape.training() : Tape.probing()) {
            var weights = net.toBlock().getParameters().values().stream()
                    .map(Parameter::getArray)
                    .toList();
            var shape = new Shape(3).addAll(net.input());
            var x = kernels.leaf(Arrays.of(new Seed(1).normal((int) shape.size()), shape));
            var y = mode == Mode.MEASURING
                    ? Tape.withBatchStatistics(() -> forward.apply(x, weights))
                    : forward.apply(x, weights);
            arrays.add(y.toFloatArray());
            var inputs = new ArrayList<>(net.trainable());
            inputs.add(x);
            // Unequal weights: the plain square sum of a normalised batch has no gradient but rounding.
            var noise = Arrays.of(new Seed(2).normal((int) y.size()), y.getShape());
            var total = y.mul(noise).square().sum();
            kernels.gradients(total, inputs).forEach(gradient -> arrays.add(gradient.toFloatArray()));
        }
        arrays.addAll(net.values());
        return arrays;
    }
}
