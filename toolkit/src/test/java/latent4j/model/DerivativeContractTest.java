package latent4j.model;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import latent4j.model.Variants.Variant;
import latent4j.nn.Net;
import latent4j.tensor.Arrays;
import latent4j.tensor.DirectionalDerivative;
import latent4j.tensor.Seed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The gradients of every variant's objectives are those of what it says that it minimises: in float64, with smooth
 * activations and frozen noise, they agree with differences. Where a model stops a gradient they agree with those of the
 * function that holds the stopped values fixed.
 */
class DerivativeContractTest {

    private static final Shape IMAGE = new Shape(1, 8, 9);
    private static final int BATCH = 8;

    static Stream<Variant> variants() {
        return Variants.made().stream();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void objectivesHaveTheGradientsOfTheirFunctions(Variant variant) {
        DirectionalDerivative.inFloat64(() -> {
            var model = SmoothTwin.of(variant.make(IMAGE));
            var x = new Seed(1).uniform(BATCH * (int) IMAGE.size());
            var all = model.nets().stream()
                    .flatMap(net -> net.trainable().stream())
                    .toList();
            DirectionalDerivative.shake(all, 0.1, new Seed(2));
            for (var objective : model.objectives()) {
                for (var net : objective.moves()) {
                    check(objective, net, all, () -> step(x));
                }
            }
            return model;
        });
    }

    private static Step step(float[] x) {
        var data = Arrays.of(x, new Shape(BATCH).addAll(IMAGE));
        return new Step(data, new int[] {0, 1, 1, 0, 1, 0, 0, 1}, new Seed(3), 100, 5);
    }

    private static void check(Objective objective, Net net, List<NDArray> all, Supplier<Step> step) {
        var what = objective.name() + " along " + net.name() + ": ";
        var derivative = new DirectionalDerivative(
                net.trainable(), all, () -> objective.loss().apply(step.get()).total());
        var found = derivative.along(new Seed(4));
        assertNotEquals(0, found.gradient(), what + "it does not depend on it");
        assertTrue(found.relativeError() <= 1e-6, what + found);
    }
}
