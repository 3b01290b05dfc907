package latent4j.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.ParameterStore;
import ai.djl.training.loss.Loss;
import java.util.List;
import latent4j.tensor.Arrays;
import latent4j.tensor.Compute;
import latent4j.tensor.GradientCheck;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engines")
class NetTest {

    private static NDArray normal(long seed, long... shape) {
        var s = new Shape(shape);
        return Arrays.of(new Seed(seed).normal((int) s.size()), s);
    }

    private static float[] apply(Net net, long seed) {
        try (var tape = Tape.evaluation()) {
            return net.apply(normal(seed, 3, net.input().get(0))).toFloatArray();
        }
    }

    /** The text's layers against DJL's own, with the same weights. */
    private static void agrees(Layer layer, Block block, boolean training, long... input) {
        var shape = new Shape(input);
        var net = new Net("net", Network.of(layer), shape);
        var manager = Compute.current().manager();
        block.initialize(manager, DataType.FLOAT32, new Shape(4).addAll(shape));
        for (var parameter : block.getParameters()) {
            for (int i = 0; i < net.weights().size(); i++) {
                if (matches(net.weights().get(i).name(), parameter.getKey())) {
                    try (var values = manager.create(
                            net.values().get(i), net.weights().get(i).shape())) {
                        parameter.getValue().getArray().intern(values.duplicate());
                    }
                }
            }
        }
        try (var tape = training ? Tape.training() : Tape.evaluation()) {
            var x = normal(1, new Shape(4).addAll(shape).getShape());
            var ours = net.apply(x);
            var theirs = block.forward(new ParameterStore(manager, false), new NDList(x), training)
                    .singletonOrThrow();
            assertEquals(theirs.getShape(), ours.getShape());
            assertEquals(new Shape(4).addAll(net.output()), ours.getShape());
            assertArrayEquals(theirs.toFloatArray(), ours.toFloatArray(), 1e-5f);
        }
        block.clear();
    }

    private static boolean matches(String ours, String theirs) {
        return ours.endsWith("weight") && theirs.endsWith("weight")
                || ours.endsWith("bias") && theirs.endsWith("bias")
                || ours.endsWith("scale") && theirs.endsWith("gamma")
                || ours.endsWith("shift") && theirs.endsWith("beta")
                || ours.endsWith("mean") && theirs.endsWith("runningMean")
                || ours.endsWith("variance") && theirs.endsWith("runningVar");
    }

    @Test
    void theTextComputesWhatDjlsLayersCompute() {
        agrees(new Linear(5), ai.djl.nn.core.Linear.builder().setUnits(5).build(), false, 3);
        agrees(
                new Convolution(6, 4, 2, 1),
                Conv2d.builder()
                        .setFilters(6)
                        .setKernelShape(new Shape(4, 4))
                        .optStride(new Shape(2, 2))
                        .optPadding(new Shape(1, 1))
                        .build(),
                false,
                3,
                9,
                12);
        for (boolean training : new boolean[] {true, false}) {
            agrees(
                    new BatchNorm(),
                    ai.djl.nn.norm.BatchNorm.builder()
                            .optEpsilon(1e-5f)
                            .optMomentum(0.9f)
                            .build(),
                    training,
                    3,
                    5,
                    4);
        }
        agrees(Activation.RELU, ai.djl.nn.Activation.reluBlock(), false, 4);
        agrees(Activation.TANH, ai.djl.nn.Activation.tanhBlock(), false, 4);
        agrees(Activation.SIGMOID, ai.djl.nn.Activation.sigmoidBlock(), false, 4);
        agrees(Activation.SWISH, ai.djl.nn.Activation.swishBlock(1), false, 4);
        agrees(new LeakyRelu(0.2), ai.djl.nn.Activation.leakyReluBlock(0.2f), false, 4);
    }

    @Test
    void aTransposedConvolutionIsTheTranspose() {
        // <C x, y> = <x, Cᵀ y> for the same kernel; sizes at which the stride leaves a remainder.
        var image = new Shape(2, 9, 12);
        var down = new Net("down", Network.of(new Convolution(5, 4, 2, 1)), image);
        var up = new Net("up", Network.of(TransposedConvolution.to(2, 4, 2, 1, down.output(), 9, 12)), down.output());
        assertEquals(image, up.output());
        var kernel = down.values().get(0);
        down.load(List.of(kernel, new float[5]));
        up.load(List.of(kernel, new float[2]));
        try (var tape = Tape.evaluation()) {
            var x = normal(1, 3, 2, 9, 12);
            var y = normal(2, new Shape(3).addAll(down.output()).getShape());
            double left = down.apply(x).mul(y).sum().getFloat();
            double right = x.mul(up.apply(y)).sum().getFloat();
            assertEquals(left, right, 1e-4 * Math.abs(left) + 1e-4);
        }
    }

    @Test
    void decodersReachAnyHeightAndWidth() {
        for (var image :
                List.of(new Shape(1, 28, 28), new Shape(3, 32, 32), new Shape(1, 64, 48), new Shape(3, 17, 23))) {
            assertEquals(
                    new Shape(6),
                    Nets.convolutional("encoder", image, 6, 8, 4, 4).output());
            assertEquals(
                    image,
                    Nets.convolutionalDecoder("decoder", 3, image, 8, 4, 4).output());
            assertEquals(new Shape(6), Nets.mlp("encoder", image, 6, 8).output());
            assertEquals(image, Nets.mlpDecoder("decoder", 3, image, 8).output());
        }
    }

    @Test
    void theSeedDecidesTheWeights() {
        var network = Network.of(new Linear(50), Activation.RELU, new Linear(2));
        var a = new Net("a", network, new Shape(30));
        var b = new Net("a", network, new Shape(30));
        a.initialise(new Seed(5));
        b.initialise(new Seed(5));
        for (int i = 0; i < a.values().size(); i++) {
            assertArrayEquals(a.values().get(i), b.values().get(i));
        }
        b.initialise(new Seed(6));
        assertFalse(java.util.Arrays.equals(a.values().get(0), b.values().get(0)));
        double bound = 1 / Math.sqrt(30);
        double largest = 0;
        for (float weight : a.values().get(0)) {
            largest = Math.max(largest, Math.abs(weight));
        }
        assertTrue(largest <= bound && largest > 0.98 * bound, "largest weight " + largest + ", bound " + bound);
        assertEquals(30 * 50 + 50 + 50 * 2 + 2, a.parameters());
    }

    @Test
    void runningStatisticsFollowTheBatchAndAreNotTrained() {
        var net = new Net("net", Network.of(new BatchNorm()), new Shape(1));
        assertEquals(2, net.trainable().size());
        try (var tape = Tape.training()) {
            net.apply(Arrays.of(new float[] {1, 3}, new Shape(2, 1)));
        }
        assertEquals(0.1 * 2, net.values().get(2)[0], 1e-6);
        assertEquals(0.9 + 0.1 * 2, net.values().get(3)[0], 1e-6); // the unbiased variance, as in PyTorch
        try (var tape = Tape.probing()) {
            net.apply(Arrays.of(new float[] {7, 9}, new Shape(2, 1)));
            var measured = Tape.withBatchStatistics(() -> net.apply(Arrays.of(new float[] {7, 9}, new Shape(2, 1))));
            assertArrayEquals(new float[] {-1, 1}, measured.toFloatArray(), 1e-4f);
        }
        assertEquals(0.1 * 2, net.values().get(2)[0], 1e-6);
    }

    @Test
    void aForeignBlockRunsAndLearns() {
        var block = new SequentialBlock()
                .add(ai.djl.nn.core.Linear.builder().setUnits(8).build())
                .add(ai.djl.nn.norm.BatchNorm.builder().build())
                .add(ai.djl.nn.Activation::relu)
                .add(ai.djl.nn.core.Linear.builder().setUnits(2).build());
        var net = new Net("foreign", block, new Shape(3));
        assertEquals(new Shape(2), net.output());
        assertEquals(6, net.trainable().size(), "running statistics must not be trained");
        for (int i = 0; i < net.weights().size(); i++) {
            if (net.weights().get(i).name().endsWith("bias")) {
                assertEquals(0, norm(net.values().get(i)));
            }
        }
        var before = apply(net, 1);
        for (int i = 0; i < 100; i++) {
            try (var tape = Tape.training()) {
                var loss = net.apply(normal(1, 3, 3)).square().sum();
                if (i == 10) {
                    GradientCheck.collectGarbage();
                }
                net.step(Adam.of(0.01), tape.gradients(loss, net.trainable()));
            }
        }
        var after = apply(net, 1);
        assertTrue(norm(after) < 0.8 * norm(before), norm(before) + " -> " + norm(after));
        assertThrows(IllegalStateException.class, () -> net.toTorchScript(y -> y));

        var trained = net.values();
        var again = new Net("again", net.toBlock(), new Shape(3));
        again.initialise(new Seed(1));
        assertArrayEquals(trained.get(0), again.values().get(0), "a block that has weights keeps them");
    }

    @Test
    void aBlockKeepsItsNetAlive() throws InterruptedException {
        var block = new Net("net", Network.of(new Linear(2)), new Shape(3)).toBlock();
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(20);
        }
        var store = new ParameterStore(Compute.current().manager(), false);
        try (var tape = Tape.evaluation()) {
            var y = block.forward(store, new NDList(normal(1, 4, 3)), false).singletonOrThrow();
            assertEquals(new Shape(4, 2), y.getShape());
            assertTrue(norm(y.toFloatArray()) > 0);
        }
    }

    @Test
    void djlsTrainerMovesTheSameWeights() throws Exception {
        var net = new Net(
                "net", Network.of(new Linear(8), new BatchNorm(), Activation.RELU, new Linear(1)), new Shape(3));
        var before = net.values();
        try (var model = ai.djl.Model.newInstance("net", Compute.current().device())) {
            model.setBlock(net.toBlock());
            try (var trainer = model.newTrainer(new DefaultTrainingConfig(Loss.l2Loss())
                    .optDevices(new ai.djl.Device[] {Compute.current().device()}))) {
                trainer.initialize(new Shape(4, 3));
                var data = trainer.getManager().create(new Seed(1).normal(12), new Shape(4, 3));
                var label = trainer.getManager().ones(new Shape(4, 1));
                try (var collector = trainer.newGradientCollector()) {
                    collector.backward(
                            trainer.getLoss().evaluate(new NDList(label), trainer.forward(new NDList(data))));
                }
                trainer.step();
            }
        }
        for (int i = 0; i < before.size(); i++) {
            // All weights have moved, and the running statistics have followed the batch. The
            // bias before a batch normalisation has no gradient.
            if (i != 1) {
                assertFalse(java.util.Arrays.equals(before.get(i), net.values().get(i)), "array " + i);
            }
        }
    }

    private static double norm(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value * value;
        }
        return sum;
    }

    @Test
    void wrongShapesAreNamed() {
        var net = new Net("encoder", Network.of(new Linear(2)), new Shape(3));
        try (var tape = Tape.evaluation()) {
            var error = assertThrows(IllegalArgumentException.class, () -> net.apply(normal(1, 2, 4)));
            assertTrue(
                    error.getMessage().contains("encoder") && error.getMessage().contains("(2, 4)"));
        }
        var layers = assertThrows(
                IllegalArgumentException.class,
                () -> new Net(
                        "net",
                        Network.of(new Flatten(), new Linear(3), new Convolution(1, 3, 1, 1)),
                        new Shape(1, 4, 4)));
        assertTrue(
                layers.getMessage().contains("layer 2") && layers.getMessage().contains("Reshape"));
        var large = assertThrows(
                IllegalArgumentException.class,
                () -> new Net("net", Network.of(new Convolution(1, 5, 1, 0)), new Shape(1, 4, 4)));
        assertTrue(large.getMessage().contains("larger than its input"), large.getMessage());
    }

    @Test
    void wrongSettingsAreNamed() {
        for (var error : List.of(
                assertThrows(IllegalArgumentException.class, () -> new Linear(0)),
                assertThrows(IllegalArgumentException.class, () -> new Linear(-3)))) {
            assertTrue(error.getMessage().startsWith("units must be >= 1, got "));
        }
        assertThrows(IllegalArgumentException.class, () -> new LeakyRelu(1));
        assertThrows(IllegalArgumentException.class, () -> new TransposedConvolution(1, 4, 2, 1, 2, 0));
        assertEquals(
                "beta1 must be in [0, 1), got 1.0",
                assertThrows(IllegalArgumentException.class, () -> Adam.of(1e-3).beta1(1))
                        .getMessage());
        assertEquals(
                "learningRate must be a finite number > 0, got -0.1",
                assertThrows(IllegalArgumentException.class, () -> Adam.of(-0.1))
                        .getMessage());
    }

    @Test
    void loadingChangesNothingWhereItDoesNotFit() {
        var net = new Net("net", Network.of(new Linear(2)), new Shape(3));
        var before = net.values();
        var error = assertThrows(IllegalArgumentException.class, () -> net.load(List.of(new float[6], new float[3])));
        assertTrue(error.getMessage().contains("bias") && error.getMessage().contains("got 3"), error.getMessage());
        assertThrows(IllegalArgumentException.class, () -> net.load(List.of(new float[6])));
        assertArrayEquals(before.get(0), net.values().get(0));
    }

    @Test
    void aStateIsAllThatDecidesHowTrainingGoesOn() {
        var network = Network.of(new Linear(4), new BatchNorm(), new Linear(2));
        var net = new Net("net", network, new Shape(3));
        assertTrue(net.state().optimizer().isEmpty());
        train(net, 0, 5);
        var state = net.state();
        assertEquals(5, state.steps());
        assertEquals(Adam.of(0.01), state.optimizer().orElseThrow());
        train(net, 5, 10);
        var uninterrupted = net.state();

        var other = new Net("net", network, new Shape(3));
        train(other, 3, 4);
        other.restore(state);
        assertSame(state, other.state());
        train(other, 5, 10);
        assertSame(uninterrupted, other.state());

        var larger = new Net("net", Network.of(new Linear(9)), new Shape(3));
        var before = larger.state();
        assertThrows(IllegalArgumentException.class, () -> larger.restore(state));
        assertSame(before, larger.state());
        var lost = new NetState(state.values(), state.optimizer(), List.of(), 5, List.of());
        var error = assertThrows(IllegalArgumentException.class, () -> other.restore(lost));
        assertTrue(error.getMessage().contains("remembers 2 arrays a weight, got 0"), error.getMessage());
        assertSame(uninterrupted, other.state());
    }

    private static void train(Net net, int from, int to) {
        for (int i = from; i < to; i++) {
            try (var tape = Tape.training()) {
                var loss = net.apply(normal(i, 8, 3)).square().sum();
                net.step(Adam.of(0.01), tape.gradients(loss, net.trainable()));
            }
        }
    }

    private static void assertSame(NetState expected, NetState found) {
        assertEquals(expected.optimizer(), found.optimizer());
        assertEquals(expected.steps(), found.steps());
        assertSame(expected.values(), found.values());
        assertSame(expected.average(), found.average());
        assertEquals(expected.moments().size(), found.moments().size());
        for (int i = 0; i < expected.moments().size(); i++) {
            assertSame(expected.moments().get(i), found.moments().get(i));
        }
    }

    private static void assertSame(List<float[]> expected, List<float[]> found) {
        assertEquals(expected.size(), found.size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), found.get(i));
        }
    }

    @Test
    void aDroppedNetGivesItsMemoryBack() throws InterruptedException {
        var managers = Compute.current().manager();
        long before = managers.getManagedArrays().size();
        for (int i = 0; i < 20; i++) {
            new Net("net", Network.of(new Linear(100)), new Shape(100));
        }
        for (int i = 0; i < 50 && managers.getManagedArrays().size() > before; i++) {
            System.gc();
            Thread.sleep(20);
        }
        assertTrue(
                managers.getManagedArrays().size() <= before,
                "arrays before: " + before + ", after: "
                        + managers.getManagedArrays().size());
    }
}
