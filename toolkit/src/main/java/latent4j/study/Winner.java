package latent4j.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import latent4j.metric.Measure.Better;
import latent4j.study.StudyResult.State;

/**
 * The setting with the best mean of a measure, with what that is worth.
 *
 * @param measure what it is best in
 * @param run its run of the first seed: model and settings
 * @param mean its mean over the seeds
 * @param standardError of the mean; NaN from one seed
 * @param seeds how many of its runs finished
 * @param undecided the other settings that the seeds do not separate from it: paired t-tests over the seeds, Holm's correction, 5 %
 *     level
 * @param settings how many there are to win against, itself included
 * @param warnings what a reader must know before believing it
 */
public record Winner(
        String measure,
        StudyRun run,
        double mean,
        double standardError,
        int seeds,
        List<String> undecided,
        int settings,
        List<String> warnings) {

    public Winner {
        undecided = List.copyOf(undecided);
        warnings = List.copyOf(warnings);
    }

    /** Whether the seeds separate it from all others. */
    public boolean isDecided() {
        return undecided.isEmpty();
    }

    static Winner of(Studied studied, String measure) {
        return of(studied, measure, 0);
    }

    /** @param least at least so many settings took part, some of which may have been dropped before */
    static Winner of(Studied studied, String measure, int least) {
        var all = studied.compared().entries(measure);
        var better = all.get(0).better();
        if (better == Better.NEITHER) {
            throw new IllegalArgumentException(
                    "of '" + measure + "' neither more nor less is better: name another one of " + studied.names());
        }
        var broken = studied.settingNames().stream()
                .filter(name -> studied.of(name).anyMatch(r -> r.state() != State.FINISHED))
                .toList();
        Comparator<Entry> order = Comparator.comparingDouble(Entry::mean);
        var best = all.stream()
                .filter(entry -> entry.values().length > 0 && !broken.contains(entry.model()))
                .min(better == Better.LOWER ? order : order.reversed())
                .orElseThrow(() -> new IllegalStateException(
                        "no setting can win: of each a run diverged, failed or has no '" + measure + "'"));
        var undecided = studied.compared(best.model()).entries(measure).stream()
                .filter(entry -> !entry.model().equals(best.model()) && !broken.contains(entry.model()))
                .filter(entry -> entry.values().length > 0 && !"worse".equals(entry.word()))
                .map(Entry::model)
                .toList();
        var warnings = new ArrayList<String>();
        int candidates = Math.max(
                least, (int) all.stream().filter(e -> e.values().length > 0).count());
        if (!undecided.isEmpty()) {
            warnings.add("The seeds do not separate it from " + undecided.size()
                    + (undecided.size() == 1 ? " other setting: " : " other settings: ")
                    + String.join("; ", undecided)
                    + ". Any of these may be as good; more seeds would tell.");
        }
        if (best.values().length < 2) {
            warnings.add("One seed decides nothing.");
        }
        if (candidates > 1) {
            warnings.add("It was chosen for its value among " + candidates
                    + ", so that the value is flattering: train it from fresh seeds to know what it is.");
        }
        if (!broken.isEmpty()) {
            warnings.add(
                    "Out of the race, since a run of theirs diverged or failed: " + String.join("; ", broken) + ".");
        }
        if (!studied.isComplete()) {
            warnings.add("The study is not finished.");
        }
        return new Winner(
                measure,
                studied.settings().get(best.model()),
                best.mean(),
                best.standardError(),
                best.values().length,
                undecided,
                candidates,
                warnings);
    }

    /** The setting, its mean ± standard error, and the warnings. */
    @Override
    public String toString() {
        return run.setting() + ": " + measure + " " + Entry.text(mean, standardError) + " over " + seeds
                + (seeds == 1 ? " seed" : " seeds") + ", the best of " + settings + ".\n"
                + warnings.stream().map(w -> "  " + w).collect(Collectors.joining("\n"));
    }
}
