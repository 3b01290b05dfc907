package latent4j.model.vae;

import static latent4j.model.vae.Steps.SHAPE;
import static latent4j.model.vae.Steps.part;
import static latent4j.model.vae.Steps.total;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import latent4j.data.Datasets;
import latent4j.data.Samples;
import latent4j.model.Inference;
import latent4j.model.Schedule;
import latent4j.model.Step;
import latent4j.model.VariationalAutoencoder;
import latent4j.nn.Adam;
import latent4j.tensor.Seed;
import latent4j.train.Trainer;
import org.junit.jupiter.api.Tag;
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

    private static double[] klByDimension(VariationalAutoencoder vae, Samples x) {
        var sums = new double[vae.latent()];
        Inference.inBatches(x.size(), (from, to) -> {
            var step = new Step(Inference.array(x, from, to), null, new Seed(0), 0, 0);
            var found = vae.elbo(step).klByDimension().toFloatArray();
            for (int j = 0; j < sums.length; j++) {
                sums[j] += found[j] * (to - from) / x.size();
            }
        });
        return sums;
    }

    /**
     * A β of 20 gives up every dimension; with half a free nat each keeps most of that: what counts in training is the mean
     * over a batch, which swings about λ and is pressed down twenty times as hard as up, so that the mean over all records lies
     * below it.
     */
    @Test
    @Tag("long")
    void withFreeBitsNoDimensionIsGivenUp() {
        var digits = Datasets.digits(4000, 500);
        double nats = 0.5;
        var without = BetaVae.mlp(digits.shape(), 8, 20);
        var with = new FreeBits(BetaVae.mlp(digits.shape(), 8, 20), nats);
        for (var vae : new VariationalAutoencoder[] {without, with}) {
            Trainer.epochs(8).watchedBy().fit(vae, digits);
            var kl = klByDimension(vae, digits.train());
            System.out.println("KL by dimension, " + vae.lossName() + ": " + Arrays.toString(kl));
            for (double each : kl) {
                assertTrue(vae == with ? each > nats / 2 : each < nats / 10, vae.lossName() + ": " + each);
            }
        }
    }

    /** The mean over each tenth of the training, since a single batch's KL term swings about its aim. */
    @Test
    @Tag("long")
    void theKlTermFollowsTheCapacity() {
        var digits = Datasets.digits(4000, 500);
        var vae = CapacityVae.of(Vae.mlp(digits.shape(), 8), 100, 12);
        var run = Trainer.epochs(20).optimizer(Adam.of(5e-4)).watchedBy().fit(vae, digits);
        var kl = run.history().training("KL").values();
        for (int tenth = 1; tenth < 10; tenth++) {
            double mean = Arrays.stream(kl, tenth * kl.length / 10, (tenth + 1) * kl.length / 10)
                    .average()
                    .orElseThrow();
            double aim = 12 * (tenth + 0.5) / 10;
            System.out.println("KL at capacity " + aim + ": " + mean);
            assertEquals(aim, mean, 0.6, "KL in tenth " + tenth);
        }
    }
}
