package latent4j.model.vae;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.data.Samples;
import latent4j.loss.FixedGaussian;
import latent4j.model.Inference;
import latent4j.model.Step;
import latent4j.model.Terms;
import latent4j.model.VariationalAutoencoder;
import latent4j.tensor.Kernels;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import latent4j.train.Trainer;
import org.junit.jupiter.api.Test;

class BetaVaeTest {

    private static final Shape SHAPE = new Shape(1, 4, 4);
    private static final Samples DATA = Samples.of(SHAPE, new Seed(1).uniform(16 * 64));

    private static double read(Terms terms, String part) {
        return Kernels.current().read(List.of(terms.parts().get(part).value()))[0];
    }

    @Test
    void betaWeighsTheKlTermAndTheBoundIsLoggedAtOne() {
        var model = BetaVae.of(Vae.small(SHAPE), 4);
        try (var tape = Tape.evaluation()) {
            var step = new Step(Inference.array(DATA, 0, 8), null, new Seed(2), 0, 0);
            var terms = model.objectives().get(0).loss().apply(step);
            double total = Kernels.current().read(List.of(terms.total()))[0];
            double reconstruction = read(terms, "reconstruction");
            double kl = read(terms, "KL");
            assertTrue(kl > 0.01, "the test needs a KL term, got " + kl);
            assertEquals(reconstruction + 4 * kl, total, 1e-4);
            assertEquals(reconstruction + kl, read(terms, VariationalAutoencoder.NEGATIVE_ELBO), 1e-4);
        }
    }

    @Test
    void betaOneIsTheVae() {
        var vae = Vae.small(SHAPE);
        Trainer.epochs(3).batch(8).watchedBy().fit(vae, DATA);
        var expected = vae.encoder().values();
        var beta = BetaVae.of(Vae.small(SHAPE), 1);
        Trainer.epochs(3).batch(8).watchedBy().fit(beta, DATA);
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), beta.encoder().values().get(i));
        }
        var stronger = BetaVae.of(Vae.small(SHAPE), 100);
        var run = Trainer.epochs(30).batch(8).watchedBy().fit(stronger, DATA);
        var kl = run.history().training("KL").values();
        assertTrue(kl[kl.length - 1] < 0.05, "KL at β = 100 ends at " + kl[kl.length - 1]);
    }

    @Test
    void aGaussianLikelihoodTrains() {
        var vae = Vae.mlp(SHAPE, 2, new FixedGaussian(0.3));
        double before = vae.negativeElbo(DATA, 1);
        Trainer.epochs(10).batch(8).watchedBy().fit(vae, DATA);
        double after = vae.negativeElbo(DATA, 1);
        assertTrue(after < before - 3, before + " -> " + after);
        assertEquals(SHAPE, vae.draw(2, 1).shape());
    }

    @Test
    void aNegativeBetaIsRefused() {
        var error = assertThrows(IllegalArgumentException.class, () -> BetaVae.of(Vae.small(SHAPE), -1));
        assertEquals("beta must be a finite number >= 0, got -1.0", error.getMessage());
    }
}
