package latent4j.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import latent4j.data.Samples;
import latent4j.metric.Measure.Better;
import latent4j.model.Model;
import latent4j.tensor.Require;
import org.apache.commons.math3.distribution.BinomialDistribution;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * Which of the data's modes samples show: how many of them, how evenly, and how many samples show none. With m modes, c_k good
 * samples of mode k and q_k = c_k / Σ c the shares among the good ones (Srivastava et al. 2017; Lin et al. 2018,
 * section 4.1 and the code published with it).
 *
 * <p>Beside each figure stands what as many perfect samples would reach on average, which is no round number: few samples of
 * many modes are never quite even.
 *
 * @param modes what has the modes
 * @param rule by which rule a sample shows a mode
 * @param counts c_k
 * @param samples how many there were, good or not
 * @param least how many make a mode in the strict count
 * @param perfectGood the share of true records that are good, where it is known
 * @param protocol how it was measured, where a paper says how
 */
public record Coverage(
        String modes,
        String rule,
        List<Integer> counts,
        int samples,
        int least,
        OptionalDouble perfectGood,
        String protocol) {

    /** How likely perfect samples may miss a mode, before they are too few to blame a model for it. */
    private static final double MISSED = 0.01;

    /** The normal distribution's two-sided 95 % quantile. */
    private static final double Z = 1.96;

    public Coverage {
        counts = List.copyOf(counts);
        Require.atLeast("least", 1, least);
    }

    /** Of samples, where a fifth of its fair share makes a mode in the strict count: with 25 modes 20 of 2,500. */
    public static Coverage of(Samples samples, Modes modes) {
        return of(samples, modes, Math.max(1, samples.size() / (5 * modes.count())));
    }

    /**
     * Of samples.
     *
     * @param least how many make a mode in the strict count
     * @throws IllegalArgumentException if perfect samples, so few, would miss a mode more than one time in a hundred, which
     *     names how many are needed; if they have another shape, or values that are no numbers
     */
    public static Coverage of(Samples samples, Modes modes, int least) {
        Require.atLeast("least", 1, least);
        Require.shape("samples of the " + modes.name(), modes.shape(), samples.shape());
        int needed = needed(modes.count(), least);
        if (samples.size() < needed) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%,d samples are too few for the %,d modes of the %s: with %d of a mode to find it, perfect samples find"
                            + " all modes 99 times in 100 from %,d on",
                    samples.size(),
                    modes.count(),
                    modes.name(),
                    least,
                    needed));
        }
        samples.requireValid("samples");
        var counts = new Integer[modes.count()];
        Arrays.fill(counts, 0);
        var shown = modes.shown(samples);
        if (shown.length != samples.size()) {
            throw new IllegalArgumentException(
                    "expected a mode of each of " + samples.size() + " samples, got " + shown.length);
        }
        for (int mode : shown) {
            if (mode < Modes.NONE || mode >= counts.length) {
                throw new IllegalArgumentException("a sample's mode must be between 0 and " + (counts.length - 1)
                        + ", or " + Modes.NONE + " for none, got " + mode);
            }
            if (mode != Modes.NONE) {
                counts[mode]++;
            }
        }
        return new Coverage(
                modes.name(),
                modes.rule(),
                List.of(counts),
                samples.size(),
                least,
                modes.shown(),
                "no paper's protocol");
    }

    /** Of what a model draws, as many and as strictly as a protocol says. */
    public static Coverage of(Model model, Modes modes, CoverageProtocol protocol, long seed) {
        var of = of(model.draw(protocol.samples(), seed), modes, protocol.least());
        return new Coverage(of.modes, of.rule, of.counts, of.samples, of.least, of.perfectGood, protocol.name());
    }

    /** For comparisons of models of such data; on data of another shape it is not defined. */
    public static Metric metric(Modes modes, CoverageProtocol protocol) {
        return (model, data, seed) -> data.shape().equals(modes.shape())
                ? of(model, modes, protocol, seed).measures()
                : List.of();
    }

    /** How many perfect samples find all of m modes, each by {@code least} of them, at least 99 times in 100. */
    static int needed(int modes, int least) {
        int few = modes * least - 1;
        int enough = modes * least;
        while (missed(modes, least, enough) > MISSED) {
            enough *= 2;
        }
        while (enough - few > 1) {
            int middle = (few + enough) / 2;
            if (missed(modes, least, middle) > MISSED) {
                few = middle;
            } else {
                enough = middle;
            }
        }
        return enough;
    }

    /** No less than the probability that one of the modes is missed: the sum over them. */
    private static double missed(int modes, int least, int samples) {
        return modes * new BinomialDistribution(null, samples, 1.0 / modes).cumulativeProbability(least - 1);
    }

    /** In how many modes there is a good sample, which is how both papers count. */
    public int found() {
        return found(1);
    }

    /** In how many modes there are so many that chance does not explain them. */
    public int foundStrictly() {
        return found(least);
    }

    private int found(int least) {
        return (int) counts.stream().filter(count -> count >= least).count();
    }

    /** The share of samples that show a mode. */
    public double good() {
        return goodSamples() / (double) samples;
    }

    private int goodSamples() {
        return counts.stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * KL(q ‖ uniform) = Σ_k q_k log(m q_k) in nats, from 0 (even) to log m (one mode alone): "reverse", since the samples' shares
     * stand first, as in Lin et al. 2018. It stands on the good samples alone: of G of them even an even model has about
     * (m − 1)/2G nats. Without good samples it is log m.
     */
    public double reverseKl() {
        return divergence(Coverage::kullbackLeiblerPart);
    }

    /**
     * ½ KL(q ‖ a) + ½ KL(uniform ‖ a) with a the average of q and uniform, in nats, below log 2. Without good samples it is as of
     * one mode alone.
     */
    public double jensenShannon() {
        return divergence(Coverage::jensenShannonPart);
    }

    /** What one of m modes adds to a divergence of shares from 1/m. */
    private interface Part {
        double of(double share, double uniform);
    }

    private static double kullbackLeiblerPart(double p, double q) {
        return p == 0 ? 0 : p * Math.log(p / q);
    }

    private static double jensenShannonPart(double p, double q) {
        double average = (p + q) / 2;
        return (kullbackLeiblerPart(p, average) + kullbackLeiblerPart(q, average)) / 2;
    }

    private double divergence(Part part) {
        double uniform = 1.0 / counts.size();
        int good = goodSamples();
        return good == 0
                ? part.of(1, uniform) + (counts.size() - 1) * part.of(0, uniform)
                : counts.stream()
                        .mapToDouble(count -> part.of(count / (double) good, uniform))
                        .sum();
    }

    /** The mean of a divergence over perfect samples: c_k is binomial, with as many trials as are good among them. */
    private double floor(Part part) {
        int good = (int) Math.round(samples * perfectGood.orElse(1));
        var count = fair(good);
        double uniform = 1.0 / counts.size();
        return counts.size()
                * IntStream.rangeClosed(0, good)
                        .mapToDouble(c -> count.probability(c) * part.of(c / (double) good, uniform))
                        .sum();
    }

    /** In how many modes perfect samples have so many on average. */
    private double perfectlyFound(int least) {
        return counts.size()
                * (1 - fair((int) Math.round(samples * perfectGood.orElse(1))).cumulativeProbability(least - 1));
    }

    private BinomialDistribution fair(int good) {
        return new BinomialDistribution(null, good, 1.0 / counts.size());
    }

    /** The measures, each with what perfect samples would reach: modes, strict modes, share of good samples, divergences. */
    public List<Measure> measures() {
        var measures = new ArrayList<>(List.of(
                measure("modes found", found(), "of " + counts.size(), Better.HIGHER, perfectlyFound(1)),
                measure(
                        "modes with " + least + " samples or more",
                        foundStrictly(),
                        "of " + counts.size(),
                        Better.HIGHER,
                        perfectlyFound(least))));
        perfectGood.ifPresent(
                perfect -> measures.add(measure("share of good samples", good(), "", Better.HIGHER, perfect)
                        .within(goodInterval())));
        measures.add(measure(
                "reverse KL of modes", reverseKl(), "nats", Better.LOWER, floor(Coverage::kullbackLeiblerPart)));
        measures.add(
                measure("JSD of modes", jensenShannon(), "nats", Better.LOWER, floor(Coverage::jensenShannonPart)));
        return measures;
    }

    private Measure measure(String name, double value, String unit, Better better, double perfect) {
        return Measure.of(name + " (" + modes + ")", value, unit, better, samples)
                .above(perfect)
                .by(protocol + ", " + rule);
    }

    /** Wilson's interval, which holds for shares near 0 and 1 too. */
    private Measure.Interval goodInterval() {
        double z2 = Z * Z / samples;
        double middle = (good() + z2 / 2) / (1 + z2);
        double half = Z / (1 + z2) * Math.sqrt((good() * (1 - good()) + z2 / 4) / samples);
        return new Measure.Interval(
                Math.max(0, middle - half), Math.min(1, middle + half), 0.95, "Wilson's, over samples of this model");
    }

    /** A row a mode: its number, good samples, their share, and whether it is found, in the strict count too. */
    public Table toTable() {
        var mode = IntColumn.create("mode");
        var good = IntColumn.create("samples");
        var share = DoubleColumn.create("share");
        var found = BooleanColumn.create("found");
        var strictly = BooleanColumn.create("strictly");
        for (int k = 0; k < counts.size(); k++) {
            mode.append(k);
            good.append(counts.get(k));
            share.append(goodSamples() == 0 ? 0 : counts.get(k) / (double) goodSamples());
            found.append(counts.get(k) >= 1);
            strictly.append(counts.get(k) >= least);
        }
        return Table.create("coverage of the " + modes, mode, good, share, found, strictly);
    }

    /** {@code ring of 8: 8 of 8 modes (7 with 20 samples or more), 95.6 % good …, from 2,500 samples …}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: %,d of %,d modes (%,d with %d samples or more)%s, reverse KL %.3f nats (floor %.3f), JSD %.3f nats"
                        + " (floor %.3f), from %,d samples, %s: %s",
                modes,
                found(),
                counts.size(),
                foundStrictly(),
                least,
                perfectGood.isEmpty()
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                ", %.1f %% good (perfect samples %.1f %%)",
                                100 * good(),
                                100 * perfectGood.getAsDouble()),
                reverseKl(),
                floor(Coverage::kullbackLeiblerPart),
                jensenShannon(),
                floor(Coverage::jensenShannonPart),
                samples,
                rule,
                protocol);
    }
}
