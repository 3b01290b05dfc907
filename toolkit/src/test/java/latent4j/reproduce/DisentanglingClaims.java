package latent4j.reproduce;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import latent4j.data.Dataset;
import latent4j.data.Samples;
import latent4j.loss.Covariance;
import latent4j.loss.FixedGaussian;
import latent4j.loss.MaximumMeanDiscrepancy;
import latent4j.loss.TotalCorrelation;
import latent4j.model.Inference;
import latent4j.model.Step;
import latent4j.model.VariationalAutoencoder;
import latent4j.model.vae.BetaTcVae;
import latent4j.model.vae.BetaVae;
import latent4j.model.vae.DipVae;
import latent4j.model.vae.DipVaeII;
import latent4j.model.vae.FactorVae;
import latent4j.model.vae.InfoVae;
import latent4j.model.vae.Vae;
import latent4j.reproduce.Claim.Finding;
import latent4j.tensor.Kernels;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import latent4j.train.Trainer;

/**
 * What the losses do to the codes of spots, 12 × 12 pixels, whose place, size and brightness are independent. All compare
 * at the same networks, data, batches and number of steps, seed by seed; the aggregated posterior is that of 1,000 records.
 */
final class DisentanglingClaims implements Claims {

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

    private final Dataset spots = spots();

    /** What all others compare with; measured once a seed. */
    private final Map<Integer, Measured> plain = new HashMap<>();

    @Override
    public String name() {
        return "claims-disentangling";
    }

    @Override
    public String about() {
        return "what the losses of the VAE's relatives do to the codes of spots with independent factors";
    }

    @Override
    public List<Claim> claims() {
        return List.of(
                new Claim(
                        "BetaTcVae",
                        "Chen et al. 2018, section 4: the total correlation can be paid for without paying for what the codes tell",
                        "at β = 4, the total correlation of both it and the β-VAE is under a third of the VAE's, and its I(x;z)"
                                + " above the β-VAE's, for every seed",
                        5,
                        this::betaTcLowersTheTotalCorrelationAsBetaDoesAndKeepsMoreInformation),
                new Claim(
                        "FactorVae",
                        "Kim and Mnih 2018, equation 2",
                        "at γ = 6, a lower total correlation than the VAE's, for every seed",
                        5,
                        this::factorVaeLowersTheTotalCorrelation),
                new Claim(
                        "DipVae and DipVaeII",
                        "Kumar et al. 2018, equations 6 and 7",
                        "covariances of different codes under half of the VAE's, for every seed",
                        2,
                        this::dipLowersTheCovarianceThatItPenalises),
                new Claim(
                        "InfoVae",
                        "Zhao et al. 2019, equation 6, without the KL term (α = 1)",
                        "MMD² of codes to the prior with λ = 100 under a tenth of that with λ = 0, for every seed",
                        2,
                        this::infoVaesMmdBringsTheCodesToThePrior));
    }

    /** Of the aggregated posterior, in nats, and of its codes. */
    private record Measured(double totalCorrelation, double information, double covariance, double mmd) {

        static Measured of(VariationalAutoencoder vae, Samples records) {
            try (var tape = Tape.evaluation()) {
                var step = new Step(Inference.array(records, 0, MEASURED), null, new Seed(8), 0, 0);
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
            return Kernels.current().read(List.of(scalar))[0];
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

    private Measured trained(Trials trials, String name, VariationalAutoencoder vae, int seed) {
        trials.train(name + "-seed-" + seed, Trainer.epochs(60).batch(100).seed(seed), vae, spots);
        return Measured.of(vae, spots.train());
    }

    private Measured plain(Trials trials, int seed) {
        return plain.computeIfAbsent(seed, s -> trained(trials, "Vae", vae(), s));
    }

    private static Vae vae() {
        return Vae.mlp(SHAPE, LATENT, new FixedGaussian(0.1));
    }

    private Finding betaTcLowersTheTotalCorrelationAsBetaDoesAndKeepsMoreInformation(Trials trials) {
        double beta = 4;
        boolean holds = true;
        var found = new ArrayList<String>();
        for (int seed = 0; seed < SEEDS; seed++) {
            var plain = plain(trials, seed);
            var betaVae = trained(trials, "BetaVae", BetaVae.of(vae(), beta), seed);
            var betaTc = trained(trials, "BetaTcVae", new BetaTcVae(vae(), beta, RECORDS), seed);
            holds &= betaVae.totalCorrelation() < plain.totalCorrelation() / 3
                    && betaTc.totalCorrelation() < plain.totalCorrelation() / 3
                    && betaTc.information() > betaVae.information();
            found.add(text(
                    "TC %.2f (VAE), %.2f (β), %.2f (β-TC); I(x;z) %.2f, %.2f, %.2f nats",
                    plain.totalCorrelation(),
                    betaVae.totalCorrelation(),
                    betaTc.totalCorrelation(),
                    plain.information(),
                    betaVae.information(),
                    betaTc.information()));
        }
        return new Finding(holds, String.join("; ", found));
    }

    private Finding factorVaeLowersTheTotalCorrelation(Trials trials) {
        boolean holds = true;
        var found = new ArrayList<String>();
        for (int seed = 0; seed < SEEDS; seed++) {
            double plain = plain(trials, seed).totalCorrelation();
            double factor = trained(trials, "FactorVae", FactorVae.of(vae(), 6, 200, 200), seed)
                    .totalCorrelation();
            holds &= factor < plain;
            found.add(text("TC %.2f against the VAE's %.2f nats", factor, plain));
        }
        return new Finding(holds, String.join("; ", found));
    }

    private Finding dipLowersTheCovarianceThatItPenalises(Trials trials) {
        boolean holds = true;
        var found = new ArrayList<String>();
        for (int seed = 0; seed < 2; seed++) {
            double plain = plain(trials, seed).covariance();
            double first =
                    trained(trials, "DipVae", new DipVae(vae(), 10, 10), seed).covariance();
            double second = trained(trials, "DipVaeII", new DipVaeII(vae(), 10, 10), seed)
                    .covariance();
            holds &= first < plain / 2 && second < plain / 2;
            found.add(text("%.4f (I) and %.4f (II) against %.4f", first, second, plain));
        }
        return new Finding(holds, String.join("; ", found));
    }

    private Finding infoVaesMmdBringsTheCodesToThePrior(Trials trials) {
        boolean holds = true;
        var found = new ArrayList<String>();
        for (int seed = 0; seed < 2; seed++) {
            double without = trained(trials, "InfoVae-without", new InfoVae(vae(), 1, 0), seed)
                    .mmd();
            double with =
                    trained(trials, "InfoVae", new InfoVae(vae(), 1, 100), seed).mmd();
            holds &= with < without / 10;
            found.add(text("%.5f against %.5f", with, without));
        }
        return new Finding(holds, String.join("; ", found));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
