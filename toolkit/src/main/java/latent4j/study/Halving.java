package latent4j.study;

import com.google.gson.JsonElement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import latent4j.metric.Measure.Better;
import latent4j.tensor.Records;
import latent4j.tensor.Require;

/**
 * Successive halving (Jamieson and Talwalkar 2016, figure 3): all settings train for a few epochs, the best 1/η of them for η times as
 * many, and so on up to the trainer's epochs. Each rung is a study of its own in the same folder and trains from the beginning, since
 * schedules depend on the number of epochs; with η = 3 that costs at most half as much again as the last rung of each setting.
 *
 * <pre>{@code
 * var halved = Halving.by("−log p(x) (density)").run(study, Path.of("study"), Place.processes(2));
 * show(halved);
 * }</pre>
 *
 * @param measure by which settings are ranked, by its mean over the seeds
 * @param eta η ≥ 2: one of so many settings goes on
 */
public record Halving(String measure, int eta) {

    public Halving {
        Require.atLeast("eta", 2, eta);
    }

    /** Ranked by this measure, a third going on. */
    public static Halving by(String measure) {
        return new Halving(measure, 3);
    }

    /** With one of so many settings going on. */
    public Halving eta(int eta) {
        return new Halving(measure, eta);
    }

    /** The epochs of each rung; the last is the trainer's number. */
    List<Integer> epochs(int settings, int most) {
        var epochs = new ArrayList<Integer>(List.of(most));
        for (int left = settings; left > 1 && epochs.get(0) > 1; left = kept(left)) {
            epochs.add(0, Math.max(1, epochs.get(0) / eta));
        }
        return epochs;
    }

    private int kept(int settings) {
        return (settings + eta - 1) / eta;
    }

    /** Makes what is not in the folder yet, in this process. */
    public Halved run(Study study, Path folder) {
        return run(study, folder, Place.here());
    }

    /**
     * Makes what is not in the folder yet. Interrupted, it ends with the rungs that are done, and goes on when called once more.
     *
     * @throws IllegalArgumentException if the study has several models or varies the epochs, or nothing it measures is called so
     */
    public Halved run(Study study, Path folder, Place place) {
        if (study.models().size() > 1 || study.variedNames().contains("epochs")) {
            throw new IllegalArgumentException(
                    "successive halving takes a study of one model that does not vary the epochs;"
                            + " compare the winners of several");
        }
        var rungs = new ArrayList<Studied>();
        var left = study.combinations();
        for (int epochs : epochs(left.size(), study.trainer().epochs())) {
            var rung = study.only(left).change("trainer", Records.with(study.trainer(), Map.of("epochs", epochs)));
            var studied = rung.run(folder, place);
            rungs.add(studied);
            if (!studied.isComplete()) {
                break;
            }
            left = best(studied, left);
        }
        return new Halved(this, rungs);
    }

    /** The best 1/η, in the study's order. A setting of which a run diverged or failed does not go on. */
    private List<Map<String, JsonElement>> best(Studied studied, List<Map<String, JsonElement>> settings) {
        var entries = studied.compared().entries(measure);
        double sign = entries.get(0).better() == Better.HIGHER ? -1 : 1;
        if (entries.get(0).better() == Better.NEITHER) {
            throw new IllegalArgumentException(
                    "of '" + measure + "' neither more nor less is better: rank by another one of " + studied.names());
        }
        var ranked = new ArrayList<Integer>();
        for (int i = 0; i < entries.size(); i++) {
            boolean whole =
                    studied.of(entries.get(i).model()).allMatch(result -> result.state() == StudyResult.State.FINISHED);
            if (whole && entries.get(i).values().length > 0) {
                ranked.add(i);
            }
        }
        if (ranked.isEmpty()) {
            throw new IllegalStateException("no setting can go on: of each a run diverged or failed. " + studied);
        }
        ranked.sort(Comparator.comparingDouble(i -> sign * entries.get(i).mean()));
        return ranked.stream()
                .limit(kept(settings.size()))
                .sorted()
                .map(settings::get)
                .toList();
    }
}
