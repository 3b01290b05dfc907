package latent4j.model.vae;

import static latent4j.model.vae.Steps.SHAPE;
import static latent4j.model.vae.Steps.part;
import static latent4j.model.vae.Steps.total;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;
import latent4j.loss.MaximumMeanDiscrepancy;
import latent4j.loss.TotalCorrelation;
import latent4j.model.ModifiedVae;
import latent4j.model.VariationalAutoencoder;
import latent4j.nn.Linear;
import latent4j.nn.Net;
import latent4j.nn.Network;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Test;

/** What each of the losses adds to −ELBO, against its equation written out. */
class DisentanglingTest {

    private static final Vae VAE = Vae.small(SHAPE);
    private static final double NEGATIVE_ELBO = total(VAE, 0);

    private static double added(ModifiedVae model) {
        assertEquals(NEGATIVE_ELBO, part(model, VariationalAutoencoder.NEGATIVE_ELBO), 1e-5);
        return total(model, 0) - NEGATIVE_ELBO;
    }

    @Test
    void betaTcAddsTheTotalCorrelation() {
        try (var tape = Tape.evaluation()) {
            var elbo = VAE.elbo(Steps.step(0, 10));
            double correlation = Steps.read(TotalCorrelation.weighted(elbo.posterior(), elbo.z(), 500));
            assertEquals(5 * correlation, added(new BetaTcVae(VAE, 6, 500)), 1e-4);
        }
        assertEquals(0, added(new BetaTcVae(VAE, 1, 500)), 1e-5);
        assertThrows(IllegalArgumentException.class, () -> new BetaTcVae(VAE, -1, 500));
        assertThrows(IllegalArgumentException.class, () -> new BetaTcVae(VAE, 6, 0));
    }

    /** The means' covariance by loops; for DIP-VAE-II the mean variances stand on its diagonal besides. */
    @Test
    void dipAddsTheCovariancesDistanceFromTheIdentity() {
        var heads = Steps.heads(VAE);
        int n = heads.length;
        var mean = new double[4];
        for (var row : heads) {
            for (int j = 0; j < 4; j++) {
                mean[j] += (j < 2 ? row[j] : Math.exp(row[j])) / n;
            }
        }
        var c = new double[2][2];
        for (var row : heads) {
            for (int i = 0; i < 2; i++) {
                for (int j = 0; j < 2; j++) {
                    c[i][j] += (row[i] - mean[i]) * (row[j] - mean[j]) / n;
                }
            }
        }
        double first = 3 * 2 * c[0][1] * c[0][1] + 7 * (Math.pow(c[0][0] - 1, 2) + Math.pow(c[1][1] - 1, 2));
        assertEquals(first, added(new DipVae(VAE, 3, 7)), 1e-4);
        double second = 3 * 2 * c[0][1] * c[0][1]
                + 7 * (Math.pow(c[0][0] + mean[2] - 1, 2) + Math.pow(c[1][1] + mean[3] - 1, 2));
        assertEquals(second, added(new DipVaeII(VAE, 3, 7)), 1e-4);
        assertThrows(IllegalArgumentException.class, () -> new DipVae(VAE, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> new DipVaeII(VAE, 1, -1));
    }

    @Test
    void infoVaeGivesBackKlAndAddsTheMmd() {
        double mmd;
        try (var tape = Tape.evaluation()) {
            var step = Steps.step(0, 10);
            var z = VAE.elbo(step).z();
            // exp(−‖z − z'‖²/d) is the Gaussian kernel whose squared width is half of d = 2
            mmd = Steps.read(MaximumMeanDiscrepancy.gaussian(z, step.normal(2), 1));
        }
        double kl = part(VAE, "KL");
        assertEquals(-0.3 * kl + 9.3 * mmd, added(new InfoVae(VAE, 0.3, 10)), 1e-4);
        assertEquals(0, added(new InfoVae(VAE, 0, 1)), 1e-5); // the VAE
        assertEquals(-kl + 10 * mmd, added(new InfoVae(VAE, 1, 10)), 1e-4);
        assertThrows(IllegalArgumentException.class, () -> new InfoVae(VAE, 1.5, 10));
        assertThrows(IllegalArgumentException.class, () -> new InfoVae(VAE, 0.5, 0.2));
    }

    /** A discriminator that is linear: logit = a·z + b, whose loss can be written out. */
    @Test
    void factorVaeAddsTheDiscriminatorsMeanLogit() {
        var model = FactorVae.of(VAE, 3);
        var weights = model.discriminator().values();
        try (var tape = Tape.evaluation()) {
            var z = VAE.elbo(Steps.step(0, 10)).z().toFloatArray();
            double mean = weights.get(1)[0];
            for (int i = 0; i < z.length; i++) {
                mean += weights.get(0)[i % 2] * z[i] / Steps.BATCH;
            }
            assertEquals(3 * mean, added(model), 1e-4);
        }
        assertEquals(2, model.objectives().size());
        assertEquals(
                java.util.List.of(model.discriminator()),
                model.objectives().get(1).moves());
        var wrong = new Net("discriminator", Network.of(new Linear(1)), new Shape(3));
        var error = assertThrows(IllegalArgumentException.class, () -> new FactorVae(VAE, wrong, 1));
        assertEquals("discriminator's input must have shape (2), got (3)", error.getMessage());
    }

    /** log 2 where the discriminator cannot tell; its own loss leaves the encoder alone. */
    @Test
    void theDiscriminatorsLossIsHalfThatOfAGanAndMovesNothingElse() {
        var model = FactorVae.of(VAE, 3);
        var fresh = model.discriminator().values();
        model.discriminator().load(java.util.List.of(new float[2], new float[1]));
        try (var tape = Tape.probing()) {
            var total =
                    model.objectives().get(1).loss().apply(Steps.step(0, 10)).total();
            assertEquals(Math.log(2), Steps.read(total), 1e-6);
            for (var gradient : tape.gradients(total, VAE.encoder().trainable())) {
                for (float value : gradient.toFloatArray()) {
                    assertEquals(0, value);
                }
            }
        } finally {
            model.discriminator().load(fresh);
        }
    }

    /** Shuffled, each dimension keeps its values, and rows come apart. */
    @Test
    void permutationsShuffleEachColumnOnItsOwn() {
        try (var tape = Tape.evaluation()) {
            var step = Steps.step(0, 10);
            var orders = step.permutations(3).toIntArray();
            var columns = new int[3][];
            for (int j = 0; j < 3; j++) {
                int column = j;
                columns[j] = IntStream.range(0, Steps.BATCH)
                        .map(i -> orders[3 * i + column])
                        .toArray();
                assertArrayEquals(
                        IntStream.range(0, Steps.BATCH).toArray(),
                        Arrays.stream(columns[j]).sorted().toArray());
            }
            assertFalse(Arrays.equals(columns[0], columns[1]) || Arrays.equals(columns[1], columns[2]));
            assertFalse(Arrays.equals(orders, step.permutations(3).toIntArray()));
        }
    }
}
