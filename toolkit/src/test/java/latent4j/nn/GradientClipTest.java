package latent4j.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import latent4j.tensor.Arrays;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Test;

class GradientClipTest {

    private static NDArray array(float... values) {
        return Arrays.of(values, new Shape(values.length));
    }

    /** Two arrays of one objective's gradients, clipped. */
    private static void clips(GradientClip clip, double norm, float[] expected, float[] alsoExpected) {
        try (var tape = Tape.evaluation()) {
            var gradients = List.of(array(3, -12), array(4, 0, 0));
            assertEquals(norm, clip.apply(gradients).map(NDArray::getFloat).orElse(0f), 1e-6);
            assertArrayEquals(expected, gradients.get(0).toFloatArray(), 1e-6f);
            assertArrayEquals(alsoExpected, gradients.get(1).toFloatArray(), 1e-6f);
        }
    }

    @Test
    void theClippedGradientsByHand() {
        clips(GradientClip.none(), 0, new float[] {3, -12}, new float[] {4, 0, 0});
        // √(9 + 144 + 16) = 13
        clips(GradientClip.byNorm(6.5), 13, new float[] {1.5f, -6}, new float[] {2, 0, 0});
        clips(GradientClip.byNorm(13.1), 13, new float[] {3, -12}, new float[] {4, 0, 0});
        clips(GradientClip.byValue(3.5), 0, new float[] {3, -3.5f}, new float[] {3.5f, 0, 0});
        clips(GradientClip.byValue(0.25), 0, new float[] {0.25f, -0.25f}, new float[] {0.25f, 0, 0});
    }

    @Test
    void aNormThatIsNotFiniteIsReported() {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            try (var tape = Tape.evaluation()) {
                var gradients = List.of(array(3, bad), array(4));
                float norm =
                        GradientClip.byNorm(1).apply(gradients).orElseThrow().getFloat();
                assertEquals(Float.isNaN(bad) ? Float.NaN : Float.POSITIVE_INFINITY, norm);
            }
        }
    }

    @Test
    void weightsThatShareOneGradientArrayAreClippedOnce() {
        try (var tape = Tape.training()) {
            var a = array(3);
            var b = array(4);
            a.setRequiresGradient(true);
            b.setRequiresGradient(true);
            // (a + b)² has the gradient 14 for both, which the engine hands out as one array
            var gradients = tape.gradients(a.add(b).square().sum(), List.of(a, b));
            GradientClip.byNorm(7).apply(gradients);
            for (var gradient : gradients) {
                assertEquals(7 / Math.sqrt(2), gradient.getFloat(), 1e-5);
            }
        }
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        for (double bound : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            var message = "bound must be a finite number > 0, got " + bound;
            assertEquals(
                    message,
                    assertThrows(IllegalArgumentException.class, () -> GradientClip.byNorm(bound))
                            .getMessage());
            assertEquals(
                    message,
                    assertThrows(IllegalArgumentException.class, () -> GradientClip.byValue(bound))
                            .getMessage());
        }
    }

    @Test
    void everyKindComesBackFromJson() {
        var every = List.of(
                GradientClip.none(), GradientClip.measured(), GradientClip.byNorm(1), GradientClip.byValue(0.5));
        Set<Class<?>> kinds = every.stream().map(Object::getClass).collect(Collectors.toSet());
        assertEquals(Set.of(GradientClip.class.getPermittedSubclasses()), kinds, "this test must hold every kind");
        for (var clip : every) {
            assertEquals(clip, Json.read(Json.write(clip, GradientClip.class), GradientClip.class));
        }
    }
}
