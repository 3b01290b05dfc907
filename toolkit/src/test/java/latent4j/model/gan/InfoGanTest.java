package latent4j.model.gan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Test;

class InfoGanTest {

    private static final Shape IMAGE = new Shape(1, 4, 4);
    private static final String BOUND = "mutual information bound";

    /** L_I = E[log Q(c|x)] + H(c) by hand, from Q's heads and from the code that the generator was given. */
    @Test
    void theBoundIsTheMeanLogLikelihoodOfTheCodeAndItsEntropy() {
        var model = InfoGan.small(IMAGE);
        try (var tape = Tape.training()) {
            var step = Steps.of(IMAGE, 0, 0, 0, 0, 0);
            var samples = model.samples(step);
            var code = step.shared("code", () -> {
                        throw new AssertionError("the samples have a code");
                    })
                    .toFloatArray();
            var heads = model.discriminator().apply(samples).toFloatArray();
            double expected = Math.log(2) + Math.log(2);
            for (int i = 0; i < 5; i++) {
                int chosen = code[3 * i] == 1 ? 0 : 1;
                assertEquals(1, code[3 * i] + code[3 * i + 1]);
                assertTrue(Math.abs(code[3 * i + 2]) <= 1);
                double margin = heads[4 * i + 1 + chosen] - heads[4 * i + 2 - chosen];
                double error = code[3 * i + 2] - heads[4 * i + 3];
                expected -= (Math.log1p(Math.exp(-margin)) + 0.5 * error * error + 0.5 * Math.log(2 * Math.PI)) / 5;
            }
            var discriminator = model.discriminatorTerms(step, samples);
            var generator = model.generatorTerms(step, samples);
            assertEquals(expected, discriminator.parts().get(BOUND).value().getFloat(), 1e-5);
            assertEquals(expected, generator.parts().get(BOUND).value().getFloat(), 1e-5);
            double game = model.discriminatorLoss(model.score(step, step.data()), model.score(step, samples))
                    .getFloat();
            assertEquals(game - expected, discriminator.total().getFloat(), 1e-5);
            assertEquals(
                    model.generatorLoss(model.score(step, samples)).getFloat() - expected,
                    generator.total().getFloat(),
                    1e-5);
        }
    }

    @Test
    void aCodeIsNoiseAClassAndNumbers() {
        var model = InfoGan.mlp(IMAGE, 3, 2, 2);
        var codes = model.codes(new int[] {1, 0}, 3);
        assertEquals(new Shape(7), codes.shape());
        assertArrayEquals(new float[] {0, 1}, Arrays.copyOfRange(codes.row(0), 3, 5));
        float least = 1;
        float most = -1;
        for (int i = 0; i < 200; i++) {
            float number = model.prior(200, 1).row(i)[6];
            least = Math.min(least, number);
            most = Math.max(most, number);
        }
        assertTrue(least >= -1 && least < -0.9 && most <= 1 && most > 0.9, least + " to " + most);
        var error = assertThrows(
                IllegalArgumentException.class, () -> new InfoGan(model.generator(), model.discriminator(), 2, 2, -1));
        assertEquals("weight must be a finite number >= 0, got -1.0", error.getMessage());
    }
}
