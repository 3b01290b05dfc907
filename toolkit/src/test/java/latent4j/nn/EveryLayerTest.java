package latent4j.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import latent4j.tensor.Arrays;
import latent4j.tensor.Kernels;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every layer in a net, on the engine that computes. */
@Tag("engines")
class EveryLayerTest {

    static Stream<LayersTest.Case> cases() {
        return LayersTest.cases();
    }

    private static NDArray loss(Net net) {
        var shape = new Shape(4).addAll(net.input());
        var y = net.apply(Arrays.of(new Seed(1).normal((int) shape.size()), shape));
        assertEquals(net.output(), y.getShape().slice(1));
        return y.mul(Arrays.of(new Seed(2).normal((int) y.size()), y.getShape()))
                .square()
                .mean();
    }

    private static double loss(Net net, Supplier<Tape> open) {
        try (var tape = open.get()) {
            return Kernels.current().read(List.of(loss(net)))[0];
        }
    }

    /** From every seed, a few small steps against the gradient make the loss smaller. */
    @ParameterizedTest
    @MethodSource("cases")
    void itLearns(LayersTest.Case c) {
        var net = new Net("net", c.network(), c.input());
        for (var open : List.<Supplier<Tape>>of(Tape::evaluation, Tape::probing)) {
            assertTrue(Double.isFinite(loss(net, open)));
        }
        if (net.trainable().isEmpty()) {
            return;
        }
        net.initialise(new Seed(3));
        double before = loss(net, Tape::training);
        for (int i = 0; i < 20; i++) {
            try (var tape = Tape.training()) {
                net.step(Adam.of(0.003), tape.gradients(loss(net), net.trainable()));
            }
        }
        double after = loss(net, Tape::training);
        assertTrue(after < before, before + " -> " + after);
    }
}
