package latent4j.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import latent4j.tensor.Compute;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engines")
class OptimizerTest {

    private static final double[] START = {1, -2, 0.5, 3};

    /** The rules of {@code optimizer_steps.py}, by the names that it gives them. */
    private static final Map<String, Optimizer> RULES = Map.of(
            "Adam", Adam.of(0.01),
            "Adam, all settings", new Adam(0.02, 0.8, 0.95, 1e-3, 0.1),
            "AdamW", AdamW.of(0.01),
            "AdamW, all settings", new AdamW(0.02, 0.8, 0.95, 1e-3, 0.1),
            "Sgd", Sgd.of(0.01),
            "Sgd, momentum", Sgd.of(0.01).momentum(0.9).weightDecay(0.1),
            "Sgd, Nesterov", Sgd.of(0.01).nesterov(0.9).weightDecay(0.1),
            "RmsProp", RmsProp.of(0.01),
            "RmsProp, all settings", new RmsProp(0.02, 0.9, 1e-3, 0.1));

    private static double gradient(int i, int t) {
        return Math.sin(i + 0.3 * t) + 0.1 * i;
    }

    /** The weights after so many steps. */
    private static double[] steps(Optimizer rule, int steps, DataType type) {
        try (var tape = Tape.evaluation()) {
            var weights = halves(START, type);
            var moments = new ArrayList<List<NDArray>>();
            for (int i = 0; i < rule.moments(); i++) {
                moments.add(halves(new double[4], type));
            }
            for (int t = 1; t <= steps; t++) {
                var gradient = new double[4];
                for (int i = 0; i < 4; i++) {
                    gradient[i] = gradient(i, t);
                }
                rule.step(weights, halves(gradient, type), moments, t, rule.learningRate());
            }
            return weights.stream()
                    .flatMapToDouble(
                            w -> Arrays.stream(w.toType(DataType.FLOAT64, true).toDoubleArray()))
                    .toArray();
        }
    }

    private static List<NDArray> halves(double[] values, DataType type) {
        return Stream.of(0, 2)
                .map(from -> Compute.current()
                        .manager()
                        .create(Arrays.copyOfRange(values, from, from + 2), new Shape(2))
                        .toType(type, true))
                .toList();
    }

    /** One rule's formula for one weight. */
    private interface Formula {
        double step(double weight, double gradient, double[] memory, int t);
    }

    private static void follows(Formula formula, Optimizer rule) {
        for (int steps : new int[] {1, 2, 100}) {
            var expected = new double[4];
            for (int i = 0; i < 4; i++) {
                var memory = new double[2];
                expected[i] = START[i];
                for (int t = 1; t <= steps; t++) {
                    expected[i] = formula.step(expected[i], gradient(i, t), memory, t);
                }
            }
            assertArrayEquals(expected, steps(rule, steps, DataType.FLOAT64), 1e-9, rule + " in float64");
            assertArrayEquals(expected, steps(rule, steps, DataType.FLOAT32), 1e-5, rule + " in float32");
        }
    }

    private static double adamStep(double weight, double g, double[] memory, int t) {
        memory[0] = 0.8 * memory[0] + 0.2 * g;
        memory[1] = 0.95 * memory[1] + 0.05 * g * g;
        double mean = memory[0] / (1 - Math.pow(0.8, t));
        double variance = memory[1] / (1 - Math.pow(0.95, t));
        return weight - 0.02 * mean / (Math.sqrt(variance) + 1e-3);
    }

    @Test
    void adamFollowsItsFormula() {
        follows((w, g, memory, t) -> adamStep(w, g + 0.1 * w, memory, t), new Adam(0.02, 0.8, 0.95, 1e-3, 0.1));
    }

    @Test
    void adamWFollowsItsFormula() {
        follows(
                (w, g, memory, t) -> adamStep(w * (1 - 0.02 * 0.1), g, memory, t),
                new AdamW(0.02, 0.8, 0.95, 1e-3, 0.1));
    }

    @Test
    void gradientDescentFollowsItsFormula() {
        follows((w, g, memory, t) -> w - 0.02 * (g + 0.1 * w), Sgd.of(0.02).weightDecay(0.1));
        follows(
                (w, g, memory, t) -> {
                    memory[0] = 0.9 * memory[0] + g + 0.1 * w;
                    return w - 0.02 * memory[0];
                },
                Sgd.of(0.02).momentum(0.9).weightDecay(0.1));
        follows(
                (w, g, memory, t) -> {
                    memory[0] = 0.9 * memory[0] + g + 0.1 * w;
                    return w - 0.02 * (g + 0.1 * w + 0.9 * memory[0]);
                },
                Sgd.of(0.02).nesterov(0.9).weightDecay(0.1));
    }

    @Test
    void rmsPropFollowsItsFormula() {
        follows(
                (w, g, memory, t) -> {
                    double slope = g + 0.1 * w;
                    memory[0] = 0.9 * memory[0] + 0.1 * slope * slope;
                    return w - 0.02 * slope / (Math.sqrt(memory[0]) + 1e-3);
                },
                new RmsProp(0.02, 0.9, 1e-3, 0.1));
    }

    @Test
    void theStepsArePyTorchs() throws IOException {
        var found = new HashSet<String>();
        try (var stream = Objects.requireNonNull(getClass().getResourceAsStream("optimizer_steps.csv"))) {
            new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .forEach(line -> {
                        var cells = line.split(";");
                        var expected = Arrays.stream(cells)
                                .skip(2)
                                .mapToDouble(Double::parseDouble)
                                .toArray();
                        int steps = Integer.parseInt(cells[1]);
                        assertArrayEquals(expected, steps(RULES.get(cells[0]), steps, DataType.FLOAT64), 1e-9, line);
                        found.add(cells[0]);
                    });
        }
        assertEquals(RULES.keySet(), found);
    }

    @Test
    void theFirstStepsByHand() {
        // momentum: b = 2, then 0.5·2 + 4 = 5
        var moments = List.of(List.of(Compute.current().manager().zeros(new Shape(1))));
        try (var tape = Tape.evaluation()) {
            var weights = List.of(latent4j.tensor.Arrays.of(new float[] {10}, new Shape(1)));
            var rule = Sgd.of(1).momentum(0.5);
            rule.step(weights, List.of(latent4j.tensor.Arrays.of(new float[] {2}, new Shape(1))), moments, 1, 1);
            assertEquals(8, weights.get(0).getFloat());
            rule.step(weights, List.of(latent4j.tensor.Arrays.of(new float[] {4}, new Shape(1))), moments, 2, 0.1);
            assertEquals(7.5, weights.get(0).getFloat(), 1e-6);
        }
        moments.get(0).get(0).close();
    }

    @Test
    void clippedWeightsStayWithinTheBoundOnBothSides() {
        var plain = steps(RmsProp.of(1), 1, DataType.FLOAT64);
        assertArrayEquals(new double[] {-9, -12, -9.5, -7}, plain, 1e-5);
        assertArrayEquals(
                new double[] {-9, -10, -9.5, -7}, steps(RmsProp.of(1).weightsWithin(10), 1, DataType.FLOAT64), 1e-5);
        var net = new Net("critic", Network.of(new Linear(50)), new Shape(50));
        var rule = RmsProp.of(0.02).weightsWithin(0.01);
        for (int i = 0; i < 3; i++) {
            try (var tape = Tape.training()) {
                var x = latent4j.tensor.Arrays.of(new Seed(i).normal(100), new Shape(2, 50));
                net.step(rule, tape.gradients(net.apply(x).square().sum(), net.trainable()));
            }
        }
        var signs = new HashSet<Float>();
        net.values().forEach(values -> {
            for (float value : values) {
                signs.add(value);
            }
        });
        assertEquals(0.01, signs.stream().mapToDouble(Math::abs).max().orElseThrow(), 1e-8);
        assertEquals(true, signs.contains(0.01f) && signs.contains(-0.01f));
    }

    @Test
    void aRuleOfAnotherKindBeginsAnew() {
        var net = new Net("net", Network.of(new Linear(1)), new Shape(1));
        var gradients = List.of(
                latent4j.tensor.Arrays.of(new float[] {1}, new Shape(1, 1)),
                latent4j.tensor.Arrays.of(new float[] {1}, new Shape(1)));
        net.step(RmsProp.of(0.1), gradients);
        net.step(RmsProp.of(0.2).weightsWithin(5), gradients);
        assertEquals(2, net.state().steps());
        net.step(Adam.of(0.1), gradients);
        assertEquals(1, net.state().steps());
        assertEquals(2, net.state().moments().size());
        net.step(Sgd.of(0.1), gradients);
        assertEquals(0, net.state().moments().size());
        net.step(Sgd.of(0.1).momentum(0.9), gradients);
        net.step(Sgd.of(0.1).nesterov(0.9), gradients);
        assertEquals(2, net.state().steps());
        gradients.forEach(NDArray::close);
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        refuses("learningRate must be a finite number > 0, got 0.0", () -> Adam.of(0));
        refuses("learningRate must be a finite number > 0, got NaN", () -> Sgd.of(Double.NaN));
        refuses("learningRate must be a finite number > 0, got -1.0", () -> RmsProp.of(-1));
        refuses("learningRate must be a finite number > 0, got Infinity", () -> AdamW.of(1.0 / 0));
        refuses("beta1 must be in [0, 1), got 1.0", () -> AdamW.of(1).beta1(1));
        refuses("beta2 must be in [0, 1), got -0.1", () -> Adam.of(1).beta2(-0.1));
        refuses("epsilon must be a finite number > 0, got 0.0", () -> new Adam(1, 0, 0, 0, 0));
        refuses("weightDecay must be a finite number >= 0, got -1.0", () -> Adam.of(1)
                .weightDecay(-1));
        refuses("momentum must be in [0, 1), got 1.0", () -> Sgd.of(1).momentum(1));
        refuses("momentum must be in (0, 1) for Nesterov's momentum, got 0.0", () -> Sgd.of(1)
                .nesterov(0));
        refuses("decay must be in [0, 1), got 1.0", () -> RmsProp.of(1).decay(1));
        refuses("bound must be a finite number > 0, got 0.0", () -> RmsProp.of(1)
                .weightsWithin(0));
    }

    private static void refuses(String message, org.junit.jupiter.api.function.Executable settings) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, settings).getMessage());
    }

    @Test
    void everyRuleComesBackFromJson() {
        var rules = new ArrayList<>(RULES.values());
        rules.add(RmsProp.of(5e-5).weightsWithin(0.01));
        Set<Class<?>> kinds = rules.stream().map(Object::getClass).collect(Collectors.toSet());
        assertEquals(Set.of(Optimizer.class.getPermittedSubclasses()), kinds, "this test must hold every kind");
        for (var rule : rules) {
            assertEquals(rule, Json.read(Json.write(rule, Optimizer.class), Optimizer.class));
        }
    }
}
