package latent4j.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.List;
import latent4j.tensor.Arrays;
import latent4j.tensor.Compute;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Test;

class AverageTest {

    /** y = θx + b, with θ = 1 and b = 0 at first. */
    private static Net line() {
        var net = new Net("line", Network.of(new Linear(1)), new Shape(1));
        net.load(List.of(new float[] {1}, new float[1]));
        return net;
    }

    /** Moves θ by so much. */
    private static void move(Net net, float by) {
        try (var tape = Tape.evaluation()) {
            var gradients =
                    List.of(Arrays.of(new float[] {-by}, new Shape(1, 1)), Arrays.of(new float[1], new Shape(1)));
            net.step(Sgd.of(1), gradients);
        }
    }

    private static float of(Net net, Tape open) {
        try (var tape = open) {
            return net.apply(Arrays.of(new float[] {1}, new Shape(1, 1))).getFloat();
        }
    }

    @Test
    void theAverageByHand() {
        var net = line();
        net.average(0.3);
        move(net, 1); // θ = 2, δ = 2/11
        double first = 1 * 2 / 11.0 + 2 * 9 / 11.0;
        assertEquals(first, net.values().get(0)[0], 1e-6);
        move(net, -4); // θ = −2, δ = 3/12
        double second = first * 0.25 - 2 * 0.75;
        assertEquals(second, net.values().get(0)[0], 1e-6);
        move(net, 7); // θ = 5, δ = 0.3, less than 4/13
        assertEquals(second * 0.3 + 5 * 0.7, net.values().get(0)[0], 1e-6);
        assertEquals(5, net.state().values().get(0)[0]);
    }

    @Test
    void trainingUsesTheWeightsAndAllElseTheAverage() {
        var net = line();
        net.average(0.5);
        move(net, 11); // θ = 12, and the average 1·2/11 + 12·9/11 = 10
        assertEquals(12, of(net, Tape.training()));
        assertEquals(12, of(net, Tape.probing()));
        assertEquals(10, of(net, Tape.evaluation()), 1e-5);
        var x = Arrays.of(new float[] {1}, new Shape(1, 1));
        try (x;
                var y = net.apply(x)) {
            assertEquals(10, y.getFloat(), 1e-5, "without a tape too");
        }
        try (var tape = Tape.training()) {
            var unrecorded = Tape.unrecorded(() -> net.apply(Arrays.of(new float[] {1}, new Shape(1, 1))));
            assertEquals(12, unrecorded.getFloat());
            var gradients = tape.gradients(
                    net.apply(Arrays.of(new float[] {3}, new Shape(1, 1))).sum(), net.trainable());
            assertEquals(3, gradients.get(0).getFloat());
        }
        net.average(0);
        assertEquals(12, of(net, Tape.evaluation()), "an average that has ended is not used");
    }

    @Test
    void runningStatisticsAreAveragedToo() {
        var net = new Net("net", Network.of(new BatchNorm()), new Shape(1));
        net.average(0.5);
        try (var tape = Tape.training()) {
            // the running mean becomes 0.9·0 + 0.1·20 = 2
            var y = net.apply(Arrays.of(new float[] {10, 30}, new Shape(2, 1)));
            net.step(Sgd.of(1), tape.gradients(y.sum(), net.trainable()));
        }
        assertEquals(2, net.state().values().get(2)[0], 1e-6);
        assertEquals(2 * 9 / 11.0, net.values().get(2)[0], 1e-6);
    }

    @Test
    void theStateHoldsTheAverageAndLoadedWeightsHaveNone() {
        var net = line();
        net.average(0.5);
        move(net, 11);
        var state = net.state();
        assertEquals(10, state.average().get(0)[0], 1e-5);
        move(net, 5);
        float expected = net.values().get(0)[0];

        var other = line();
        other.average(0.5);
        other.restore(state);
        assertEquals(12, of(other, Tape.training()));
        assertEquals(10, of(other, Tape.evaluation()), 1e-5);
        move(other, 5);
        assertEquals(expected, other.values().get(0)[0]);

        var late = line();
        late.restore(state);
        late.average(0.5); // goes on with the average that is there
        move(late, 5);
        assertEquals(expected, late.values().get(0)[0]);

        var back = net.snapshot();
        move(net, 100);
        back.run();
        assertEquals(17, net.state().values().get(0)[0]);
        assertEquals(expected, net.values().get(0)[0]);

        net.load(List.of(new float[] {3}, new float[1]));
        assertEquals(3, of(net, Tape.evaluation()));
        assertTrue(net.state().average().isEmpty());
        var wrong =
                new NetState(state.values(), state.optimizer(), state.moments(), state.steps(), List.of(new float[1]));
        assertThrows(IllegalArgumentException.class, () -> net.restore(wrong));
        assertEquals(3, net.state().values().get(0)[0]);
    }

    @Test
    void filesAndBlocksHoldTheAverage() {
        var net = line();
        net.average(0.5);
        move(net, 11);
        var averaged = line();
        averaged.load(net.values());
        assertArrayEquals(averaged.toTorchScript(y -> y), net.toTorchScript(y -> y));
        var block = net.toBlock();
        try (var tape = Tape.evaluation()) {
            var store = new ParameterStore(Compute.current().manager(), false);
            var x = new NDList(Arrays.of(new float[] {1}, new Shape(1, 1)));
            NDArray y = block.forward(store, x, false).singletonOrThrow();
            assertEquals(10, y.getFloat(), 1e-5);
        }
        assertEquals(10, of(net, Tape.training()), 1e-5, "the average took the weights' place");
    }

    @Test
    void aDecayOutOfRangeAndAForeignBlockAreRefused() {
        for (double decay : new double[] {-0.1, 1, 1.5, Double.NaN}) {
            assertEquals(
                    "average must be in (0, 1), got " + decay,
                    assertThrows(IllegalArgumentException.class, () -> line().average(decay))
                            .getMessage());
        }
        var foreign =
                new Net("foreign", ai.djl.nn.core.Linear.builder().setUnits(2).build(), new Shape(3));
        foreign.average(0);
        var error = assertThrows(IllegalArgumentException.class, () -> foreign.average(0.9));
        assertTrue(error.getMessage().contains("network 'foreign' is a foreign DJL block"), error.getMessage());
    }
}
