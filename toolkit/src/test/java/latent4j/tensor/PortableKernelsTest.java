package latent4j.tensor;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The kernels on plain arrays, on this process's engine. */
@Tag("engines")
class PortableKernelsTest extends KernelsContract {

    private final Kernels kernels = Kernels.portable();

    PortableKernelsTest() {
        super(Kernels.portable());
    }

    @Test
    void criticsWithKinksAreRefused() {
        List<UnaryOperator<NDArray>> critics = List.of(
                x -> kernels.relu(x).sum(new int[] {1}), // known by the layer, wherever its kink lies
                x -> kernels.leakyRelu(x, 0.2).sum(new int[] {1}),
                x -> x.abs().sum(new int[] {1})); // known by its values: one lies on the kink
        try (var tape = Tape.training()) {
            for (var critic : critics) {
                var x = Arrays.of(new float[] {1, 2, 3, 1e-4f}, new Shape(2, 2));
                var error = assertThrows(UnsupportedOperationException.class, () -> kernels.gradientNorm(critic, x));
                assertTrue(
                        error.getMessage().contains("smooth")
                                && error.getMessage().contains("SWISH"),
                        error.getMessage());
            }
            // What was refused leaves no trace.
            kernels.relu(Arrays.of(new float[] {1}, new Shape(1)));
        }
    }

    @Test
    void secondDerivativesAreRefused() {
        try (var tape = Tape.training()) {
            var x = kernels.leaf(Arrays.of(new float[] {1}, new Shape(1)));
            var error = assertThrows(
                    UnsupportedOperationException.class,
                    () -> kernels.inputGradient(x.square().sum(), x));
            assertTrue(error.getMessage().contains("gradientNorm"), error.getMessage());
            var unrolled = assertThrows(
                    UnsupportedOperationException.class,
                    () -> kernels.differentiableGradients(x.square().sum(), List.of(x)));
            assertTrue(unrolled.getMessage().contains("PyTorch"), unrolled.getMessage());
        }
    }
}
