package latent4j.model.vae;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.data.Datasets;
import latent4j.data.Samples;
import latent4j.model.Corruption;
import latent4j.model.Inference;
import latent4j.model.Mmd;
import latent4j.model.SquaredError;
import latent4j.model.Step;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import latent4j.train.Trainer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the papers of autoencoders without a prior claim, on drawn digits. */
@Tag("long")
class DeterministicClaimsTest {

    /** Ghosh et al. 2020, section 6: a density fitted to regularised codes gives better draws than an autoencoder's N(0, I). */
    @Test
    void regularisedAutoencodersDrawBetterThanCodesFromNowhere() {
        var digits = Datasets.digits(4000, 500);
        var ae = Ae.mlp(digits.shape(), 8);
        var l2 = RaeL2.mlp(digits.shape(), 8, 0.1, 1e-3);
        var penalty = RaeGradientPenalty.mlp(digits.shape(), 8, 0.1, 1e-2);
        for (var model : List.of(ae, l2, penalty)) {
            Trainer.epochs(15).batch(64).watchedBy().fit(model, digits);
        }
        var noise = Samples.of(new Shape(8), new Seed(5).normal(500 * 8));
        double fromNowhere = Mmd.squared(digits.test(), ae.decode(noise));
        double plain = Mmd.squared(digits.test(), ae.draw(500, 5));
        double byL2 = Mmd.squared(digits.test(), l2.draw(500, 5));
        double byPenalty = Mmd.squared(digits.test(), penalty.draw(500, 5));
        System.out.printf(
                "MMD² of draws: AE with N(0, I) %.4f, AE with its density %.4f, RAE-L2 %.4f, RAE-GP %.4f%n",
                fromNowhere, plain, byL2, byPenalty);
        assertTrue(byL2 < fromNowhere && byPenalty < fromNowhere && plain < fromNowhere);
    }

    /** Vincent et al. 2010, section 3: what learned to undo a corruption undoes it better than what never saw one. */
    @Test
    void aDenoisingAutoencoderUndoesNoise() {
        var digits = Datasets.digits(4000, 500);
        for (var corruption : List.of(new Corruption.Noise(0.4), new Corruption.Masking(0.5))) {
            var ae = Ae.mlp(digits.shape(), 16);
            var denoising = DenoisingAe.mlp(digits.shape(), 16, corruption);
            Trainer.epochs(10).batch(64).watchedBy().fit(ae, digits);
            Trainer.epochs(10).batch(64).watchedBy().fit(denoising, digits);
            var spoilt = spoilt(digits.test(), corruption);
            double plain = SquaredError.mean(digits.test(), ae.reconstruct(spoilt));
            double found = SquaredError.mean(digits.test(), denoising.reconstruct(spoilt));
            System.out.printf("%s: squared error of AE %.2f, of denoising AE %.2f%n", corruption, plain, found);
            assertTrue(found < plain, found + " against " + plain);
        }
    }

    private static Samples spoilt(Samples x, Corruption corruption) {
        try (var tape = Tape.evaluation()) {
            var array = Inference.array(x, 0, x.size());
            return Samples.of(
                    x.shape(),
                    corruption
                            .of(array, new Step(array, null, new Seed(9), 0, 0))
                            .toFloatArray());
        }
    }
}
