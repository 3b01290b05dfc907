package latent4j.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import latent4j.study.StudyStanding.Going;

/** One study while it runs. */
final class Studying {

    private static final long EVERY = 500_000_000; // nanoseconds

    private final Study study;
    private final StudyFolder folder;
    private final Place place;
    private final Onlooker onlooker = Onlookers.current();
    private final List<Plan.Item> runs;
    private final Map<String, StudyResult> results = new LinkedHashMap<>();
    private final long began = System.nanoTime();
    private long looked = began;
    private int before;

    Studying(Study study, StudyFolder folder, Place place) {
        this.study = study;
        this.folder = folder;
        this.place = place;
        runs = Plan.of(study, folder).items(); // refuses before anything is written
    }

    Studied run() {
        folder.write(study);
        folder.measure(study);
        collect();
        before = results.size();
        if (before < runs.size()) {
            if (before > 0) {
                onlooker.done(standing());
            }
            place.run(study, folder, this::look);
        }
        collect();
        var studied = studied(
                results.size() < runs.size()
                        ? "Interrupted: run it again, here or elsewhere, to go on where it stopped."
                        : "");
        onlooker.done(new StudyStanding(studied, List.of(), runs.size(), OptionalDouble.empty()));
        if (!results.isEmpty()) {
            studied.save(folder.path());
        }
        if (results.size() == runs.size()) {
            folder.tidy();
        }
        return studied;
    }

    private Studied studied(String note) {
        return new Studied(
                study,
                runs.stream()
                        .map(run -> results.get(run.name()))
                        .filter(Objects::nonNull)
                        .toList(),
                note);
    }

    /** Reads what is new; whether there was something. */
    private boolean collect() {
        boolean more = false;
        for (var run : runs) {
            if (!results.containsKey(run.name()) && run.isDone()) {
                folder.result(run.run(), run.file()).ifPresent(result -> results.put(run.name(), result));
                more = true;
            }
        }
        return more;
    }

    private void look() {
        if (System.nanoTime() - looked < EVERY) {
            return;
        }
        if (collect() && results.size() < runs.size()) {
            onlooker.done(standing());
        } else if (results.size() < runs.size()) {
            onlooker.going(standing());
        }
        looked = System.nanoTime();
    }

    private StudyStanding standing() {
        var going = new ArrayList<Going>();
        for (var run : runs) {
            if (!results.containsKey(run.name())) {
                ProgressFile.read(run.checkpoints())
                        .ifPresent(mark -> going.add(new Going(run.run(), mark.step(), mark.steps(), mark.seconds())));
            }
        }
        return new StudyStanding(studied(""), going, runs.size(), secondsLeft(going));
    }

    /** By the speed since the beginning: runs done since then, with the parts of those that are going on, in that time. */
    private OptionalDouble secondsLeft(List<Going> going) {
        double parts = going.stream().collect(Collectors.summingDouble(Going::share));
        double done = results.size() - before + parts;
        double seconds = (System.nanoTime() - began) / 1e9;
        return done < 0.5 ? OptionalDouble.empty() : OptionalDouble.of(seconds * (runs.size() - before - done) / done);
    }
}
