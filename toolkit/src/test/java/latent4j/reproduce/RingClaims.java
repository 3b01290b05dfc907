package latent4j.reproduce;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import latent4j.data.Dataset;
import latent4j.data.GaussianMixture;
import latent4j.data.Samples;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.model.gan.Gan;
import latent4j.model.gan.HingeGan;
import latent4j.model.gan.LeastSquaresGan;
import latent4j.model.stabiliser.Packing;
import latent4j.nn.Adam;
import latent4j.reproduce.Claim.Finding;
import latent4j.train.Trainer;

/**
 * Which modes of 8 Gaussians on a ring of radius 1, standard deviation 0.01, a generator covers: by 2,500 samples, good within 3
 * standard deviations of a mode.
 */
final class RingClaims implements Claims {

    private static final int SEEDS = 10;
    private static final int STEPS = 2000;
    private static final int SAMPLES = 2500;
    private static final GaussianMixture RING = GaussianMixture.ring(8, 1, 0.01);

    @Override
    public String name() {
        return "claims-ring";
    }

    @Override
    public String about() {
        return "which modes of a ring of Gaussians generators cover";
    }

    @Override
    public List<Claim> claims() {
        return List.of(
                new Claim(
                        "Packing",
                        "Lin et al. 2018, section 4.1: packing against mode collapse; 400,000 steps at Adam 10⁻⁴ there, 2,000 at"
                                + " 10⁻³ here",
                        "packs of two do not have a higher reverse KL: the mean difference less two standard errors is not above 0",
                        SEEDS,
                        RingClaims::twoInAPackCoverMore),
                new Claim(
                        "Gan",
                        "Goodfellow et al. 2014, section 4: the samples' distribution comes to be that of the data",
                        "7 modes with 20 samples or more each, and half of the samples good, for 2 of 3 seeds",
                        3,
                        RingClaims::anMlpGanCoversTheRing),
                new Claim(
                        "LeastSquaresGan and HingeGan",
                        "Mao et al. 2017, equation 9; Lim and Ye 2017",
                        "the same for each",
                        1,
                        RingClaims::leastSquaresAndHingeCoverTheRing));
    }

    /** What the tables say of a generator; the divergence is KL(modes of good samples ‖ uniform), in nats. */
    private record Coverage(int modes, double good, double reverseKl) {

        static Coverage of(GenerativeAdversarialNetwork gan) {
            var counts = counts(gan.draw(SAMPLES, 1));
            double good = Arrays.stream(counts).sum();
            double divergence = good == 0 ? Math.log(counts.length) : 0; // as for samples of one mode alone
            for (int count : counts) {
                divergence += count == 0 ? 0 : count / good * Math.log(count / good * counts.length);
            }
            int modes = (int) Arrays.stream(counts).filter(count -> count >= 20).count();
            return new Coverage(modes, good / SAMPLES, divergence);
        }

        /** Of good samples at each mode. */
        private static int[] counts(Samples samples) {
            var counts = new int[RING.centres().size()];
            for (int i = 0; i < samples.size(); i++) {
                var point = samples.row(i);
                for (int k = 0; k < counts.length; k++) {
                    var centre = RING.centres().get(k);
                    if (Math.hypot(point[0] - centre[0], point[1] - centre[1]) <= 3 * RING.sd()) {
                        counts[k]++;
                    }
                }
            }
            return counts;
        }

        boolean covers() {
            return modes >= 7 && good >= 0.5;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%d modes, %.3f good", modes, good);
        }
    }

    private static Finding twoInAPackCoverMore(Trials trials) {
        var differences = new ArrayList<Double>();
        var divergences = new ArrayList<Double>();
        for (int seed = 0; seed < SEEDS; seed++) {
            var game = Gan.mixture(RING.dataset(1, 0).shape(), 2);
            var plain = coverage(trials, "Gan-seed-" + seed, seed, game);
            var packed = coverage(
                    trials,
                    "Packing-seed-" + seed,
                    seed,
                    Gan.mixture(RING.dataset(1, 0).shape(), 2).with(new Packing(2)));
            differences.add(packed.good() - plain.good());
            divergences.add(packed.reverseKl() - plain.reverseKl());
        }
        return Finding.of(
                mean(divergences) - 2 * standardError(divergences) <= 0,
                "packed less plain: reverse KL %s nats, share of good samples %s",
                interval(divergences),
                interval(differences));
    }

    private static Coverage coverage(Trials trials, String name, int seed, GenerativeAdversarialNetwork game) {
        var trainer = Trainer.epochs(1)
                .batch(100)
                .seed(seed)
                .optimizer(Adam.of(1e-3).beta1(0.5))
                .validateOn(0);
        trials.train(
                name, trainer, game, Dataset.of(RING.dataset(100 * STEPS, seed).train()));
        return Coverage.of(game);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private static double standardError(List<Double> values) {
        double mean = mean(values);
        double squares =
                values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(squares / (values.size() - 1) / values.size());
    }

    private static String interval(List<Double> values) {
        double error = standardError(values);
        return String.format(
                Locale.ROOT,
                "%.3f ± %.3f (standard error), %s",
                mean(values),
                error,
                Math.abs(mean(values)) > 2.26 * error ? "decided" : "not decided");
    }

    private static Finding anMlpGanCoversTheRing(Trials trials) {
        int covered = 0;
        var found = new ArrayList<String>();
        for (int seed = 0; seed < 3; seed++) {
            var coverage = trained(
                    trials,
                    "Gan-long-seed-" + seed,
                    seed,
                    Gan.mlp(RING.dataset(1, 0).shape(), 2, 128));
            covered += coverage.covers() ? 1 : 0;
            found.add(coverage.toString());
        }
        return new Finding(covered >= 2, String.join("; ", found));
    }

    private static Finding leastSquaresAndHingeCoverTheRing(Trials trials) {
        var nets = Gan.mlp(RING.dataset(1, 0).shape(), 2, 128);
        var leastSquares = trained(trials, "LeastSquaresGan", 0, LeastSquaresGan.of(nets));
        var hinge = trained(trials, "HingeGan", 0, HingeGan.of(nets));
        return Finding.of(leastSquares.covers() && hinge.covers(), "least squares: %s; hinge: %s", leastSquares, hinge);
    }

    /** 15 epochs of 100,000 points, and 4 more at a tenth of the rate. */
    private static Coverage trained(Trials trials, String name, int seed, GenerativeAdversarialNetwork gan) {
        var ring = RING.dataset(100_000, 5);
        trials.train(name, trainer(15, seed, 1e-3), gan, ring);
        trials.train(name + "-slower", trainer(4, seed + 100, 1e-4).fromItsWeights(), gan, ring);
        return Coverage.of(gan);
    }

    private static Trainer trainer(int epochs, long seed, double rate) {
        return Trainer.epochs(epochs)
                .batch(256)
                .seed(seed)
                .optimizer(Adam.of(rate).beta1(0.5));
    }
}
