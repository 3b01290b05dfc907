package latent4j.train;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** One line an epoch: the values with their units, the speed and the time left. */
public final class LogLines implements Watcher {

    private static final int SERIES = 6;

    private final Supplier<PrintStream> out;

    /** Lines on the standard output. */
    public LogLines() {
        // asked for at each line, since kernels exchange System.out for each cell
        this(() -> System.out);
    }

    LogLines(Supplier<PrintStream> out) {
        this.out = out;
    }

    @Override
    public void epochEnded(Progress progress) {
        out.get()
                .println("epoch " + progress.epoch() + " of " + progress.epochs() + ": "
                        + values(progress.history(), progress.epoch() - 1) + "; " + speed(progress));
    }

    @Override
    public void ended(Progress progress) {
        out.get().println(outcome(progress));
    }

    /** How a training stands or ended, in words. */
    public static String outcome(Progress progress) {
        var steps = String.format(Locale.ROOT, "step %,d of %,d", progress.step(), progress.steps());
        var time = clock(progress.seconds());
        return switch (progress.state()) {
            case RUNNING ->
                "epoch " + Math.min(progress.epoch() + 1, progress.epochs()) + " of " + progress.epochs() + ", "
                        + steps;
            case FINISHED ->
                "finished " + progress.epochs() + (progress.epochs() == 1 ? " epoch" : " epochs") + " in " + time;
            case INTERRUPTED -> "interrupted after " + steps + " (" + time + "); the model can be used as it is";
            case DIVERGED -> "broken off after " + steps + " (" + time + "); the error says why";
        };
    }

    /** Steps a second and the time left, as far as they are known. */
    public static String speed(Progress progress) {
        if (!(progress.stepsPerSecond() > 0)) {
            return "";
        }
        var format = progress.stepsPerSecond() < 10 ? "%.1f steps/s" : "%,.0f steps/s";
        var left = progress.step() < progress.steps() ? ", " + clock(progress.secondsLeft()) + " left" : "";
        return String.format(Locale.ROOT, format, progress.stepsPerSecond()) + left;
    }

    /** Minutes and seconds, with hours where there are any. */
    static String clock(double seconds) {
        long s = Math.round(seconds);
        return s < 3600
                ? String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
    }

    /** Each training series' mean since the given epoch, each held-out series' last value. */
    private static String values(History history, double since) {
        return history.series().stream()
                .limit(SERIES)
                .map(s -> s.name()
                        + (s.validation() ? " (held-out) " : " ")
                        + String.format(Locale.ROOT, "%.4g", s.validation() ? s.last() : s.meanSince(since))
                        + (s.unit().isEmpty() ? "" : " " + s.unit()))
                .collect(Collectors.joining(", "));
    }
}
