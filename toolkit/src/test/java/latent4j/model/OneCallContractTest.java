package latent4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import latent4j.model.Variants.Variant;
import latent4j.tensor.Arrays;
import latent4j.tensor.Kernels;
import latent4j.tensor.OneCall;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every variant's training step runs as one call of the engine, and comes to what it comes to operation by operation. */
class OneCallContractTest {

    private static final Shape IMAGE = new Shape(1, 8, 9);
    private static final int STEPS = 4;

    static Stream<Variant> variants() {
        return Variants.made().stream();
    }

    /** All objectives' scalars in a few steps; how often a step had to be followed again. */
    private record Steps(List<double[]> scalars, int repeated) {}

    private static List<NDArray> step(Model model, int number) {
        var x = new Seed(number).uniform(6 * (int) IMAGE.size());
        var batch = new Batch(() -> Arrays.of(x, new Shape(6).addAll(IMAGE)), new int[] {0, 1, 0, 1, 0, 1}, 6);
        var scalars = new ArrayList<NDArray>();
        for (var objective : model.objectives()) {
            var terms = objective.loss().apply(new Step(batch, new Seed(7).child(number), number, number));
            scalars.add(terms.total());
            terms.parts().values().forEach(part -> scalars.add(part.value()));
            var weights = objective.moves().stream()
                    .flatMap(net -> net.trainable().stream())
                    .toList();
            var gradients = Kernels.current().gradients(terms.total(), weights);
            int from = 0;
            for (var net : objective.moves()) {
                int to = from + net.trainable().size();
                net.step(model.optimizer(), gradients.subList(from, to));
                from = to;
            }
        }
        return scalars;
    }

    private static Steps steps(Model model, boolean oneCall) {
        model.nets().forEach(net -> net.initialise(new Seed(3)));
        var all = new ArrayList<double[]>();
        var repeated = new int[1];
        try (var call = new OneCall()) {
            for (int i = 0; i < STEPS; i++) {
                int number = i;
                try (var tape = Tape.training()) {
                    all.add(
                            oneCall
                                    ? call.run("step", () -> step(model, number), () -> repeated[0]++)
                                    : Kernels.current().read(step(model, number)));
                }
            }
        }
        return new Steps(all, repeated[0]);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void aStepIsOneCallWithTheSameResult(Variant variant) {
        var model = variant.make(IMAGE);
        var whole = steps(model, true);
        assertEquals(0, whole.repeated(), "what cannot be followed as text runs operation by operation, and is slower");
        var single = steps(model, false);
        for (int i = 0; i < STEPS; i++) {
            assertTrue(single.scalars().get(i).length > 0);
            for (int j = 0; j < single.scalars().get(i).length; j++) {
                double expected = single.scalars().get(i)[j];
                assertEquals(expected, whole.scalars().get(i)[j], 1e-4 * Math.max(1, Math.abs(expected)));
            }
        }
    }
}
