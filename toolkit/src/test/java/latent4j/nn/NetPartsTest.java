package latent4j.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import latent4j.tensor.Arrays;
import latent4j.tensor.Kernels;
import latent4j.tensor.OneCall;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Test;

/** What stabilisers and hybrids do with a net: change its layers, look into it, and give it other weights. */
class NetPartsTest {

    private static final Network CRITIC = Network.of(
            new Convolution(3, 4, 2, 1),
            Activation.TANH,
            new BatchNorm(),
            new Flatten(),
            new Linear(2),
            Activation.TANH);
    private static final Shape IMAGE = new Shape(1, 6, 6);

    private static NDArray images(long seed) {
        return Arrays.of(new Seed(seed).normal(4 * 36), new Shape(4, 1, 6, 6));
    }

    @Test
    void aNetWithOtherLayersIsFreshAndHasTheName() {
        var net = new Net("critic", CRITIC, IMAGE);
        var normalised = net.with(
                CRITIC.changed(layer -> layer instanceof Product product ? new SpectralNorm(product) : layer),
                new Shape(2, 6, 6));
        assertEquals("critic", normalised.name());
        assertEquals(new Shape(2, 6, 6), normalised.input());
        var layers = normalised.network().orElseThrow().layers();
        assertEquals(new SpectralNorm(new Convolution(3, 4, 2, 1)), layers.get(0));
        assertEquals(new SpectralNorm(new Linear(2)), layers.get(4));
        assertEquals(CRITIC.layers().get(2), layers.get(2));
        var again = normalised.network().orElseThrow();
        assertEquals(
                again,
                again.changed(layer -> layer instanceof Product product ? new SpectralNorm(product) : layer),
                "what is normalised is not normalised twice");
        assertTrue(net.mixesExamples());
        assertFalse(new Net("net", Network.of(new SpectralNorm(new Linear(2))), new Shape(3)).mixesExamples());
    }

    @Test
    void theHeadOfTheFeaturesIsTheOutput() {
        var net = new Net("critic", CRITIC, IMAGE);
        assertEquals(new Shape(27), net.featureShape());
        try (var tape = Tape.training()) {
            net.apply(images(0));
        }
        net.average(0.9);
        try (var tape = Tape.training()) {
            var loss = net.apply(images(1)).sum();
            net.step(Adam.of(0.1), tape.gradients(loss, net.trainable()));
        }
        for (int mode = 0; mode < 2; mode++) {
            try (var tape = mode == 0 ? Tape.evaluation() : Tape.probing()) {
                var features = net.features(images(2));
                assertEquals(new Shape(4, 27), features.getShape());
                assertArrayEquals(
                        net.apply(images(2)).toFloatArray(), net.head(features).toFloatArray(), 1e-6f);
            }
        }
        try (var tape = Tape.training()) {
            // The weights before the features have no other way to the features' sum than through these layers.
            var gradients = tape.gradients(net.features(images(2)).square().sum(), net.trainable());
            assertTrue(gradients.get(0).abs().sum().getFloat() > 0);
            assertEquals(0, gradients.get(4).abs().sum().getFloat(), "the last layer's weight");
        }
        var direct = new Net("net", Network.of(new Linear(2)), new Shape(3));
        try (var tape = Tape.evaluation()) {
            var x = Arrays.of(new Seed(1).normal(6), new Shape(2, 3));
            assertArrayEquals(x.toFloatArray(), direct.features(x).toFloatArray());
            assertThrows(IllegalArgumentException.class, () -> net.head(x));
        }
        var none = new Net("net", Network.of(new Flatten()), IMAGE);
        assertTrue(assertThrows(IllegalStateException.class, none::featureShape)
                .getMessage()
                .contains("is a product"));
    }

    @Test
    void stepsOnFeaturesAndHeadAreOneCall() {
        var net = new Net("critic", CRITIC.changed(l -> l instanceof Product p ? new SpectralNorm(p) : l), IMAGE);
        var results = new ArrayList<double[]>();
        int[] again = {0};
        for (boolean whole : new boolean[] {true, false}) {
            net.initialise(new Seed(4));
            try (var call = new OneCall()) {
                for (int i = 0; i < 3; i++) {
                    int step = i;
                    Supplier<List<NDArray>> computation = () -> {
                        var features = net.features(images(step));
                        var loss = net.head(features).square().sum().add(features.mean());
                        net.step(Adam.of(0.01), Kernels.current().gradients(loss, net.trainable()));
                        return List.of(loss);
                    };
                    try (var tape = Tape.training()) {
                        results.add(
                                whole
                                        ? call.run("step", computation, () -> again[0]++)
                                        : Kernels.current().read(computation.get()));
                    }
                }
            }
        }
        assertEquals(0, again[0]);
        for (int i = 0; i < 3; i++) {
            assertArrayEquals(results.get(i), results.get(i + 3), 1e-5);
        }
    }

    @Test
    void aNetComputesWithGivenWeights() {
        var net = new Net("net", Network.of(new Linear(2), Activation.TANH, new Linear(1)), new Shape(3));
        var other = net.with(net.network().orElseThrow(), net.input());
        other.initialise(new Seed(8));
        try (var tape = Tape.training()) {
            var x = Arrays.of(new Seed(1).normal(6), new Shape(2, 3));
            var expected = other.apply(x);
            var found = net.using(other.trainable(), () -> net.apply(x));
            assertArrayEquals(expected.toFloatArray(), found.toFloatArray());
            assertFalse(java.util.Arrays.equals(
                    expected.toFloatArray(), net.apply(x).toFloatArray()));
            assertArrayEquals(
                    other.features(x).toFloatArray(),
                    net.using(other.trainable(), () -> net.features(x)).toFloatArray());
            var gradients = tape.gradients(found.square().sum(), other.trainable());
            assertTrue(gradients.get(0).abs().sum().getFloat() > 0);
            assertEquals(
                    0,
                    tape.gradients(
                                    net.using(other.trainable(), () -> net.apply(x))
                                            .sum(),
                                    net.trainable())
                            .get(0)
                            .abs()
                            .sum()
                            .getFloat());
        }
        assertTrue(assertThrows(IllegalArgumentException.class, () -> net.using(List.of(), () -> null))
                .getMessage()
                .contains("4 trainable weight arrays, got 0"));
    }

    /** θ' = θ − r·∇L(θ; φ), and a loss of θ' that is minimised over φ: Metz et al. 2017, with one unrolled step. */
    private static List<NDArray> unrolled(Net critic, Net generator, int step) {
        var kernels = Kernels.current();
        var noise = Arrays.of(new Seed(step).normal(12), new Shape(4, 3));
        var samples = generator.apply(noise);
        var loss = critic.apply(samples).square().mean();
        var gradients = kernels.differentiableGradients(loss, critic.trainable());
        var moved = new ArrayList<NDArray>();
        for (int i = 0; i < gradients.size(); i++) {
            moved.add(kernels.affine(gradients.get(i), -0.1, 0)
                    .add(critic.trainable().get(i)));
        }
        var total = critic.using(moved, () -> critic.apply(samples)).square().mean();
        generator.step(Sgd.of(0.1), kernels.gradients(total, generator.trainable()));
        return List.of(loss, total);
    }

    @Test
    void anUnrolledStepIsOneCallAndItsGradientThatOfDifferences() {
        var critic = new Net(
                "critic", Network.of(new SpectralNorm(new Linear(4)), Activation.TANH, new Linear(1)), new Shape(2));
        var generator = new Net("generator", Network.of(new Linear(2)), new Shape(3));
        var results = new ArrayList<double[]>();
        int[] again = {0};
        for (boolean whole : new boolean[] {true, false}) {
            critic.initialise(new Seed(1));
            generator.initialise(new Seed(2));
            try (var call = new OneCall()) {
                for (int i = 0; i < 3; i++) {
                    int step = i;
                    try (var tape = Tape.training()) {
                        results.add(
                                whole
                                        ? call.run("step", () -> unrolled(critic, generator, step), () -> again[0]++)
                                        : Kernels.current().read(unrolled(critic, generator, step)));
                    }
                }
            }
        }
        assertEquals(0, again[0]);
        for (int i = 0; i < 3; i++) {
            assertArrayEquals(results.get(i), results.get(i + 3), 1e-6);
        }

        // The generator's gradient along itself, against the central difference, through the unrolled step.
        var plain = new Net("critic", Network.of(new Linear(4), Activation.TANH, new Linear(1)), new Shape(2));
        plain.initialise(new Seed(1));
        generator.initialise(new Seed(2));
        var start = generator.values();
        float[] before = start.get(0);
        double rate = 0.1;
        double[] totals = new double[3];
        double squares = 0;
        var gradient = new float[before.length];
        try (var tape = Tape.training()) {
            totals[0] = Kernels.current().read(unrolled(plain, generator, 7))[1];
            var after = generator.values().get(0);
            for (int i = 0; i < before.length; i++) {
                gradient[i] = (before[i] - after[i]) / (float) rate;
                squares += gradient[i] * gradient[i];
            }
        }
        double h = 0.02 / Math.sqrt(squares);
        for (int k = 1; k < 3; k++) {
            var moved = before.clone();
            for (int i = 0; i < before.length; i++) {
                moved[i] += (k == 1 ? 1 : -1) * h * gradient[i];
            }
            generator.load(List.of(moved, start.get(1)));
            try (var tape = Tape.training()) {
                totals[k] = Kernels.current().read(unrolled(plain, generator, 7))[1];
            }
        }
        assertEquals(squares, (totals[1] - totals[2]) / (2 * h), 0.01 * squares);
    }
}
