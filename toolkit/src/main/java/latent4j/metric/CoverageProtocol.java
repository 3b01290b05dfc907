package latent4j.metric;

import java.util.Locale;
import java.util.Optional;
import latent4j.data.GaussianMixture;
import latent4j.nn.Adam;
import latent4j.tensor.Require;

/**
 * How a paper counts modes, so that numbers can be set beside its own: what it draws, what it calls a mode and how it trains.
 * Only equal networks compare: for the same ring one paper gives the plain GAN 1 mode, another 6.3.
 *
 * @param name the paper and the data
 * @param samples how many are drawn
 * @param radius within how many standard deviations of a centre a sample is good; 0 where a classifier says what it shows
 * @param least how many good samples make a mode in the strict count, which is ours; in the papers' it is 1
 * @param runs over how many trainings the paper's numbers are means
 * @param training how it trains, where we could verify that
 */
public record CoverageProtocol(
        String name, int samples, double radius, int least, int runs, Optional<Training> training) {

    /**
     * How a paper trains.
     *
     * @param records how many there are
     * @param steps how many batches
     * @param batch how many examples, or packs of examples, of either side the discriminator scores at a step
     * @param optimizer of both networks
     * @param networks in words
     */
    public record Training(int records, int steps, int batch, Adam optimizer, String networks) {}

    public CoverageProtocol {
        Require.atLeast("samples", 1, samples);
        Require.notNegative("radius", radius);
        Require.atLeast("least", 1, least);
        Require.atLeast("runs", 1, runs);
    }

    /**
     * PacGAN on the ring and the grid (Lin et al. 2018, section 4.1 and the code that its authors published): 100,000 points,
     * 400 epochs of 1,000 batches of 100, Adam 10⁻⁴ with β₁ 0.8, codes from N(0, I₂). {@code Gan.mixture(shape, 2)} has its
     * networks, but for the discriminator's leaky ReLU instead of maxout.
     */
    public static CoverageProtocol pacGan() {
        var training = new Training(
                100_000,
                400_000,
                100,
                Adam.of(1e-4).beta1(0.8),
                "generator 4 x 400, batch normalisation, ReLU; discriminator 3 x 200, maxout of 5");
        return new CoverageProtocol("PacGAN (Lin et al. 2018), ring and grid", 2500, 3, 20, 10, Optional.of(training));
    }

    /**
     * PacGAN on stacked digits (Lin et al. 2018, section 4.2): 128,000 images, 50 epochs of batches of 64, DCGAN, Adam 2·10⁻⁴
     * with β₁ 0.5; 26,000 samples, whose digits a convolutional classifier reads.
     */
    public static CoverageProtocol pacGanStacked() {
        var training = new Training(128_000, 100_000, 64, Adam.of(2e-4).beta1(0.5), "DCGAN; codes uniform in [-1, 1]");
        return new CoverageProtocol(
                "PacGAN (Lin et al. 2018), stacked digits", 26_000, 0, 5, 10, Optional.of(training));
    }

    /** VEEGAN on the ring and the grid (Srivastava et al. 2017): 2,500 samples, good within 3 standard deviations, 5 runs. */
    public static CoverageProtocol veegan() {
        return new CoverageProtocol("VEEGAN (Srivastava et al. 2017), ring and grid", 2500, 3, 20, 5, Optional.empty());
    }

    /**
     * VEEGAN on ten flat modes in 1,200 dimensions ({@link GaussianMixture#flat}): 2,500 samples, good within 10 standard
     * deviations, 5 runs. As Euclidean distance that refuses all true records, which lie 26.5 standard deviations off, and
     * takes samples that hold to the centres; the floor beside the share of good samples says so. {@link Modes#of} has a
     * radius that true records pass.
     */
    public static CoverageProtocol veeganFlat() {
        return new CoverageProtocol(
                "VEEGAN (Srivastava et al. 2017), 1,200 dimensions", 2500, 10, 20, 5, Optional.empty());
    }

    /**
     * VEEGAN on stacked digits (Srivastava et al. 2017): 26,000 samples, 5 runs; the divergence is from the data's modes, which
     * drawn digits have equally often.
     */
    public static CoverageProtocol veeganStacked() {
        return new CoverageProtocol(
                "VEEGAN (Srivastava et al. 2017), stacked digits", 26_000, 0, 5, 5, Optional.empty());
    }

    /** A mixture's modes, as far as this protocol takes a sample for good. */
    public Modes modes(GaussianMixture mixture) {
        return Modes.within(mixture, radius);
    }

    /** The same, of a training that is cut short: what comes out holds at so many steps only. */
    public CoverageProtocol at(int steps) {
        Require.atLeast("steps", 1, steps);
        var of = training.map(t -> String.format(Locale.ROOT, " of %,d", t.steps))
                .orElse("");
        return new CoverageProtocol(
                String.format(Locale.ROOT, "%s, at %,d%s steps", name, steps, of),
                samples,
                radius,
                least,
                runs,
                training.map(t -> new Training(t.records, steps, t.batch, t.optimizer, t.networks)));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: %,d samples, %s, a mode from 1 (strictly from %d) of them, means of %d runs",
                name,
                samples,
                radius == 0
                        ? "modes by a classifier"
                        : String.format(Locale.ROOT, "good within %s standard deviations", radius),
                least,
                runs);
    }
}
