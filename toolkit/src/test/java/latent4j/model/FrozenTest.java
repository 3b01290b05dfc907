package latent4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import latent4j.model.gan.Gan;
import latent4j.tensor.Arrays;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an objective does not move is frozen: no gradient of it is computed. Shown by libtorch's own profile of a backward
 * pass: which operations ran, and how much memory they took.
 */
class FrozenTest {

    private static final Shape IMAGE = new Shape(1, 8, 8);
    private static final int BATCH = 2;

    @TempDir
    Path folder;

    /** The operations of one backward pass of a GAN's objective. */
    private List<JsonObject> backward(Gan gan, int objective, boolean trackData, List<NDArray> weights)
            throws IOException {
        var trace = folder.resolve("trace.json");
        try (var tape = Tape.training()) {
            var x = Arrays.of(new Seed(1).uniform(BATCH * 64), new Shape(BATCH).addAll(IMAGE));
            var wanted = new ArrayList<>(weights);
            if (trackData) {
                x.setRequiresGradient(true);
                wanted.add(x);
            }
            var total = gan.objectives()
                    .get(objective)
                    .loss()
                    .apply(new Step(x, null, new Seed(2), 0, 0))
                    .total();
            JniUtils.startProfile(false, true, true);
            tape.gradients(total, wanted);
            JniUtils.stopProfile(trace.toString());
        }
        var events = new ArrayList<JsonObject>();
        for (JsonElement event :
                new Gson().fromJson(Files.readString(trace), JsonElement.class).getAsJsonArray()) {
            events.add(event.getAsJsonObject());
        }
        return events;
    }

    private static long count(List<JsonObject> events, String name) {
        return events.stream()
                .filter(event -> event.get("name").getAsString().equals(name))
                .count();
    }

    /** How many gradients the engine handed to weights. */
    private static long gradients(List<JsonObject> events) {
        return count(events, "autograd::engine::evaluate_function: torch::autograd::AccumulateGrad");
    }

    /** Bytes that the backward pass took for a convolution of a weight of this shape, over all its calls. */
    private static long bytes(List<JsonObject> events, Shape weight) {
        return events.stream()
                .filter(event -> event.get("name").getAsString().equals("aten::convolution_backward"))
                .filter(event -> shape(event.getAsJsonArray("shape").get(2)).equals(weight))
                .mapToLong(event -> {
                    var amount = event.get("cpu mem").getAsString().split(" ");
                    assertEquals("b", amount[1], "the test's network is small, so that bytes are counted one by one");
                    return Long.parseLong(amount[0]);
                })
                .sum();
    }

    private static Shape shape(JsonElement sizes) {
        var shape = new Shape();
        for (var size : sizes.getAsJsonArray()) {
            shape = shape.add(size.getAsLong());
        }
        return shape;
    }

    private static List<NDArray> weights(Gan gan, int... nets) {
        return Stream.of(gan.generator(), gan.discriminator())
                .filter(net ->
                        java.util.Arrays.stream(nets).anyMatch(i -> gan.nets().get(i) == net))
                .flatMap(net -> net.trainable().stream())
                .toList();
    }

    @Test
    void theGeneratorsStepComputesNoWeightGradientOfTheDiscriminator() throws IOException {
        var gan = Gan.small(IMAGE); // two linear layers on each side
        var step = backward(gan, 1, false, weights(gan, 1));
        assertEquals(4, gradients(step));
        // input gradients of both of the discriminator's layers, weights of both of the generator's, one input between
        assertEquals(2 + 2 + 1, count(step, "aten::mm"));
        var all = backward(gan, 1, false, weights(gan, 0, 1));
        assertEquals(8, gradients(all));
        assertEquals(2 + 2 + 2 + 1, count(all, "aten::mm"));
    }

    @Test
    void theFirstLayerComputesNoGradientOfTheData() throws IOException {
        var gan = Gan.small(IMAGE);
        var step = backward(gan, 0, false, weights(gan, 0));
        assertEquals(4, gradients(step));
        // for data and for samples: weights of both layers, and the input of the second
        assertEquals(2 * (2 + 1), count(step, "aten::mm"));
        assertEquals(2 * (2 + 1) + 1, count(backward(gan, 0, true, weights(gan, 0)), "aten::mm"));
    }

    @Test
    void convolutionsToo() throws IOException {
        var gan = Gan.convolutional(IMAGE, 3, 2);
        var first = new Shape(2, 1, 4, 4);
        var second = new Shape(4, 2, 4, 4);
        var frozen = backward(gan, 1, false, weights(gan, 1));
        var all = backward(gan, 1, false, weights(gan, 0, 1));
        for (var weight : List.of(first, second)) {
            long saved = bytes(all, weight) - bytes(frozen, weight);
            assertTrue(saved >= 4 * weight.size(), weight + ": " + saved + " bytes saved");
        }
        var step = backward(gan, 0, false, weights(gan, 0));
        var withData = backward(gan, 0, true, weights(gan, 0));
        long saved = bytes(withData, first) - bytes(step, first);
        assertTrue(saved >= 4 * BATCH * IMAGE.size(), saved + " bytes saved");
    }
}
