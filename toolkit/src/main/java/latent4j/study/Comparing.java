package latent4j.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import latent4j.data.Samples;
import latent4j.metric.Measure;
import latent4j.metric.Metric;
import latent4j.model.Model;
import latent4j.model.Models;
import latent4j.model.Translator;
import latent4j.nn.GradientClip;
import latent4j.train.Progress;
import latent4j.train.Run;
import latent4j.train.Trainer;
import latent4j.train.Watcher;

/** One comparison while it runs. */
final class Comparing {

    private static final int DRAWN = 10;
    private static final long DRAWN_FROM = 7;
    private static final int CHECKPOINT_EVERY = 200;

    private final Comparison comparison;
    private final Onlooker onlooker = Onlookers.current();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final Map<String, Samples> drawn = new LinkedHashMap<>();
    private boolean stopped;
    private int elsewhere;

    Comparing(Comparison comparison) {
        this.comparison = comparison;
        var places = new HashSet<String>();
        for (var name : comparison.names()) {
            if (!places.add(fileName(name))) {
                throw new IllegalArgumentException("two models' names are too alike for files: " + comparison.names());
            }
        }
    }

    /** Seed by seed, so that an unfinished comparison has all models. */
    Compared run() {
        for (int i = 0; i < comparison.seeds() && !stopped; i++) {
            for (var entrant : comparison.entrants()) {
                if (Thread.interrupted()) {
                    stopped = true;
                }
                if (!stopped) {
                    cell(entrant, comparison.trainer().seed() + i);
                }
            }
        }
        onlooker.done(standing(stopped ? "interrupted" : "", Optional.empty()));
        return compared();
    }

    private Compared compared() {
        var note = stopped
                ? "Interrupted: "
                        + (comparison.folder().isPresent()
                                ? "run it again to go on where it stopped."
                                : "what is done is lost with this process, since it is kept in no folder.")
                : elsewhere > 0 ? elsewhere + " runs are being made by another process: run it again to see them." : "";
        return new Compared(
                comparison.names(), comparison.reference(), comparison.seeds(), outcomes, Map.copyOf(drawn), note);
    }

    private Standing standing(String now, Optional<Progress> training) {
        return new ComparisonStanding(
                compared(), outcomes.size(), comparison.entrants().size() * comparison.seeds(), now, training);
    }

    private void cell(Entrant entrant, long seed) {
        if (comparison.folder().isEmpty()) {
            make(entrant, seed, Optional.empty());
            return;
        }
        var place = comparison.folder().get().resolve(fileName(entrant.name()) + "-" + seed);
        try (var lock = FolderLock.of(place.resolve(".lock"))) {
            if (lock.isTaken()) {
                elsewhere++;
            } else {
                make(entrant, seed, Optional.of(place));
            }
        }
    }

    private void make(Entrant entrant, long seed, Optional<Path> place) {
        var trainer = entrant.trainer().orElse(comparison.trainer()).seed(seed);
        if (trainer.clip() instanceof GradientClip.None) {
            trainer = trainer.clip(GradientClip.measured()); // changes nothing but what the doctor can see
        }
        var kept = place.flatMap(Outcome::load);
        if (kept.isPresent()) {
            requireSame(kept.get(), place.get(), trainer, entrant);
            var measured = kept.get().measures().keySet();
            if (kept.get().broken().isPresent()
                    || measured.containsAll(
                            comparison.metrics().stream().map(Metric::name).toList())) {
                note(kept.get(), () -> stored(entrant, place.get()));
                return;
            }
        }
        var doing = entrant.name() + " from seed " + seed;
        var model = kept.isPresent() ? stored(entrant, place.get()) : Optional.<Model>empty();
        Outcome outcome;
        if (model.isPresent()) {
            outcome = trial(entrant, model.get())
                    .measured(
                            kept.get().run(), kept.get().measures(), kept.get().diagnosis());
        } else {
            outcome = trained(entrant, place, trainer, doing);
        }
        if (outcome == null) {
            stopped = true;
            return;
        }
        place.ifPresent(outcome::save);
        place.ifPresent(folder -> Folders.delete(checkpoints(folder)));
        note(outcome, () -> model.or(() -> outcome.run().trained()));
        if (!compared().isComplete()) { // else all is over, which is told at the end
            onlooker.done(standing(doing, Optional.empty()));
        }
    }

    private interface Trained {
        Optional<Model> model();
    }

    /** Takes an outcome, without its model, and draws from that of the first seed. */
    private void note(Outcome outcome, Trained trained) {
        var run = outcome.run();
        outcomes.add(new Outcome(
                outcome.name(),
                new Run(
                        Optional.empty(),
                        run.provenance(),
                        run.state(),
                        run.steps(),
                        run.seconds(),
                        run.weights(),
                        run.history()),
                outcome.broken(),
                wanted(outcome.measures()),
                outcome.diagnosis()));
        if (!drawn.containsKey(outcome.name()) && outcome.broken().isEmpty()) {
            trained.model()
                    .filter(model -> !(model instanceof Translator))
                    .ifPresent(model -> drawn.put(outcome.name(), model.draw(DRAWN, DRAWN_FROM)));
        }
    }

    /** Only what this comparison measures, in its order. */
    private Map<String, List<Measure>> wanted(Map<String, List<Measure>> measures) {
        var wanted = new LinkedHashMap<String, List<Measure>>();
        for (var metric : comparison.metrics()) {
            wanted.put(metric.name(), measures.getOrDefault(metric.name(), List.of()));
        }
        return wanted;
    }

    /** Null where it was interrupted. */
    private Outcome trained(Entrant entrant, Optional<Path> place, Trainer trainer, String doing) {
        var model = entrant.model().get();
        var watched = trainer.watchedBy(new Watcher() {
            @Override
            public void stepped(Progress progress) {
                onlooker.going(standing(doing, Optional.of(progress)));
            }
        });
        if (place.isPresent()) {
            watched = watched.checkpoint(checkpoints(place.get()), CHECKPOINT_EVERY);
        }
        return trial(entrant, model)
                .trained(watched, () -> place.ifPresent(folder -> model.save(modelFile(folder))))
                .orElse(null);
    }

    private Trial trial(Entrant entrant, Model model) {
        return new Trial(entrant.name(), model, comparison.data(), comparison.metrics(), true);
    }

    private void requireSame(Outcome kept, Path place, Trainer trainer, Entrant entrant) {
        try {
            trainer.requireSame(
                    kept.run(), Outcome.runFile(place), entrant.model().get(), comparison.data());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    place + " holds a run of something else under the name '" + entrant.name()
                            + "': name another folder or delete it. " + e.getMessage(),
                    e);
        }
    }

    private static Optional<Model> stored(Entrant entrant, Path place) {
        if (!Files.isRegularFile(modelFile(place))) {
            return Optional.empty();
        }
        var model = entrant.model().get();
        Models.loadInto(model, modelFile(place));
        return Optional.of(model);
    }

    private static Path modelFile(Path place) {
        return place.resolve("model.zip");
    }

    private static Path checkpoints(Path place) {
        return place.resolve("checkpoints");
    }

    /** A name for files that every system allows: «β-VAE» is {@code beta-vae}. */
    static String fileName(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFD)
                .codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                .mapToObj(c -> c < 128
                        ? Character.isLetterOrDigit(c) ? Character.toString(c) : "-"
                        : Character.isLetter(c) ? Character.getName(c).replaceFirst(".* ", "") : "-")
                .collect(Collectors.joining())
                .toLowerCase(Locale.ROOT);
    }
}
