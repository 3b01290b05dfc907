package latent4j.model.gan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import latent4j.nn.Flatten;
import latent4j.nn.Linear;
import latent4j.nn.Net;
import latent4j.nn.Network;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Test;

class CoupledGanTest {

    private static final Shape IMAGE = new Shape(1, 2, 2);

    @Test
    void aRecordMeetsItsOwnDomainsFirstLayer() {
        var nets = CoupledGan.small(IMAGE);
        var stack = new Shape(2, 2, 2);
        var discriminator = new Net("discriminator", Network.of(new Flatten(), new Linear(1, false)), stack);
        discriminator.load(List.of(new float[] {1, 1, 1, 1, 10, 10, 10, 10}));
        var model = new CoupledGan(nets.generator(), discriminator, 2);
        try (var tape = Tape.evaluation()) {
            var step = Steps.of(IMAGE, 0, 1);
            var x = step.data().toFloatArray();
            var scores = model.score(step, step.data()).toFloatArray();
            double first = x[0] + x[1] + x[2] + x[3];
            double second = x[4] + x[5] + x[6] + x[7];
            assertEquals(first + 4 * 10 * 0.5, scores[0], 1e-5); // the other's place is mid-grey
            assertEquals(10 * second + 4 * 0.5, scores[1], 1e-5);
        }
    }

    @Test
    void bothViewsComeFromOneCode() {
        var model = CoupledGan.small(IMAGE);
        assertEquals(IMAGE, model.shape());
        try (var tape = Tape.evaluation()) {
            var stacks = model.generator()
                    .apply(latent4j.model.Inference.array(model.prior(3, 5), 0, 3))
                    .toFloatArray();
            for (int domain = 0; domain < 2; domain++) {
                var views = model.draw(3, domain, 5);
                for (int i = 0; i < 3; i++) {
                    int from = (2 * i + domain) * 4;
                    assertArrayEquals(Arrays.copyOfRange(stacks, from, from + 4), views.row(i), 1e-6f);
                }
            }
            var step = Steps.of(IMAGE, 0, 1, 1);
            assertEquals(new Shape(3, 1, 2, 2), model.generate(step).getShape());
        }
        assertNotEquals(
                Arrays.toString(model.draw(3, 0, 5).toArray()),
                Arrays.toString(model.draw(3, 1, 5).toArray()));
        var vectors = CoupledGan.small(new Shape(3));
        assertEquals(new Shape(3), vectors.draw(4, 1, 1).shape());
    }
}
