package latent4j.model.vae;

import static latent4j.model.vae.Steps.SHAPE;
import static latent4j.model.vae.Steps.part;
import static latent4j.model.vae.Steps.total;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import latent4j.loss.FixedGaussian;
import latent4j.loss.MaximumMeanDiscrepancy;
import latent4j.nn.Nets;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Test;

class WaeTest {

    /** The squared error and the distance of the codes, written out; z has no noise. */
    @Test
    void theLossIsItsEquation() {
        var encoder = Nets.mlp("encoder", SHAPE, 2, 8);
        var decoder = Nets.mlpDecoder("decoder", 2, SHAPE, 8);
        var wae = new Wae(encoder, decoder, new FixedGaussian(Math.sqrt(0.5)), 7);
        try (var tape = Tape.evaluation()) {
            var step = Steps.step(0, 10);
            var z = encoder.apply(step.data());
            double squares =
                    Steps.read(decoder.apply(z).sub(step.data()).square().sum()) / Steps.BATCH;
            double constant = 0.5 * 16 * Math.log(Math.PI);
            double distance = Steps.read(MaximumMeanDiscrepancy.inverseMultiquadratic(z, step.normal(2), 4));
            assertEquals(squares + constant, part(wae, "reconstruction"), 1e-4);
            assertEquals(distance, part(wae, "MMD² of codes"), 1e-5);
            assertEquals(squares + constant + 7 * distance, total(wae, 0), 1e-4);
        }
        assertThrows(IllegalArgumentException.class, () -> Wae.mlp(SHAPE, 2, 0));
        assertThrows(IllegalArgumentException.class, () -> new Wae(encoder, encoder, new FixedGaussian(1), 1));
    }
}
