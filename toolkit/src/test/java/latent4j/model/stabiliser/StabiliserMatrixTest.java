package latent4j.model.stabiliser;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import latent4j.model.Batch;
import latent4j.model.Model;
import latent4j.model.Stabiliser;
import latent4j.model.Step;
import latent4j.tensor.Arrays;
import latent4j.tensor.Kernels;
import latent4j.tensor.OneCall;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every stabiliser with every game: it makes a step, or it is refused with a reason. */
class StabiliserMatrixTest {

    private static final int BATCH = 6;
    private static final int STEPS = 2;

    static Stream<Class<?>> games() {
        return StabiliserMatrix.games().stream();
    }

    @Test
    void everyStabiliserIsInTheMatrix() {
        var found = new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("latent4j.model.stabiliser")
                        .stream()
                        .filter(type -> type.isRecord() && type.isAssignableTo(Stabiliser.class))
                        .<Class<?>>map(JavaClass::reflect)
                        .toList();
        var listed = StabiliserMatrix.stabilisers().values().stream()
                .map(Object::getClass)
                .toList();
        assertFalse(found.isEmpty());
        found.forEach(type -> assertTrue(listed.contains(type), type + " is missing in StabiliserMatrix"));
    }

    @Test
    void theMatrixHasALineForEachGameAndAReasonForEachRefusal() {
        var matrix = StabiliserMatrix.markdown();
        System.out.println(matrix);
        assertEquals(
                games().count() + 2,
                matrix.lines().filter(line -> line.startsWith("|")).count());
    }

    /** All objectives' scalars of a step, whose optimisers also move. */
    private static List<NDArray> step(Model model, int number) {
        var shape = new Shape(BATCH).addAll(model.shape());
        var x = new Seed(1).uniform((int) shape.size());
        var batch = new Batch(() -> Arrays.of(x, shape), new int[] {0, 1, 0, 1, 0, 1}, BATCH);
        var scalars = new ArrayList<NDArray>();
        for (var objective : model.objectives()) {
            var terms = objective.loss().apply(new Step(batch, new Seed(7), number, number, STEPS));
            scalars.add(terms.total());
            terms.parts().values().forEach(part -> scalars.add(part.value()));
            for (var net : objective.moves()) {
                var gradients = Kernels.current().gradients(terms.total(), net.trainable());
                net.step(model.optimizer(net, Optional.empty()), gradients);
            }
        }
        return scalars;
    }

    /** The scalars of two steps, and the weights after them. */
    private static List<float[]> stepped(Model model, boolean oneCall, String what) {
        model.nets().forEach(net -> net.initialise(new Seed(3)));
        var values = new ArrayList<float[]>();
        var repeated = new int[1];
        try (var call = new OneCall()) {
            for (int i = 0; i < STEPS; i++) {
                int number = i;
                try (var tape = Tape.training()) {
                    var scalars = oneCall
                            ? call.run("step", () -> step(model, number), () -> repeated[0]++)
                            : Kernels.current().read(step(model, number));
                    values.add(floats(scalars));
                }
            }
        }
        assertEquals(0, repeated[0], what + " runs operation by operation");
        values.forEach(numbers -> IntStream.range(0, numbers.length)
                .forEach(i -> assertTrue(Float.isFinite(numbers[i]), what + ", scalar " + i)));
        model.nets().forEach(net -> values.addAll(net.values()));
        return values;
    }

    private static float[] floats(double[] numbers) {
        var floats = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }

    /** On a game's small networks, or, where it is not defined for these, on its convolutional ones. */
    @ParameterizedTest
    @MethodSource("games")
    void everyAllowedPairMakesAStepAsOneCall(Class<?> game) {
        int allowed = 0;
        for (var named : StabiliserMatrix.stabilisers().entrySet()) {
            var way = StabiliserMatrix.ways(game).stream()
                    .filter(variant -> StabiliserMatrix.refusal(StabiliserMatrix.make(variant), named.getValue())
                            .isEmpty())
                    .findFirst();
            if (way.isPresent()) {
                var stabilised = StabiliserMatrix.make(way.get()).with(named.getValue());
                stepped(stabilised, true, way.get() + " with " + named.getKey());
                allowed++;
            }
        }
        assertTrue(allowed >= 5, game + " with " + allowed);
    }

    /** A stabilised game takes over what a game does besides, whatever that is: with none, it is the game. */
    @ParameterizedTest
    @MethodSource("games")
    void aGameWithoutStabilisersIsTheGame(Class<?> game) {
        var way = StabiliserMatrix.ways(game).get(0);
        var plain = stepped(StabiliserMatrix.make(way), false, way.toString());
        var wrapped = stepped(StabiliserMatrix.make(way).with(), false, way.toString());
        assertEquals(plain.size(), wrapped.size());
        for (int i = 0; i < plain.size(); i++) {
            assertArrayEquals(plain.get(i), wrapped.get(i));
        }
    }
}
