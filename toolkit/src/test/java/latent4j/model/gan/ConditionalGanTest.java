package latent4j.model.gan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import latent4j.nn.Net;
import latent4j.nn.Network;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Test;

class ConditionalGanTest {

    private static final Shape IMAGE = new Shape(1, 2, 3);

    /** A discriminator that scores Σ w·input, with its inputs' weights given. */
    private static Net weighted(Shape input, float... weights) {
        var flat = input.dimension() == 1;
        var linear = new latent4j.nn.Linear(1, false);
        var network = flat ? Network.of(linear) : Network.of(new latent4j.nn.Flatten(), linear);
        var net = new Net("discriminator", network, input);
        net.load(List.of(weights));
        return net;
    }

    @Test
    void theDiscriminatorSeesTheClassBesideTheRecord() {
        var generator = ConditionalGan.small(IMAGE).generator();
        var flat = new ConditionalGan(generator, weighted(new Shape(8), 0, 0, 0, 0, 0, 1, 10, 20), 2);
        var planes = new float[18];
        planes[5] = 1; // the record's last pixel
        Arrays.fill(planes, 6, 12, 10f / 6); // the plane of class 0
        Arrays.fill(planes, 12, 18, 20f / 6);
        var stacked = new ConditionalGan(generator, weighted(new Shape(3, 2, 3), planes), 2);
        try (var tape = Tape.evaluation()) {
            var step = Steps.of(IMAGE, 0, 1, 1);
            var x = step.data();
            var last = new float[3];
            for (int i = 0; i < 3; i++) {
                last[i] = x.toFloatArray()[6 * i + 5];
            }
            var expected = new float[] {10 + last[0], 20 + last[1], 20 + last[2]};
            assertArrayEquals(expected, flat.score(step, x).toFloatArray(), 1e-5f);
            assertArrayEquals(expected, stacked.score(step, x).toFloatArray(), 1e-5f);
        }
    }

    @Test
    void aCodeIsNoiseBesideTheClass() {
        var model = ConditionalGan.small(IMAGE);
        assertEquals(4, model.noise());
        var codes = model.codes(new int[] {1, 0}, 3);
        assertArrayEquals(new float[] {0, 1}, Arrays.copyOfRange(codes.row(0), 4, 6));
        assertArrayEquals(new float[] {1, 0}, Arrays.copyOfRange(codes.row(1), 4, 6));
        var other = model.codes(new int[] {0, 0}, 3);
        assertArrayEquals(
                Arrays.copyOf(codes.row(0), 4),
                Arrays.copyOf(other.row(0), 4),
                0f,
                "the seed's noise, whatever the class");
        var labels = model.prior(400, 3).labels().orElseThrow();
        assertEquals(200, Arrays.stream(labels).sum(), 50, "classes are equally likely");
        assertArrayEquals(labels, model.draw(400, 3).labels().orElseThrow());
    }

    @Test
    void aConvolutionalOneTakesClassesAsPlanes() {
        var image = new Shape(1, 8, 8);
        var model = ConditionalGan.convolutional(image, 3, 5, 4);
        assertEquals(image, model.shape());
        assertEquals(new Shape(6, 8, 8), model.discriminator().input());
        try (var tape = Tape.training()) {
            var step = Steps.of(image, 0, 4, 2);
            assertEquals(
                    new Shape(3, 1), model.score(step, model.generate(step)).getShape());
        }
        var error = assertThrows(IllegalArgumentException.class, () -> model.draw(1, 5, 0));
        assertEquals("label must be between 0 and 4, got 5", error.getMessage());
        assertThrows(IllegalArgumentException.class, () -> ConditionalGan.mlp(image, 0, 2));
        assertThrows(IllegalArgumentException.class, () -> ConditionalGan.mlp(image, 2, 1));
    }
}
