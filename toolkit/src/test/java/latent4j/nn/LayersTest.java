package latent4j.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.translate.NoopTranslator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import latent4j.tensor.Arrays;
import latent4j.tensor.Compute;
import latent4j.tensor.GradientCheck;
import latent4j.tensor.Kernels;
import latent4j.tensor.Mode;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import latent4j.tensor.TorchModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
                new Case(Network.of(new Pack(3), new Linear(2)), new Shape(4)),
                new Case(Network.of(new Pack(2), new Convolution(3, 4, 2, 1)), IMAGE),
                new Case(Network.of(new Pack(5), new Linear(2)), new Shape(4)),
                new Case(
                        Network.of(
                                new SpectralNorm(new Convolution(3, 4, 2, 1)),
                                new SpectralNorm(new TransposedConvolution(2, 4, 2, 1, 1, 0)),
                                new Flatten(),
                                new SpectralNorm(new Linear(4)),
                                new SpectralNorm(new Linear(3, false))),
                        IMAGE),
                new Case(Network.of(new Linear(5), Activation.SOFTPLUS, new Linear(4), Activation.ELU), new Shape(4)),
                new Case(Network.of(new Linear(5), new LayerNorm(), new Softmax()), new Shape(4)),
                new Case(Network.of(new LayerNorm()), IMAGE),
                new Case(Network.of(new InstanceNorm(), new Convolution(3, 3, 1, 1), new InstanceNorm()), IMAGE),
                new Case(Network.of(Residual.of(new Shape(4), new Linear(5), Activation.TANH)), new Shape(4)),
                new Case(
                        Network.of(
                                new Convolution(3, 3, 1, 1),
                                Residual.of(
                                        new Shape(3, 7, 6),
                                        Activation.SWISH,
                                        new Convolution(4, 3, 1, 1),
                                        new BatchNorm(),
                                        new AveragePool(2)),
                                new Residual(Activation.TANH, new Convolution(4, 3, 1, 1)),
                                Residual.of(
                                        new Shape(4, 4, 3),
                                        new Upsample(7, 6, false),
                                        new SpectralNorm(new Convolution(2, 3, 1, 1)))),
                        IMAGE),
                new Case(
                        Network.of(
                                new Skip(List.of(
                                        new Convolution(3, 4, 2, 1),
                                        new Skip(List.of(new Convolution(2, 3, 1, 1), Activation.TANH)),
                                        new TransposedConvolution(4, 4, 2, 1, 1, 0))),
                                new Convolution(1, 1, 1, 0)),
                        IMAGE),
                new Case(Network.of(new Linear(3), new Skip(List.of(new Linear(2), Activation.TANH))), new Shape(4)),
                new Case(
                        Network.of(
                                new Convolution(9, 1, 1, 0),
                                new SelfAttention(
                                        new Linear(2, false),
                                        new SpectralNorm(new Linear(2)),
                                        new Linear(3, false),
                                        new Linear(9)),
                                SelfAttention.of(9)),
                        IMAGE),
                new Case(
                        Network.of(
                                new MinibatchStandardDeviation(),
                                new Flatten(),
                                new Linear(4),
                                new MinibatchStandardDeviation(),
                                new MinibatchDiscrimination(3, 2)),
                        IMAGE),
                new Case(Network.of(new Upsample(11, 12, true), new AveragePool(3), GlobalPool.SUM), IMAGE),
                new Case(Network.of(new Upsample(9, 13, false), new Upsample(4, 5, true), GlobalPool.MEAN), IMAGE),
                new Case(Network.of(new Gru(4, true), new Gru(3, false)), new Shape(5, 2)),
                new Case(
                        Network.of(new ContentAndMotion(2, 3, List.of(new Gru(4, true), new EachStep(new Linear(3))))),
                        new Shape(8)),
                new Case(
                        Network.of(
                                new Linear(3),
                                new Repeat(4),
                                new Gru(5, true),
                                new EachStep(new Linear(2), new BatchNorm(), Activation.TANH)),
                        new Shape(4)));
    }

    @Test
    void everyKindOfLayerIsCompared() {
        var compared = new ArrayList<Class<?>>();
        cases().forEach(c -> c.network().changed(layer -> {
            compared.add(layer.getClass());
            return layer;
        }));
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
            assertEquals(byText.size(), byLayer.size());
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

    @ParameterizedTest
    @MethodSource("cases")
    void anExportedNetComputesTheSame(Case c, @TempDir Path folder) throws Exception {
        var net = new Net("net", c.network(), c.input());
        Files.write(folder.resolve("net.pt"), net.toTorchScript(y -> y));
        try (var model = ai.djl.Model.newInstance("net", Compute.current().device());
                var tape = Tape.evaluation()) {
            model.load(folder, "net");
            var shape = new Shape(3).addAll(c.input());
            var x = Arrays.of(new Seed(1).normal((int) shape.size()), shape);
            try (var predictor = model.newPredictor(new NoopTranslator())) {
                var found = predictor.predict(new NDList(x)).singletonOrThrow();
                assertArrayEquals(net.apply(x).toFloatArray(), found.toFloatArray(), 1e-5f);
            }
        }
    }

    /** In float64, of the input and of every weight: what the text computes has the gradient of its differences. */
    @ParameterizedTest
    @MethodSource("cases")
    void theTextsGradientIsThatOfDifferences(Case c) {
        differentiate(c, true, (f, x) -> f.apply(x));
    }

    /** A gradient penalty's gradient is right: what the text computes can be differentiated twice. */
    @ParameterizedTest
    @MethodSource("cases")
    void theGradientsNormHasTheGradientOfDifferences(Case c) {
        if (!c.network().mixesExamples()) {
            differentiate(c, false, (f, x) -> Kernels.current().gradientNorm(f, x));
        }
    }

    private static void differentiate(
            Case c, boolean inputToo, BiFunction<UnaryOperator<NDArray>, NDArray, NDArray> function) {
        var module =
                new TorchModule(c.network().text(c.input()), Compute.current().manager());
        var weights = c.network().weights(c.input());
        var values = new ArrayList<double[]>();
        var shapes = new ArrayList<Shape>();
        for (var weight : weights) {
            // Not as they start: at 0 or 1 a gradient may be 0, or a factor unseen.
            values.add(draws(weight.shape(), 1 + values.size(), 0.5));
            shapes.add(weight.shape());
        }
        values.add(draws(new Shape(3).addAll(c.input()), 0, 1));
        shapes.add(new Shape(3).addAll(c.input()));
        converge(module, weights, values, shapes);
        // All that varies as one long vector, so that the garbage collector has to run only once.
        var varied = IntStream.range(0, values.size())
                .filter(i -> i == weights.size() ? inputToo : weights.get(i).trainable())
                .boxed()
                .toList();
        if (varied.isEmpty()) {
            return;
        }
        var together = varied.stream()
                .flatMapToDouble(i -> DoubleStream.of(values.get(i)))
                .toArray();
        GradientCheck.check(
                vector -> {
                    var arrays = new ArrayList<NDArray>();
                    int from = 0;
                    for (int i = 0; i < values.size(); i++) {
                        if (varied.contains(i)) {
                            int to = from + values.get(i).length;
                            arrays.add(vector.get(new NDIndex(from + ":" + to)).reshape(shapes.get(i)));
                            from = to;
                        } else {
                            arrays.add(Compute.current().manager().create(values.get(i), shapes.get(i)));
                        }
                    }
                    UnaryOperator<NDArray> sums = x -> {
                        var y = module.call("measuring", x, arrays.subList(0, weights.size()));
                        var factors = Compute.current().manager().create(draws(y.getShape(), 77, 1), y.getShape());
                        return y.mul(factors).reshape(y.getShape().get(0), -1).sum(new int[] {1});
                    };
                    return function.apply(sums, arrays.get(weights.size())).sum();
                },
                together,
                new Shape(together.length));
    }

    /** Where u has converged, σ has the gradient that is taken for it: u and v are constants to first order. */
    private static void converge(TorchModule module, List<Weight> weights, List<double[]> values, List<Shape> shapes) {
        if (weights.stream().noneMatch(weight -> weight.name().endsWith(" u"))) {
            return;
        }
        try (var tape = Tape.evaluation()) {
            var arrays = new ArrayList<NDArray>();
            for (int i = 0; i < values.size(); i++) {
                arrays.add(Compute.current().manager().create(values.get(i), shapes.get(i)));
            }
            for (int i = 0; i < 1000; i++) {
                module.call("training", arrays.get(weights.size()), arrays.subList(0, weights.size()));
            }
            for (int i = 0; i < weights.size(); i++) {
                values.set(i, arrays.get(i).toDoubleArray());
            }
        }
    }

    private static double[] draws(Shape shape, long seed, double deviation) {
        var normal = new Seed(seed).normal((int) shape.size());
        return IntStream.range(0, normal.length)
                .mapToDouble(i -> deviation * normal[i])
                .toArray();
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
