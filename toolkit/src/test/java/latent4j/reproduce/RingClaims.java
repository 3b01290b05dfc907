package latent4j.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import latent4j.data.GaussianMixture;
import latent4j.metric.Coverage;
import latent4j.metric.Modes;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.model.gan.Gan;
import latent4j.model.gan.HingeGan;
import latent4j.model.gan.LeastSquaresGan;
import latent4j.nn.Adam;
import latent4j.reproduce.Claim.Finding;
import latent4j.train.Trainer;

/**
 * Which modes of 8 Gaussians on a ring of radius 1, standard deviation 0.01, a generator covers: by 2,500 samples, good within 3
 * standard deviations of a mode.
 */
final class RingClaims implements Claims {

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

    private static boolean covers(Coverage coverage) {
        return coverage.foundStrictly() >= 7 && coverage.good() >= 0.5;
    }

    private static String words(Coverage coverage) {
        return String.format(Locale.ROOT, "%d modes, %.3f good", coverage.foundStrictly(), coverage.good());
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
            covered += covers(coverage) ? 1 : 0;
            found.add(words(coverage));
        }
        return new Finding(covered >= 2, String.join("; ", found));
    }

    private static Finding leastSquaresAndHingeCoverTheRing(Trials trials) {
        var nets = Gan.mlp(RING.dataset(1, 0).shape(), 2, 128);
        var leastSquares = trained(trials, "LeastSquaresGan", 0, LeastSquaresGan.of(nets));
        var hinge = trained(trials, "HingeGan", 0, HingeGan.of(nets));
        return Finding.of(
                covers(leastSquares) && covers(hinge),
                "least squares: %s; hinge: %s",
                words(leastSquares),
                words(hinge));
    }

    /** 15 epochs of 100,000 points, and 4 more at a tenth of the rate. */
    private static Coverage trained(Trials trials, String name, int seed, GenerativeAdversarialNetwork gan) {
        var ring = RING.dataset(100_000, 5);
        trials.train(name, trainer(15, seed, 1e-3), gan, ring);
        trials.train(name + "-slower", trainer(4, seed + 100, 1e-4).fromItsWeights(), gan, ring);
        return Coverage.of(gan.draw(SAMPLES, 1), Modes.within(RING, 3), 20);
    }

    private static Trainer trainer(int epochs, long seed, double rate) {
        return Trainer.epochs(epochs)
                .batch(256)
                .seed(seed)
                .optimizer(Adam.of(rate).beta1(0.5));
    }
}
