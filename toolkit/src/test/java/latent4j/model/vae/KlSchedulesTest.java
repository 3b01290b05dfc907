package latent4j.model.vae;

import static latent4j.model.vae.Steps.SHAPE;
import static latent4j.model.vae.Steps.part;
import static latent4j.model.vae.Steps.total;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import latent4j.model.Schedule;
import latent4j.model.VariationalAutoencoder;
import org.junit.jupiter.api.Test;

/** Annealing, free bits and capacity, around any VAE. */
class KlSchedulesTest {

    private static final Vae VAE = Vae.small(SHAPE);
    private static final double RECONSTRUCTION = part(VAE, "reconstruction");
    private static final double KL = part(VAE, "KL");

    @Test
    void annealingMultipliesTheKlTerm() {
        var warmUp = new Annealed(VAE, Schedule.constant().warmUp(4));
        assertEquals(RECONSTRUCTION, total(warmUp, 0), 1e-5);
        assertEquals(RECONSTRUCTION + 0.25 * KL, total(warmUp, 1), 1e-5);
        assertEquals(RECONSTRUCTION + KL, total(warmUp, 5), 1e-5);
        assertEquals(RECONSTRUCTION + KL, part(warmUp, VariationalAutoencoder.NEGATIVE_ELBO), 1e-5);
        var cycles = new Annealed(VAE, Schedule.cyclical(2)); // of 5 epochs each
        assertEquals(RECONSTRUCTION + 0.4 * KL, total(cycles, 6), 1e-5);
        assertEquals(RECONSTRUCTION + KL, total(cycles, 8), 1e-5);
    }

    @Test
    void whatAnnealingIsPutAroundKeepsItsOwn() {
        var beta = new Annealed(BetaVae.of(VAE, 3), Schedule.constant().warmUp(4));
        assertEquals(RECONSTRUCTION + 0.25 * 3 * KL, total(beta, 1), 1e-5);
        var factor = FactorVae.of(VAE, 5, 8);
        var annealed = new Annealed(factor, Schedule.constant().warmUp(4));
        assertEquals(factor.nets(), annealed.nets());
        assertEquals(2, annealed.objectives().size());
        assertEquals(
                "annealed negative ELBO + γ·TC", annealed.objectives().get(0).name());
        assertEquals(total(factor, 0) - KL, total(annealed, 0), 1e-4);
    }

    @Test
    void freeBitsChargeEachDimensionForWhatExceedsThem() {
        var heads = Steps.heads(VAE);
        var kl = new double[2];
        for (var row : heads) {
            for (int j = 0; j < 2; j++) {
                double variance = Math.exp(row[2 + j]);
                kl[j] += 0.5 * (variance + row[j] * row[j] - 1 - row[2 + j]) / heads.length;
            }
        }
        double between = (kl[0] + kl[1]) / 2;
        double expected = RECONSTRUCTION + Math.max(between, kl[0]) + Math.max(between, kl[1]);
        assertTrue(Math.abs(kl[0] - kl[1]) > 0.01, "the test needs dimensions that differ");
        assertEquals(expected, total(new FreeBits(VAE, between), 0), 1e-5);
        assertEquals(RECONSTRUCTION + KL, total(new FreeBits(VAE, 0), 0), 1e-5);
        assertEquals(RECONSTRUCTION + 2 * 100, total(new FreeBits(VAE, 100), 0), 1e-4);
        var error = assertThrows(IllegalArgumentException.class, () -> new FreeBits(VAE, -0.1));
        assertEquals("nats must be a finite number >= 0, got -0.1", error.getMessage());
    }

    @Test
    void theCapacityIsTheKlTermsAim() {
        var model = CapacityVae.of(VAE, 7, 20);
        assertEquals(RECONSTRUCTION + 7 * KL, total(model, 0), 1e-4);
        assertEquals(RECONSTRUCTION + 7 * Math.abs(KL - 8), total(model, 4), 1e-4);
        assertThrows(IllegalArgumentException.class, () -> CapacityVae.of(VAE, -1, 20));
        assertThrows(IllegalArgumentException.class, () -> CapacityVae.of(VAE, 1, Double.NaN));
    }
}
