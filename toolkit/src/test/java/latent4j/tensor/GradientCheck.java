package latent4j.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;

/** Checks gradients in float64 against central differences, also when the garbage collector runs before backward. */
public final class GradientCheck {

    private static final double STEP = 1e-5;

    private GradientCheck() {}

    /** f: an array of the given shape to one number. */
    public static void check(Function<NDArray, NDArray> f, double[] x, Shape shape) {
        var gradient = gradient(f, x, shape, false);
        assertArrayEquals(
                gradient, gradient(f, x, shape, true), "the gradient must not change when the garbage collector runs");
        for (int i = 0; i < x.length; i++) {
            var up = x.clone();
            var down = x.clone();
            up[i] += STEP;
            down[i] -= STEP;
            double difference = (value(f, up, shape) - value(f, down, shape)) / (2 * STEP);
            assertTrue(
                    Math.abs(gradient[i] - difference) <= 1e-6 * Math.max(1, Math.abs(difference)),
                    "element " + i + ": gradient " + gradient[i] + ", central difference " + difference);
        }
    }

    public static double[] gradient(Function<NDArray, NDArray> f, double[] x, Shape shape, boolean collect) {
        try (var tape = Tape.training()) {
            var array = Compute.current().manager().create(x, shape);
            array.setRequiresGradient(true);
            var total = f.apply(array);
            if (collect) {
                collectGarbage();
            }
            return tape.gradients(total, List.of(array)).get(0).toDoubleArray();
        }
    }

    /** Frees what is unreachable and writes over freed memory of the size of a number. */
    public static void collectGarbage() {
        for (int i = 0; i < 3; i++) {
            System.gc();
            for (int j = 0; j < 2000; j++) {
                ByteBuffer.allocateDirect(8).putDouble(1e9 * j);
            }
        }
    }

    private static double value(Function<NDArray, NDArray> f, double[] x, Shape shape) {
        try (var tape = Tape.evaluation()) {
            return Kernels.current()
                    .read(List.of(f.apply(Compute.current().manager().create(x, shape))))[0];
        }
    }
}
