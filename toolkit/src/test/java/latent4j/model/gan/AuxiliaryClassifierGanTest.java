package latent4j.model.gan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Test;

class AuxiliaryClassifierGanTest {

    private static final Shape IMAGE = new Shape(1, 4, 4);

    private static double softplus(double x) {
        return Math.log1p(Math.exp(x));
    }

    /** L_S and L_C of a batch by hand, from the heads: score, then the logits of two classes. */
    @Test
    void theDiscriminatorNamesSourceAndClassOfBothTheGeneratorOnlyOfItsOwn() {
        var model = AuxiliaryClassifierGan.small(IMAGE);
        int[] labels = {1, 0, 1};
        try (var tape = Tape.training()) {
            var step = Steps.of(IMAGE, labels);
            var samples = model.samples(step);
            var real = heads(model, step.data());
            var fake = heads(model, samples);
            double source = 0;
            double cheat = 0;
            double classOfData = 0;
            double classOfSamples = 0;
            for (int i = 0; i < 3; i++) {
                source += (softplus(-real[3 * i]) + softplus(fake[3 * i])) / 3;
                cheat += softplus(-fake[3 * i]) / 3;
                int sign = labels[i] == 1 ? 1 : -1;
                classOfData += softplus(sign * (real[3 * i + 1] - real[3 * i + 2])) / 3;
                classOfSamples += softplus(sign * (fake[3 * i + 1] - fake[3 * i + 2])) / 3;
            }
            var discriminator = model.discriminatorTerms(step, samples);
            assertEquals(
                    source + classOfData + classOfSamples, discriminator.total().getFloat(), 1e-5);
            assertEquals(
                    classOfData + classOfSamples,
                    discriminator.parts().get("class").value().getFloat(),
                    1e-5);
            assertEquals(
                    cheat + classOfSamples,
                    model.generatorTerms(step, samples).total().getFloat(),
                    1e-5);
        }
    }

    private static float[] heads(AuxiliaryClassifierGan model, NDArray x) {
        return model.discriminator().apply(x).toFloatArray();
    }
}
