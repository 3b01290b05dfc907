package latent4j.model.vae;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import latent4j.loss.CodePenalty;
import latent4j.model.Corruption;
import latent4j.model.Inference;
import latent4j.model.SquaredError;
import latent4j.tensor.Tape;
import latent4j.train.Trainer;
import org.junit.jupiter.api.Test;

/** Autoencoders without noise: the plain, the denoising and the regularised ones. */
class AeTest {

    private static double reconstruction(Ae ae) {
        var x = Inference.array(Batches.DATA, 0, 8);
        var output = ae.decoder().apply(ae.encoder().apply(x));
        return -Batches.read(ae.likelihood().logLikelihood(x, output).mean());
    }

    @Test
    void itMinimisesTheNegativeLogLikelihoodAndItsDensityMovesNothingOfIt() {
        var ae = Ae.small(Batches.SHAPE);
        Batches.initialise(ae);
        try (var tape = Tape.evaluation()) {
            assertEquals(reconstruction(ae), Batches.read(Batches.terms(ae, 0).total()), 1e-5);
        }
        assertEquals(0, Batches.largest(Batches.gradient(ae, 1, ae.encoder())));
        assertEquals(0, Batches.largest(Batches.gradient(ae, 0, ae.density().net())));
        assertTrue(Batches.largest(Batches.gradient(ae, 1, ae.density().net())) > 0);
    }

    @Test
    void thePenaltiesAreThoseOfThePaper() {
        var ae = Ae.small(Batches.SHAPE);
        Batches.initialise(ae);
        var l2 = RaeL2.of(ae, 0.3, 0.02);
        var jacobian = RaeGradientPenalty.of(ae, 0.3, 0.02);
        double weights = 0;
        for (var array : ae.decoder().values()) {
            for (float value : array) {
                weights += value * (double) value;
            }
        }
        try (var tape = Tape.evaluation()) {
            var codes = ae.encoder().apply(Inference.array(Batches.DATA, 0, 8));
            double norm = Batches.read(CodePenalty.norm(codes));
            double common = reconstruction(ae) + 0.3 * norm;
            assertEquals(
                    common + 0.02 * weights, Batches.read(Batches.terms(l2, 0).total()), 1e-4);
            var terms = Batches.terms(jacobian, 0);
            double slope = Batches.part(terms, "‖∇D(z)‖²");
            assertTrue(slope > 0);
            assertEquals(common + 0.02 * slope, Batches.read(terms.total()), 1e-4);
        }
        // The decoder's penalties leave the encoder alone.
        assertArrayEquals(
                Batches.gradient(RaeL2.of(ae, 0.3, 0), 0, ae.encoder()),
                Batches.gradient(RaeL2.of(ae, 0.3, 1), 0, ae.encoder()),
                1e-6f);
        assertArrayEquals(
                Batches.gradient(RaeGradientPenalty.of(ae, 0.3, 0), 0, ae.encoder()),
                Batches.gradient(RaeGradientPenalty.of(ae, 0.3, 1), 0, ae.encoder()),
                1e-6f);
        assertTrue(weightDecayReaches(ae));
    }

    private static boolean weightDecayReaches(Ae ae) {
        var without = Batches.gradient(RaeL2.of(ae, 0, 0), 0, ae.decoder());
        var with = Batches.gradient(RaeL2.of(ae, 0, 1), 0, ae.decoder());
        var weight = ae.decoder().values().get(0);
        for (int i = 0; i < weight.length; i++) {
            assertEquals(without[i] + 2 * weight[i], with[i], 1e-5); // ∇‖θ‖² = 2θ
        }
        return weight.length > 0;
    }

    @Test
    void aCorruptionSpoilsWhatIsSeenAndNotWhatIsAsked() {
        var ae = Ae.small(Batches.SHAPE);
        Batches.initialise(ae);
        try (var tape = Tape.evaluation()) {
            for (var corruption : new Corruption[] {new Corruption.Noise(0.5), new Corruption.Masking(0.4)}) {
                var x = Inference.array(Batches.DATA, 0, 8);
                var spoilt = corruption.of(x, Batches.step());
                var expected = ae.likelihood()
                        .logLikelihood(x, ae.decoder().apply(ae.encoder().apply(spoilt)));
                var terms = Batches.terms(DenoisingAe.of(ae, corruption), 0);
                assertEquals(-Batches.read(expected.mean()), Batches.read(terms.total()), 1e-5);
            }
            var same = Batches.terms(DenoisingAe.of(ae, new Corruption.Noise(0)), 0);
            assertEquals(reconstruction(ae), Batches.read(same.total()), 1e-5);
        }
    }

    @Test
    void corruptionsHaveTheirShareAndDeviation() {
        try (var tape = Tape.evaluation()) {
            var x = Inference.array(Batches.DATA, 0, 8);
            var masked = new Corruption.Masking(0.25).of(x, Batches.step()).toFloatArray();
            var noisy = new Corruption.Noise(0.5).of(x, Batches.step()).toFloatArray();
            var clean = x.toFloatArray();
            int n = clean.length;
            int zeros = 0;
            double square = 0;
            for (int i = 0; i < n; i++) {
                assertTrue(masked[i] == 0 || masked[i] == clean[i]);
                zeros += masked[i] == 0 ? 1 : 0;
                square += Math.pow(noisy[i] - clean[i], 2) / n;
            }
            assertEquals(0.25, zeros / (double) n, 4 * Math.sqrt(0.25 * 0.75 / n));
            assertEquals(0.25, square, 4 * 0.25 * Math.sqrt(2.0 / n));
        }
    }

    @Test
    void drawsComeFromTheDensityOfItsCodes() {
        var ae = Ae.small(Batches.SHAPE);
        Trainer.epochs(300).batch(8).watchedBy().fit(ae, Batches.DATA);
        var codes = ae.encode(Batches.DATA).toArray();
        var drawn = ae.prior(500, 1).toArray();
        for (int j = 0; j < 2; j++) {
            assertEquals(mean(codes, j), mean(drawn, j), 1.0);
        }
        assertEquals(Batches.SHAPE, ae.draw(3, 1).shape());
        double error = SquaredError.mean(Batches.DATA, ae.reconstruct(Batches.DATA));
        assertEquals(error, ae.validate(Batches.DATA, 1).values().iterator().next());
    }

    private static double mean(float[] pairs, int column) {
        double sum = 0;
        for (int i = column; i < pairs.length; i += 2) {
            sum += pairs[i];
        }
        return sum / (pairs.length / 2.0);
    }
}
