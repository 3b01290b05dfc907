package latent4j.train;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import latent4j.train.History.Series;

/**
 * How far a figure lies from one seed to another. Where rounding differs, the same seed leads elsewhere as another seed
 * does; so a figure agrees when it lies in the range of several seeds, widened by that range on either side.
 *
 * @param figure a series
 * @param expected its level in the run that is compared
 * @param least the least level that agrees
 * @param greatest the greatest level that agrees
 */
record Spread(Differences.Key figure, double expected, double least, double greatest) {

    /** The spread of each series of a run, from runs of several seeds. */
    static List<Spread> of(Run run, List<Run> seeds) {
        return Differences.series(run, seeds.get(0)).stream()
                .map(key -> of(key, run, seeds))
                .toList();
    }

    private static Spread of(Differences.Key key, Run run, List<Run> seeds) {
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (var seed : seeds) {
            double level = level(key.of(seed));
            least = Math.min(least, level);
            greatest = Math.max(greatest, level);
        }
        double range = greatest - least;
        return new Spread(key, level(key.of(run)), least - range, greatest + range);
    }

    /** Where a series ends: on training data its mean over the last epoch, on held-out data its last value. */
    private static double level(Optional<Series> series) {
        if (series.isEmpty() || series.get().values().length == 0) {
            return Double.NaN;
        }
        var s = series.get();
        return s.validation() ? s.last() : s.meanSince(s.epochs()[s.epochs().length - 1] - 1);
    }

    boolean agrees() {
        return expected >= least && expected <= greatest;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: %.6g, expected between %.6g and %.6g: %s",
                figure.words(),
                expected,
                least,
                greatest,
                agrees() ? "agrees" : "DOES NOT AGREE");
    }
}
