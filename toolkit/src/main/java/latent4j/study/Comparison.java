package latent4j.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import latent4j.data.Dataset;
import latent4j.metric.Metric;
import latent4j.model.Model;
import latent4j.tensor.Records;
import latent4j.tensor.Require;
import latent4j.train.Trainer;

/**
 * Which model is better on these data, and is the difference real? Each model is trained from each of several seeds and
 * measured; one table says the means with their standard errors, and what the seeds decide and what not:
 *
 * <pre>{@code
 * var compared = Comparison.on(digits)
 *         .with("VAE", () -> Vae.mlp(digits.shape(), 16)).with("β-VAE", () -> BetaVae.mlp(digits.shape(), 16, 4))
 *         .trainer(Trainer.epochs(10)).measuring(metric, another).keptIn(Path.of("comparison")).run();
 * show(compared);
 * }</pre>
 *
 * <p>Kept in a folder, it can be interrupted, killed and run again: what is done is read, and what was going on is resumed from
 * its checkpoint. Several processes may work on one folder; each takes runs that no other one has.
 *
 * @param data what all models learn; metrics use its held-out records
 * @param entrants the models, in the table's order
 * @param trainer how they are trained; its seed is the first of the seeds
 * @param seeds from how many seeds, n, n + 1, …; 5 where nothing is said
 * @param metrics what is measured
 * @param baseline with which model the others are compared: the first one where nothing is said. It is chosen before the
 *     results are seen: against the best one of a lucky draw all others would look worse than they are
 * @param folder where runs and measures are kept
 */
public record Comparison(
        Dataset data,
        List<Entrant> entrants,
        Trainer trainer,
        int seeds,
        List<Metric> metrics,
        Optional<String> baseline,
        Optional<Path> folder) {

    public Comparison {
        Require.atLeast("seeds", 1, seeds);
        entrants = List.copyOf(entrants);
        metrics = List.copyOf(metrics);
        requireDifferent("models", entrants.stream().map(Entrant::name).toList());
        requireDifferent("metrics", metrics.stream().map(Metric::name).toList());
    }

    /** A comparison on these data, of 10 epochs from 5 seeds; of models that {@link #with} names. */
    public static Comparison on(Dataset data) {
        return new Comparison(data, List.of(), Trainer.epochs(10), 5, List.of(), Optional.empty(), Optional.empty());
    }

    /** With one more model. */
    public Comparison with(String name, Supplier<? extends Model> model) {
        return with(new Entrant(name, model, Optional.empty()));
    }

    /** With one more model, trained in its own way; the seeds are those of all others. */
    public Comparison with(String name, Supplier<? extends Model> model, Trainer trainer) {
        return with(new Entrant(name, model, Optional.of(trainer)));
    }

    private Comparison with(Entrant entrant) {
        var more = new ArrayList<>(entrants);
        more.add(entrant);
        return with("entrants", more);
    }

    /** Training so, where a model has no trainer of its own. */
    public Comparison trainer(Trainer trainer) {
        return with("trainer", trainer);
    }

    /** From so many seeds. With 1 there is no standard error, and with fewer than 4 hardly anything is decided. */
    public Comparison seeds(int seeds) {
        return with("seeds", seeds);
    }

    /** Measuring this. */
    public Comparison measuring(Metric... metrics) {
        return with("metrics", List.of(metrics));
    }

    /** Comparing all others with the model of this name. */
    public Comparison against(String name) {
        return with("baseline", Optional.of(name));
    }

    /** Keeping all runs, their measures and the trained models in a folder, where a later one goes on. */
    public Comparison keptIn(Path folder) {
        return with("folder", Optional.of(folder));
    }

    /**
     * Trains and measures what is not there yet. An interrupt of the thread, as by the stop button, ends it with what is done.
     *
     * @throws IllegalArgumentException before the first training, if there is no model, the baseline is none of them, a metric's
     *     numbers do not compare between these models (as likelihoods of different kinds), or the folder holds something else
     */
    public Compared run() {
        if (entrants.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to compare: name models by with(name, model)");
        }
        if (!names().contains(reference())) {
            throw new IllegalArgumentException("the baseline must be one of " + names() + ", got " + reference());
        }
        metrics.forEach(this::requireOneScale);
        return new Comparing(this).run();
    }

    /** The models' names. */
    List<String> names() {
        return entrants.stream().map(Entrant::name).toList();
    }

    /** The name of the model with which the others are compared. */
    String reference() {
        return baseline.orElseGet(() -> entrants.get(0).name());
    }

    private void requireOneScale(Metric metric) {
        Entrant first = null;
        String scale = null;
        for (var entrant : entrants) {
            var own = metric.scale(entrant.model().get());
            if (own.isPresent() && scale != null && !own.get().equals(scale)) {
                throw new IllegalArgumentException("the numbers of " + metric.name() + " do not compare between '"
                        + first.name() + "' (" + scale + ") and '" + entrant.name() + "' (" + own.get()
                        + "): give these models the same, or compare them without this metric");
            }
            if (own.isPresent()) {
                first = entrant;
                scale = own.get();
            }
        }
    }

    private static void requireDifferent(String what, List<String> names) {
        if (names.stream().distinct().count() < names.size()) {
            throw new IllegalArgumentException(what + " of one comparison must have different names, got " + names);
        }
    }

    private Comparison with(String name, Object value) {
        return Records.with(this, Map.of(name, value));
    }
}
