package latent4j.train;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@code ./lab rerun} and {@code ./lab diff} start. */
final class Rerun {

    /** The exit status where a file or what it asks for is not usable. */
    private static final int UNUSABLE = 2;

    private final PrintStream out;

    Rerun(PrintStream out) {
        this.out = out;
    }

    /** {@code rerun FILE SEEDS} or {@code diff FILE FILE}. */
    public static void main(String[] arguments) {
        int status;
        try {
            var rerun = new Rerun(System.out);
            var file = Path.of(arguments[1]);
            status = arguments[0].equals("diff")
                    ? rerun.diff(file, Path.of(arguments[2]))
                    : rerun.rerun(file, Integer.parseInt(arguments[2]));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            status = UNUSABLE;
        }
        System.exit(status);
    }

    /**
     * Repeats the run of a file and compares.
     *
     * @param seeds how many other seeds show the spread, where the bits are not promised and are not the same
     * @return 0 where it is identical, or agrees where that is all that is promised; else 1
     */
    int rerun(Path file, int seeds) {
        var recorded = Run.load(file);
        out.println(recorded);
        Run repeated;
        try {
            repeated = recorded.repeat();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "cannot repeat " + file + " here: " + e.getMessage()
                            + ".\nWith model and data at hand, in Java or a" + " notebook: Run.load(Path.of(\"" + file
                            + "\")).repeat(model, data)",
                    e);
        }
        var first = Differences.first(recorded, repeated);
        if (first.isEmpty()) {
            out.println("identical: " + recorded.history().series().size() + " series and all weights after "
                    + recorded.steps() + " steps");
            return 0;
        }
        out.println("first difference: " + first.get().name() + ": "
                + first.get().here() + " in the file, " + first.get().there() + " here");
        recorded.provenance()
                .differences(repeated.provenance())
                .forEach(d -> out.println("  " + d.name() + ": " + d.here() + " in the file, " + d.there() + " here"));
        if (repeated.provenance()
                .machine()
                .promisesTheBitsOf(recorded.provenance().machine())) {
            out.println("NOT identical, as it should be with the same engine, CPU model and number of threads");
            return 1;
        }
        return compare(recorded, repeated, seeds);
    }

    private int compare(Run recorded, Run repeated, int seeds) {
        out.println("Identity is promised for the same engine, CPU model and number of threads only. Elsewhere each"
                + " series' level at the end must lie in the range of " + (seeds + 1)
                + " seeds, widened by that range on either side:");
        var data = recorded.provenance().data().make();
        var runs = new ArrayList<>(List.of(repeated));
        for (int i = 1; i <= seeds; i++) {
            var trainer = recorded.trainer().seed(recorded.trainer().seed() + i);
            runs.add(recorded.repeat(recorded.provenance().makeModel(), data, trainer));
        }
        var spreads = Spread.of(recorded, runs);
        spreads.forEach(spread -> out.println("  " + spread));
        boolean agrees = spreads.stream().allMatch(Spread::agrees);
        out.println(agrees ? "agrees within the spread of the seeds" : "DOES NOT AGREE within the spread of the seeds");
        return agrees ? 0 : 1;
    }

    /** Prints in what two runs differ; 0 where in nothing, else 1. */
    int diff(Path here, Path there) {
        var table = Run.load(here).diff(Run.load(there));
        if (table.isEmpty()) {
            out.println("identical");
            return 0;
        }
        for (var row : table) {
            out.println(row.getString("name") + ": " + row.getString("this") + " and " + row.getString("other"));
        }
        return 1;
    }
}
