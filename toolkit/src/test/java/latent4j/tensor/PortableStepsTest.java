package latent4j.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The portable steps against the engine's own, whose values OptimizerTest compares with the formulas and with PyTorch. */
class PortableStepsTest {

    private static final double[] START = {1, -2, 0.5, 3};
    private final Kernels kernels = Kernels.current();
    private final PortableSteps portable = new PortableSteps(kernels);

    private static NDArray array(double... values) {
        return Compute.current().manager().create(values, new Shape(values.length));
    }

    private static NDArray gradient(int t) {
        var values = new double[4];
        for (int i = 0; i < 4; i++) {
            values[i] = Math.sin(i + 0.3 * t) + 0.1 * i;
        }
        return array(values);
    }

    /** Weight, gradient, two moments and the step's number. */
    private record Situation(NDArray weight, NDArray gradient, NDArray first, NDArray second, int step) {

        List<NDArray> weights() {
            return List.of(weight);
        }

        List<NDArray> gradients() {
            return List.of(gradient);
        }

        List<NDArray> firsts() {
            return List.of(first);
        }

        List<NDArray> seconds() {
            return List.of(second);
        }
    }

    private interface InPlace {
        void step(Situation at);
    }

    private static void agree(InPlace engine, Function<Situation, List<NDArray>> steps) {
        try (var tape = Tape.evaluation()) {
            var expected = array(START);
            var first = array(new double[4]);
            var second = array(new double[4]);
            var found = List.of(array(START), array(new double[4]), array(new double[4]));
            for (int t = 1; t <= 100; t++) {
                engine.step(new Situation(expected, gradient(t), first, second, t));
                var before = found.get(0).toDoubleArray();
                var next = steps.apply(new Situation(
                        found.get(0), gradient(t), found.get(1), found.get(Math.min(2, found.size() - 1)), t));
                assertArrayEquals(before, found.get(0).toDoubleArray(), "nothing may change in place");
                found = next.size() == 1 ? List.of(next.get(0), next.get(0)) : next;
                assertArrayEquals(expected.toDoubleArray(), found.get(0).toDoubleArray(), 1e-9);
            }
        }
    }

    @Test
    void adam() {
        for (double decay : new double[] {0, 0.1}) {
            agree(
                    s -> kernels.adam(
                            s.weights(),
                            s.gradients(),
                            s.firsts(),
                            s.seconds(),
                            s.step(),
                            0.02,
                            0.8,
                            0.95,
                            1e-3,
                            decay),
                    s -> portable.adam(
                            s.weight(), s.gradient(), s.first(), s.second(), s.step(), 0.02, 0.8, 0.95, 1e-3, decay));
        }
    }

    @Test
    void adamW() {
        agree(
                s -> kernels.adamW(
                        s.weights(), s.gradients(), s.firsts(), s.seconds(), s.step(), 0.02, 0.8, 0.95, 1e-3, 0.1),
                s -> portable.adamW(
                        s.weight(), s.gradient(), s.first(), s.second(), s.step(), 0.02, 0.8, 0.95, 1e-3, 0.1));
    }

    @Test
    void gradientDescent() {
        for (double momentum : new double[] {0, 0.9}) {
            for (boolean nesterov : new boolean[] {false, momentum > 0}) {
                agree(
                        s -> kernels.sgd(s.weights(), s.gradients(), s.firsts(), 0.02, momentum, nesterov, 0.1),
                        s -> portable.sgd(s.weight(), s.gradient(), s.first(), 0.02, momentum, nesterov, 0.1));
            }
        }
    }

    @Test
    void rmsProp() {
        agree(
                s -> kernels.rmsProp(s.weights(), s.gradients(), s.firsts(), 0.02, 0.9, 1e-3, 0.1),
                s -> portable.rmsProp(s.weight(), s.gradient(), s.first(), 0.02, 0.9, 1e-3, 0.1));
    }
}
