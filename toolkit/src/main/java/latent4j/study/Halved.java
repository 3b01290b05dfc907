package latent4j.study;

import java.util.ArrayList;
import java.util.List;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What came of {@link Halving}.
 *
 * @param halving how it was done
 * @param rungs the studies, each of fewer settings and more epochs than the one before
 */
public record Halved(Halving halving, List<Studied> rungs) {

    public Halved {
        rungs = List.copyOf(rungs);
    }

    /** One row a setting: the measure's mean ± standard error after each rung's epochs; «–» where it was dropped before. */
    public Table toTable() {
        var names = rungs.get(0).settingNames();
        var table = Table.create("successive halving", StringColumn.create("setting", names));
        for (var rung : rungs) {
            var entries = rung.compared().entries(halving.measure());
            table.addColumns(StringColumn.create(after(rung), names.stream().map(name -> entries.stream()
                    .filter(entry -> entry.model().equals(name))
                    .findFirst()
                    .map(entry -> Entry.text(entry.mean(), entry.standardError()))
                    .orElse("–"))));
        }
        return table;
    }

    /** The best of the last rung, with what it is worth: who was dropped early was dropped on little evidence. */
    public Winner best() {
        int all = rungs.get(0).settingNames().size();
        var winner = Winner.of(rungs.get(rungs.size() - 1), halving.measure(), all);
        var warnings = new ArrayList<>(winner.warnings());
        for (int i = 0; i + 1 < rungs.size(); i++) {
            var rung = rungs.get(i);
            var on = rungs.get(i + 1).settingNames();
            var close = rung.best(halving.measure()).undecided().stream()
                    .filter(name -> !on.contains(name))
                    .toList();
            if (!close.isEmpty()) {
                warnings.add("Dropped " + after(rung) + ", though the seeds did not separate them from the best: "
                        + String.join("; ", close) + ".");
            }
        }
        return new Winner(
                winner.measure(),
                winner.run(),
                winner.mean(),
                winner.standardError(),
                winner.seeds(),
                winner.undecided(),
                all,
                warnings);
    }

    private static String after(Studied rung) {
        int epochs = rung.study().trainer().epochs();
        return "after " + epochs + (epochs == 1 ? " epoch" : " epochs");
    }

    /** The table and the winner with its warnings. */
    @Override
    public String toString() {
        return toTable().print(toTable().rowCount() + 1) + "\n" + best();
    }
}
