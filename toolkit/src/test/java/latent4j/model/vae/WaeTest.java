package latent4j.model.vae;

import static latent4j.model.vae.Steps.SHAPE;
import static latent4j.model.vae.Steps.part;
import static latent4j.model.vae.Steps.total;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import latent4j.data.Datasets;
import latent4j.data.Samples;
import latent4j.loss.FixedGaussian;
import latent4j.loss.MaximumMeanDiscrepancy;
import latent4j.model.Inference;
import latent4j.nn.Nets;
import latent4j.tensor.Tape;
import latent4j.train.Trainer;
import org.junit.jupiter.api.Tag;
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

    private static double distance(Samples codes) {
        try (var tape = Tape.evaluation()) {
            var z = Inference.array(codes, 0, codes.size());
            var prior = Inference.array(Wae.small(SHAPE).prior(codes.size(), 3), 0, codes.size());
            return MaximumMeanDiscrepancy.inverseMultiquadratic(z, prior, 4).getFloat();
        }
    }

    /** The codes of held-out digits lie as the prior asks; those of a plain autoencoder with the same networks do not. */
    @Test
    @Tag("long")
    void theCodesTakeThePriorsShape() {
        var digits = Datasets.digits(4000, 1000);
        double plain = distance(after(Wae.mlp(digits.shape(), 2, 1e-6)));
        double wae = distance(after(Wae.mlp(digits.shape(), 2, 300)));
        System.out.println("MMD² of codes to the prior: without " + plain + ", with λ = 300 " + wae);
        assertTrue(wae < plain / 10);
    }

    private static Samples after(Wae wae) {
        var digits = Datasets.digits(4000, 1000);
        Trainer.epochs(15).watchedBy().fit(wae, digits);
        return wae.encode(digits.test());
    }
}
