package latent4j.model.vae;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import latent4j.data.Dataset;
import latent4j.data.Samples;
import latent4j.loss.Covariance;
import latent4j.loss.FixedGaussian;
import latent4j.loss.MaximumMeanDiscrepancy;
import latent4j.loss.TotalCorrelation;
import latent4j.model.Inference;
import latent4j.model.Step;
import latent4j.model.VariationalAutoencoder;
import latent4j.tensor.Kernels;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import latent4j.train.Trainer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the losses do to the codes of spots, 12 × 12 pixels, whose place, size and brightness are independent. All compare
 * at the same networks, data, batches and number of steps, seed by seed; the aggregated posterior is that of 1,000 records.
 */
@Tag("long")
class DisentanglingClaimsTest {

    private static final int SIDE = 12;
    private static final Shape SHAPE = new Shape(1, SIDE, SIDE);
    private static final int LATENT = 6;
    private static final int SEEDS = 5;
    private static final int RECORDS = 2000;
    private static final int MEASURED = 1000;

    private static Dataset spots() {
        var values = new float[RECORDS * SIDE * SIDE];
        var random = new Seed(11).uniform(4 * RECORDS);
        for (int i = 0; i < RECORDS; i++) {
            double x = 3 + 6 * random[4 * i];
            double y = 3 + 6 * random[4 * i + 1];
            double size = 1 + 1.5 * random[4 * i + 2];
            double brightness = 0.4 + 0.6 * random[4 * i + 3];
            for (int row = 0; row < SIDE; row++) {
                for (int column = 0; column < SIDE; column++) {
                    double squares = Math.pow(row - y, 2) + Math.pow(column - x, 2);
                    values[(i * SIDE + row) * SIDE + column] =
                            (float) (brightness * Math.exp(-squares / (2 * size * size)));
                }
            }
        }
        var all = Samples.of(SHAPE, values);
        return new Dataset("spots", all, all.head(MEASURED));
    }

    private static final Dataset SPOTS = spots();

    /** Of the aggregated posterior, in nats, and of its codes. */
    private record Measured(double totalCorrelation, double information, double covariance, double mmd) {

        static Measured of(VariationalAutoencoder vae) {
            try (var tape = Tape.evaluation()) {
                var step = new Step(Inference.array(SPOTS.train(), 0, MEASURED), null, new Seed(8), 0, 0);
                var elbo = vae.elbo(step);
                var posterior = elbo.posterior();
                // the batch is all records, so that their mixture is the aggregated posterior itself: N = 1
                double correlation = read(TotalCorrelation.weighted(posterior, elbo.z(), 1));
                var joint = Kernels.current()
                        .logSumExp(TotalCorrelation.logDensities(posterior, elbo.z())
                                .sum(new int[] {2}));
                double information =
                        read(posterior.logDensity(elbo.z()).mean()) - read(joint.mean()) + Math.log(MEASURED);
                return new Measured(
                        correlation,
                        information,
                        offDiagonal(Covariance.ofCodes(posterior).toFloatArray()),
                        read(MaximumMeanDiscrepancy.inverseMultiquadratic(elbo.z(), step.normal(LATENT), 2 * LATENT)));
            }
        }

        private static double read(ai.djl.ndarray.NDArray scalar) {
            return Kernels.current().read(java.util.List.of(scalar))[0];
        }

        /** The root of the mean square. */
        private static double offDiagonal(float[] covariance) {
            double sum = 0;
            for (int i = 0; i < LATENT; i++) {
                for (int j = 0; j < LATENT; j++) {
                    sum += i == j ? 0 : covariance[i * LATENT + j] * covariance[i * LATENT + j];
                }
            }
            return Math.sqrt(sum / (LATENT * (LATENT - 1)));
        }
    }

    private static Measured trained(Supplier<VariationalAutoencoder> model, int seed) {
        var vae = model.get();
        Trainer.epochs(60).batch(100).seed(seed).watchedBy().fit(vae, SPOTS);
        var measured = Measured.of(vae);
        System.out.printf(
                "%s, seed %d: TC %.3f, I(x;z) %.3f, covariance %.4f, MMD² %.5f, −ELBO %.3f%n",
                vae.lossName(),
                seed,
                measured.totalCorrelation(),
                measured.information(),
                measured.covariance(),
                measured.mmd(),
                vae.negativeElbo(SPOTS.test(), 1));
        return measured;
    }

    /** What all others compare with; measured once a seed. */
    private static Measured plain(int seed) {
        return PLAIN.computeIfAbsent(seed, s -> trained(DisentanglingClaimsTest::vae, s));
    }

    private static final Map<Integer, Measured> PLAIN = new HashMap<>();

    private static Vae vae() {
        return Vae.mlp(SHAPE, LATENT, new FixedGaussian(0.1));
    }

    /** Chen et al. 2018: the total correlation can be paid for without paying for what the codes tell of the records. */
    @Test
    void atEqualBetaBetaTcLowersTheTotalCorrelationAsBetaDoesAndKeepsMoreInformation() {
        double beta = 4;
        for (int seed = 0; seed < SEEDS; seed++) {
            var plain = plain(seed);
            var betaVae = trained(() -> BetaVae.of(vae(), beta), seed);
            var betaTc = trained(() -> new BetaTcVae(vae(), beta, RECORDS), seed);
            assertTrue(betaVae.totalCorrelation() < plain.totalCorrelation() / 3, "β-VAE, seed " + seed);
            assertTrue(betaTc.totalCorrelation() < plain.totalCorrelation() / 3, "β-TC-VAE, seed " + seed);
            assertTrue(betaTc.information() > betaVae.information(), "I(x;z), seed " + seed);
        }
    }

    @Test
    void factorVaeLowersTheTotalCorrelation() {
        for (int seed = 0; seed < SEEDS; seed++) {
            var plain = plain(seed);
            var factor = trained(() -> FactorVae.of(vae(), 6, 200, 200), seed);
            assertTrue(factor.totalCorrelation() < plain.totalCorrelation(), "seed " + seed);
        }
    }

    @Test
    void dipLowersTheCovarianceThatItPenalises() {
        for (int seed = 0; seed < 2; seed++) {
            var plain = plain(seed);
            var first = trained(() -> new DipVae(vae(), 10, 10), seed);
            var second = trained(() -> new DipVaeII(vae(), 10, 10), seed);
            assertTrue(first.covariance() < plain.covariance() / 2, "DIP-VAE-I, seed " + seed);
            assertTrue(second.covariance() < plain.covariance() / 2, "DIP-VAE-II, seed " + seed);
        }
    }

    /** Without the KL term (α = 1) only the MMD brings the aggregated posterior to the prior. */
    @Test
    void infoVaesMmdBringsTheCodesToThePrior() {
        for (int seed = 0; seed < 2; seed++) {
            var without = trained(() -> new InfoVae(vae(), 1, 0), seed);
            var with = trained(() -> new InfoVae(vae(), 1, 100), seed);
            assertTrue(with.mmd() < without.mmd() / 10, "seed " + seed);
        }
    }
}
