package latent4j.study;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import latent4j.plot.Figure;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * How far a study is.
 *
 * @param soFar what came of the runs that are done
 * @param going the runs that are going on
 * @param all how many runs there will be
 * @param secondsLeft until all are done, where that can be told
 */
public record StudyStanding(Studied soFar, List<Going> going, int all, OptionalDouble secondsLeft) implements Standing {

    private static final int NAMED = 4;

    /**
     * A run that is going on.
     *
     * @param run which one
     * @param step how many steps it has done
     * @param steps how many it will do
     * @param seconds for how long it trains
     */
    public record Going(StudyRun run, long step, long steps, double seconds) {

        double share() {
            return steps == 0 ? 0 : (double) step / steps;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s: step %,d of %,d", run, step, steps);
        }
    }

    @Override
    public int done() {
        return soFar.results().size();
    }

    /** How many of those that are done diverged or failed. */
    public int failed() {
        return (int) soFar.results().stream()
                .filter(result -> result.state() != StudyResult.State.FINISHED)
                .count();
    }

    @Override
    public double share() {
        return done() + going.stream().mapToDouble(Going::share).sum();
    }

    /** The study's table, and which seeds are running. */
    @Override
    public Table table() {
        var table = soFar.toTable();
        var running = soFar.settingNames().stream().map(name -> going.stream()
                .filter(g -> g.run().setting().equals(name))
                .map(g ->
                        String.format(Locale.ROOT, "seed %d (%.0f %%)", g.run().seed(), 100 * g.share()))
                .collect(Collectors.joining(", ")));
        return table.insertColumn(table.columnIndex("runs") + 1, StringColumn.create("running", running));
    }

    @Override
    public Optional<Figure> chart() {
        return soFar.names().stream().findFirst().map(soFar::chart);
    }

    /** One line: {@code 12 of 24 runs are done (1 failed), about 40 s left; running: beta 4 from seed 1: step 300 of 470}. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        text.append(done() == all ? "all " + all : done() + " of " + all).append(" runs are done");
        if (failed() > 0) {
            text.append(" (").append(failed()).append(" diverged or failed)");
        }
        secondsLeft.ifPresent(left -> text.append(", about ").append(time(left)).append(" left"));
        if (!going.isEmpty()) {
            text.append("; running: ")
                    .append(going.stream().limit(NAMED).map(Going::toString).collect(Collectors.joining("; ")))
                    .append(going.size() > NAMED ? "; and " + (going.size() - NAMED) + " more" : "");
        }
        return text.toString();
    }

    private static String time(double seconds) {
        return seconds < 100
                ? Math.max(1, Math.round(seconds)) + " s"
                : seconds < 6000
                        ? Math.round(seconds / 60) + " min"
                        : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
    }
}
