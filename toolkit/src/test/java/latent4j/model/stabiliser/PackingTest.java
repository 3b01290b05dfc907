package latent4j.model.stabiliser;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import latent4j.data.GaussianMixture;
import latent4j.metric.Coverage;
import latent4j.metric.CoverageProtocol;
import latent4j.metric.Modes;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.model.gan.Gan;
import latent4j.nn.Adam;
import latent4j.train.Trainer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Packing against mode collapse (Lin et al. 2018, section 4.1): 8 Gaussians on a ring of radius 1, standard deviation 0.01;
 * 2,500 samples of a trained generator, good within 3 standard deviations of a mode. The paper trains for 400,000 steps with
 * Adam 10⁻⁴; here are as many steps as a few minutes have, at a higher rate.
 */
@Tag("long")
class PackingTest {

    private static final int SEEDS = Integer.getInteger("packing.seeds", 10);
    private static final int STEPS = Integer.getInteger("packing.steps", 2000);
    private static final GaussianMixture RING = GaussianMixture.ring(8, 1, 0.01);

    @Test
    void twoInAPackCoverMore() {
        var differences = new ArrayList<Double>();
        var divergences = new ArrayList<Double>();
        for (int seed = 0; seed < SEEDS; seed++) {
            var plain = coverage(seed, Gan.mixture(RING.shape(), 2));
            var packed = coverage(seed, Gan.mixture(RING.shape(), 2).with(new Packing(2)));
            System.out.printf("ring, seed %d, %d steps: one %s, packs of two %s%n", seed, STEPS, plain, packed);
            differences.add(packed.good() - plain.good());
            divergences.add(packed.reverseKl() - plain.reverseKl());
        }
        System.out.println("share of good samples, difference: " + interval(differences));
        System.out.println("reverse KL, difference: " + interval(divergences));
        assertTrue(mean(divergences) - 2 * standardError(divergences) <= 0, "packing covers less: " + divergences);
    }

    private static Coverage coverage(int seed, GenerativeAdversarialNetwork game) {
        Trainer.epochs(1)
                .batch(100)
                .seed(seed)
                .optimizer(Adam.of(1e-3).beta1(0.5))
                .validateOn(0)
                .watchedBy()
                .fit(game, RING.dataset(100 * STEPS, seed).train());
        return Coverage.of(game, Modes.of(RING), CoverageProtocol.pacGan(), 1);
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
                "%.3f ± %.3f (standard error), %s",
                mean(values), error, Math.abs(mean(values)) > 2.26 * error ? "decided" : "not decided");
    }
}
