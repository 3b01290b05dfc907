package latent4j.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.util.NativeResource;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engines")
class TapeTest {

    private static final double[] X = {0.3, 1.2, 0.8, 2.5};

    /** What a reader writes: each of these keeps a Java number for backward. */
    @Test
    void javaNumbersInALossGiveExactGradients() {
        List<Function<NDArray, NDArray>> losses = List.of(
                x -> x.mul(0.5).sum(),
                x -> x.mul(3.0).mul(0.25).sum(),
                x -> x.div(7).square().sum(),
                x -> x.pow(3).mul(0.1).sum(),
                x -> x.maximum(1.0).mul(2).sum(),
                x -> x.sub(0.7).mul(1.5).add(2).square().mean(),
                x -> x.mul(0.5).exp().mul(0.125).sum());
        for (var loss : losses) {
            GradientCheck.check(loss, X, new Shape(4));
        }
    }

    @Test
    void threadsTakeTurns() throws InterruptedException {
        var order = new java.util.concurrent.CopyOnWriteArrayList<String>();
        Thread other;
        try (var tape = Tape.training()) {
            other = new Thread(() -> {
                try (var second = Tape.evaluation()) {
                    order.add("second");
                }
            });
            other.start();
            Thread.sleep(100);
            order.add("first");
        }
        other.join();
        assertEquals(List.of("first", "second"), order);
    }

    /** MXNet finds the fault only while it computes, when the tape closes its arrays. */
    @Test
    void aFaultWhileComputingEndsTheTape() throws InterruptedException {
        int before = Compute.current().manager().getManagedArrays().size();
        assertThrows(EngineException.class, () -> {
            try (var tape = Tape.training()) {
                var singular =
                        Compute.current().manager().zeros(new Shape(2, 2)).inverse();
                singular.add(singular).square();
            }
        });
        assertNull(Tape.current());
        assertEquals(before, Compute.current().manager().getManagedArrays().size());
        var other = new Thread(() -> Tape.evaluation().close());
        other.setDaemon(true);
        other.start();
        other.join(10_000);
        assertFalse(other.isAlive(), "the tape must give its turn to other threads");
    }

    @Test
    void withoutATapeAResultBelongsToItsArgumentsManager() {
        try (var manager = Compute.current().manager().newSubManager()) {
            Kernels.current()
                    .affine(manager.create(X, new Shape(2, 2)), 2, 1)
                    .close(); // a kernel's first call leaves its name
            int before = Compute.current().manager().getManagedArrays().size();
            var x = manager.create(X, new Shape(2, 2));
            var y = Kernels.current().affine(x, 2, 1);
            assertArrayEquals(new double[] {1.6, 3.4, 2.6, 6}, y.toDoubleArray(), 1e-12);
            assertEquals(
                    before + 2, Compute.current().manager().getManagedArrays().size());
        }
    }

    @Test
    void everythingMadeOnATapeIsClosedWithIt() {
        var manager = Compute.current().manager();
        int before = manager.getManagedArrays().size();
        NDArray kept;
        NDArray closed;
        try (var tape = Tape.training()) {
            closed = manager.ones(new Shape(3)).mul(2).exp();
            kept = Tape.keep(manager.ones(new Shape(3)));
        }
        assertTrue(((NativeResource<?>) closed).isReleased());
        assertArrayEquals(new float[] {1, 1, 1}, kept.toFloatArray());
        kept.close();
        assertEquals(before, manager.getManagedArrays().size());
    }

    @Test
    void keptArraysDoNotShareTheMemoryOfLaterOnes() {
        NDArray kept;
        try (var tape = Tape.evaluation()) {
            kept = Tape.keep(Arrays.of(new float[] {1, 2, 3}, new Shape(3)).reshape(1, 3));
        }
        try (var tape = Tape.evaluation()) {
            Arrays.of(new float[] {7, 8, 9}, new Shape(3));
        }
        assertArrayEquals(new float[] {1, 2, 3}, kept.toFloatArray());
        kept.close();
    }

    @Test
    void tapesNest() {
        assertNull(Tape.current());
        try (var outer = Tape.training()) {
            assertEquals(Mode.TRAINING, Tape.mode());
            try (var inner = Tape.evaluation()) {
                assertEquals(Mode.EVALUATION, Tape.mode());
                assertFalse(Compute.current().backend().records());
            }
            assertEquals(Mode.TRAINING, Tape.mode());
            assertTrue(Compute.current().backend().records());
        }
        assertNull(Tape.current());
        assertFalse(Compute.current().backend().records());
    }

    @Test
    void unrecordedComputationHasNoGradient() {
        try (var tape = Tape.training()) {
            var x = Compute.current().manager().create(X, new Shape(4));
            x.setRequiresGradient(true);
            var constant = Tape.unrecorded(() -> x.square());
            var gradient = tape.gradients(constant.mul(x).sum(), List.of(x)).get(0);
            assertArrayEquals(new double[] {0.09, 1.44, 0.64, 6.25}, gradient.toDoubleArray(), 1e-12);
        }
    }
}
