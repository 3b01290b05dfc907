package latent4j.metric;

import java.util.Locale;
import latent4j.data.GaussianMixture;
import latent4j.nn.Adam;
import latent4j.tensor.Require;

/**
 * How a paper counts modes, so that numbers can be set beside its own: what it trains and for how long, what it draws and what
 * it calls a mode. Only equal networks compare: for the same ring one paper gives the plain GAN 1 mode, another 6.3.
 *
 * @param name the paper and the data
 * @param samples how many are drawn
 * @param radius within how many standard deviations of a centre a sample is good; 0 where a classifier says what it shows
 * @param least how many good samples make a mode in the strict count; in the lenient one, which both papers give, it is 1
 * @param runs over how many trainings the paper's numbers are means
 * @param records how many there are to train on
 * @param steps how many batches the paper trains on; 0 where it does not say
 * @param batch how many examples, or packs of examples, the discriminator scores of either side at a step
 * @param optimizer of both networks
 * @param networks in words
 */
public record CoverageProtocol(
        String name,
        int samples,
        double radius,
        int least,
        int runs,
        int records,
        int steps,
        int batch,
        Adam optimizer,
        String networks) {

    public CoverageProtocol {
        Require.atLeast("samples", 1, samples);
        Require.notNegative("radius", radius);
        Require.atLeast("least", 1, least);
        Require.atLeast("steps", 0, steps);
    }

    /**
     * PacGAN on the ring and the grid (Lin et al. 2018, section 4.1 and the code that its authors published): 100,000 points,
     * 400 epochs of 1,000 batches of 100, Adam 10⁻⁴ with β₁ 0.8, codes from N(0, I₂). {@code Gan.mixture(shape, 2)} has its
     * networks, but for the discriminator's leaky ReLU instead of maxout.
     */
    public static CoverageProtocol pacGan() {
        return new CoverageProtocol(
                "PacGAN (Lin et al. 2018), ring and grid",
                2500,
                3,
                20,
                10,
                100_000,
                400_000,
                100,
                Adam.of(1e-4).beta1(0.8),
                "generator 4 x 400, batch normalisation, ReLU; discriminator 3 x 200, maxout of 5");
    }

    /**
     * PacGAN on stacked digits (Lin et al. 2018, section 4.2 and the authors' code): 128,000 images, 50 epochs of batches of
     * 64, DCGAN, Adam 2·10⁻⁴ with β₁ 0.5; 26,000 samples, whose digits a convolutional classifier reads. The strict count, a
     * fifth of a mode's fair share, is ours.
     */
    public static CoverageProtocol pacGanStacked() {
        return new CoverageProtocol(
                "PacGAN (Lin et al. 2018), stacked digits",
                26_000,
                0,
                5,
                10,
                128_000,
                100_000,
                64,
                Adam.of(2e-4).beta1(0.5),
                "DCGAN; codes uniform in [-1, 1]");
    }

    /**
     * VEEGAN on stacked digits (Srivastava et al. 2017, section 4.2): 26,000 samples, means of 5 runs; the divergence is from
     * the data's modes, which drawn digits have equally often. We could not verify the rest; see {@link #veegan}.
     */
    public static CoverageProtocol veeganStacked() {
        return pacGanStacked()
                .named("VEEGAN (Srivastava et al. 2017), stacked digits")
                .untold(0, 5);
    }

    /**
     * VEEGAN on the ring and the grid (Srivastava et al. 2017, section 4.1): 2,500 samples, means of 5 runs. We could not
     * verify its networks, records, steps and optimiser; those here are PacGAN's, and 0 steps say so. The strict count is ours.
     */
    public static CoverageProtocol veegan() {
        return pacGan().named("VEEGAN (Srivastava et al. 2017), ring and grid").untold(3, 5);
    }

    /**
     * VEEGAN on ten flat modes in 1,200 dimensions ({@link GaussianMixture#flat}), good within 10 standard
     * deviations. As Euclidean distance that refuses all true records, which lie 26.5 standard deviations off, and is kept by
     * samples that hold to the centres; the floor beside the share of good samples says so. {@link Modes#of} has a radius that
     * true records pass.
     */
    public static CoverageProtocol veeganFlat() {
        return pacGan().named("VEEGAN (Srivastava et al. 2017), 1,200 dimensions")
                .untold(10, 5);
    }

    private CoverageProtocol named(String name) {
        return new CoverageProtocol(name, samples, radius, least, runs, records, steps, batch, optimizer, networks);
    }

    private CoverageProtocol untold(double radius, int runs) {
        return new CoverageProtocol(name, samples, radius, least, runs, records, 0, batch, optimizer, "not verified");
    }

    /** A mixture's modes, as far as this protocol takes a sample for good. */
    public Modes modes(GaussianMixture mixture) {
        return Modes.within(mixture, radius);
    }

    /** The same, cut short: what it shows holds at so many steps only. */
    public CoverageProtocol at(int steps) {
        var cut = this.steps == 0 ? "" : String.format(Locale.ROOT, " of %,d", this.steps);
        return new CoverageProtocol(
                String.format(Locale.ROOT, "%s, at %,d%s steps", name, steps, cut),
                samples,
                radius,
                least,
                runs,
                records,
                steps,
                batch,
                optimizer,
                networks);
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
