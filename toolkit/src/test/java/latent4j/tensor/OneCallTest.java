package latent4j.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OneCallTest {

    private final Kernels kernels = Kernels.current();
    private final OneCall oneCall = new OneCall();
    private final AtomicInteger again = new AtomicInteger();
    private NDArray weight;

    @BeforeEach
    void makeWeight() {
        weight = Compute.current().manager().create(new float[] {1, 2, 3}, new Shape(3));
        weight.setRequiresGradient(true);
    }

    @AfterEach
    void close() {
        oneCall.close();
        weight.close();
    }

    private double[] run(Object key, Supplier<List<NDArray>> computation) {
        try (var tape = Tape.training()) {
            return oneCall.run(key, computation, again::incrementAndGet);
        }
    }

    /** ½‖θ·x·factor‖², one step of gradient descent, and the loss afterwards. */
    private List<NDArray> descend(float[] x, double factor, double rate) {
        var loss = kernels.affine(
                Arrays.of(x, new Shape(3)).mul(weight).mul(factor).square().sum(), 0.5, 0);
        var gradients = kernels.gradients(loss, List.of(weight));
        kernels.sgd(List.of(weight), gradients, List.of(), rate, 0, false, 0);
        return List.of(loss, Arrays.of(x, new Shape(3)).mul(weight).sum());
    }

    @Test
    void inputsAndNumbersMayChangeFromTimeToTime() {
        // by hand: loss = ½ Σ (θ x f)², θ' = θ − r·θ x² f²
        assertArrayEquals(new double[] {7, 0.9 * 6}, run("a", () -> descend(new float[] {1, 1, 1}, 1, 0.1)), 1e-6);
        assertArrayEquals(new float[] {0.9f, 1.8f, 2.7f}, weight.toFloatArray(), 1e-6f);
        double loss = 0.5 * 4 * (0.9 * 0.9 + 4 * 1.8 * 1.8);
        double after = 0.9 * (1 - 0.5 * 4) + 2 * 1.8 * (1 - 0.5 * 16);
        assertArrayEquals(new double[] {loss, after}, run("a", () -> descend(new float[] {1, 2, 0}, 2, 0.5)), 1e-5);
        assertEquals(0, again.get());
    }

    @Test
    void isTheSameAsOperationByOperation() {
        var computations = new ArrayList<double[]>();
        for (boolean eager : new boolean[] {false, true}) {
            try (var other = new OneCall()) {
                weight.set(new float[] {1, 2, 3});
                for (int step = 0; step < 5; step++) {
                    float[] x = new Seed(step).normal(3);
                    Supplier<List<NDArray>> computation = () -> descend(x, 0.7, 0.05);
                    try (var tape = Tape.training()) {
                        computations.add(
                                eager
                                        ? kernels.read(computation.get())
                                        : other.run("a", computation, again::incrementAndGet));
                    }
                }
            }
        }
        for (int step = 0; step < 5; step++) {
            assertArrayEquals(computations.get(step + 5), computations.get(step), 1e-6);
        }
        assertEquals(0, again.get());
    }

    @Test
    void clippingRulesAndAveragesArePartOfTheCall() {
        var moments = new ArrayList<List<NDArray>>();
        for (int i = 0; i < 3; i++) {
            moments.add(List.of(Compute.current().manager().zeros(new Shape(3))));
        }
        var weights = List.of(weight);
        var mean = new float[3];
        for (int step = 1; step <= 3; step++) {
            int t = step;
            var numbers = run("a", () -> {
                var loss = kernels.affine(weight, 1, 0).square().sum();
                var gradients = kernels.gradients(loss, weights);
                var norm = kernels.clipNorm(gradients, 0.1 * t);
                kernels.adam(weights, gradients, moments.get(0), moments.get(1), t, 0.1 / t, 0.9, 0.999, 1e-8, 0.1);
                kernels.adamW(weights, gradients, moments.get(0), moments.get(1), t, 0.1 / t, 0.9, 0.999, 1e-8, 0.1);
                kernels.sgd(weights, gradients, moments.get(0), 0.1 / t, 0.9, true, 0.1);
                kernels.rmsProp(weights, gradients, moments.get(0), 0.1 / t, 0.9, 1e-8, 0.1);
                kernels.clamp(weights, 1.5 / t);
                kernels.average(moments.get(2), weights, 1.0 / t);
                return List.of(norm, loss);
            });
            assertEquals(Math.sqrt(4 * numbers[1]), numbers[0], 1e-5);
            var values = weight.toFloatArray();
            for (int i = 0; i < 3; i++) {
                assertTrue(Math.abs(values[i]) <= 1.5 / t + 1e-6);
                mean[i] += values[i] / 3;
            }
        }
        assertEquals(0, again.get());
        // with the shares 1, 1/2 and 1/3 the average is the mean
        assertArrayEquals(mean, moments.get(2).get(0).toFloatArray(), 1e-6f);
        moments.forEach(moment -> moment.get(0).close());
    }

    @Test
    void whatReadsValuesRunsOperationByOperation() {
        for (int i = 0; i < 3; i++) {
            var numbers = run("a", () -> {
                var sum = Arrays.of(new float[] {1, 2, 3}, new Shape(3))
                        .mul(weight)
                        .sum();
                return List.of(sum.getFloat() > 10 ? sum.neg() : sum);
            });
            assertArrayEquals(new double[] {-14}, numbers, 1e-6);
        }
        assertEquals(1, again.get());
    }

    @Test
    void whatChangesItsFormIsRecordedAnew() {
        for (int i = 0; i < 6; i++) {
            boolean odd = i % 2 == 1;
            var numbers = run("a", () -> {
                var x = Arrays.of(new float[] {1, 2, 3}, new Shape(3)).mul(weight);
                return List.of(odd ? x.sum().neg() : x.sum());
            });
            assertArrayEquals(new double[] {odd ? -14 : 14}, numbers, 1e-6);
        }
    }

    @Test
    void otherShapesAreAnotherForm() {
        for (int n = 1; n < 4; n++) {
            int size = n;
            var numbers = run(
                    "a",
                    () -> List.of(
                            Arrays.of(new float[size], new Shape(size)).add(1).sum()));
            assertArrayEquals(new double[] {n}, numbers, 0);
        }
    }

    @Test
    void whatIsNotRecordedForGradientsIsNotHereEither() {
        for (int i = 0; i < 2; i++) {
            run("a", () -> {
                var constant = Tape.unrecorded(() -> kernels.affine(weight, 3, 0));
                var loss = kernels.affine(weight, 1, 0).mul(constant).sum();
                var gradients = kernels.gradients(loss, List.of(weight));
                kernels.sgd(List.of(weight), gradients, List.of(), 1, 0, false, 0);
                return List.of(loss);
            });
        }
        // θ − 3θ = −2θ, twice: 4θ
        assertArrayEquals(new float[] {4, 8, 12}, weight.toFloatArray(), 1e-5f);
    }

    @Test
    void aPenaltyOnAGradientIsPartOfTheCall() {
        // Σ θ²·x has the gradient θ², whose norm's square is Σ θ⁴, whose gradient is 4θ³.
        for (int i = 0; i < 3; i++) {
            weight.set(new float[] {1, 2, 3});
            var numbers = run("a", () -> {
                var x = Arrays.of(new float[] {0.5f, -1, 2}, new Shape(1, 3));
                var norm = kernels.gradientNorm(
                        input -> input.mul(weight).mul(weight).sum(new int[] {1}), x);
                var penalty = norm.square().mean();
                kernels.sgd(List.of(weight), kernels.gradients(penalty, List.of(weight)), List.of(), 0.01, 0, false, 0);
                return List.of(penalty);
            });
            assertEquals(1 + 16 + 81, numbers[0], 1e-4);
            assertArrayEquals(new float[] {1 - 0.04f, 2 - 0.32f, 3 - 1.08f}, weight.toFloatArray(), 1e-5f);
        }
        assertEquals(0, again.get());
    }

    @Test
    void anErrorOfTheComputationIsThrown() {
        var thrown = assertThrows(
                IllegalStateException.class,
                () -> run("a", () -> {
                    throw new IllegalStateException("of its own");
                }));
        assertEquals("of its own", thrown.getMessage());
        assertArrayEquals(new float[] {1, 2, 3}, weight.toFloatArray());
    }

    @Test
    void recordingMovesNothing() {
        assertThrows(
                IllegalStateException.class,
                () -> run("a", () -> {
                    descend(new float[] {1, 1, 1}, 1, 0.1);
                    if (Trace.recordsHere()) {
                        throw new IllegalStateException("while recording");
                    }
                    throw new IllegalStateException("later");
                }));
        // recorded on copies, then run operation by operation, which moved once
        assertArrayEquals(new float[] {0.9f, 1.8f, 2.7f}, weight.toFloatArray(), 1e-6f);
    }
}
