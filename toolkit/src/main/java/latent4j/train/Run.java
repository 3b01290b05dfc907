package latent4j.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import latent4j.data.Dataset;
import latent4j.data.Samples;
import latent4j.model.Model;
import latent4j.nn.Optimizer;
import latent4j.tensor.Require;
import tech.tablesaw.api.Table;

/**
 * One training: what was trained, how, and what came of it. It can be saved as JSON that a person can read, and repeated:
 * with the same engine, CPU model and number of threads the same bits come out.
 *
 * @param trained the model, trained; of a run from a file nothing, since that holds no weights
 * @param provenance everything that decided the result
 * @param state how it ended
 * @param steps how many batches it did
 * @param seconds how long it took
 * @param weights SHA-256 in hexadecimal of all networks' {@linkplain latent4j.nn.Net#state states} at the end: weights,
 *     running statistics, moving averages and what the optimisers remember
 * @param history what was measured
 */
public record Run(
        Optional<Model> trained,
        Provenance provenance,
        Progress.State state,
        long steps,
        double seconds,
        String weights,
        History history) {

    /**
     * The model, trained.
     *
     * @throws IllegalStateException if this run was read from a file
     */
    public Model model() {
        return trained.orElseThrow(() -> new IllegalStateException("a run from a file holds no trained model: repeat it"
                + " (repeat() or repeat(model, data)), or load the model's own file (Models.load)"));
    }

    /** The settings, to train with once more: watched as usual, and without checkpoints. */
    public Trainer trainer() {
        return provenance.trainer().watchedBy(Watchers.current());
    }

    /** Which optimiser moved which network, by its name. */
    public Map<String, Optimizer> optimizers() {
        return provenance.optimizers();
    }

    /**
     * The same with what was measured on training data as means over so many epochs at a time, such as 0.1: a long training's
     * history in a small file. What repeats it has such means too.
     */
    public Run thinned(double epochs) {
        Require.positive("epochs", epochs);
        return new Run(trained, provenance, state, steps, seconds, weights, history.thinned(epochs));
    }

    /** Writes everything but the weights to a file as JSON, whole or not at all. */
    public void save(Path file) {
        RunFile.save(this, file);
    }

    /** What {@link #save} writes. */
    public String toJson() {
        return RunFile.text(this);
    }

    /**
     * The run that a file's text describes.
     *
     * @throws RuntimeException if it describes none
     */
    public static Run fromJson(String text) {
        return RunFile.read(text);
    }

    /**
     * The run that a file holds. Its model need not be one of this toolkit, nor its data be at hand.
     *
     * @throws IllegalArgumentException naming the file, if it is no run, is damaged or was written by a newer version
     */
    public static Run load(Path file) {
        return RunFile.load(file);
    }

    /**
     * Trains once more from the beginning, with model and data made again from their description.
     *
     * @throws IllegalArgumentException if they cannot be, such as a model from a notebook's cell or your own records:
     *     there {@link #repeat(Model, Dataset)} helps
     */
    public Run repeat() {
        return repeat(provenance.makeModel(), provenance.data().make());
    }

    /**
     * Trains once more from the beginning, which changes the model's weights. What a loss in a notebook's cell computes is
     * not part of the comparison: the history shows it.
     *
     * @throws IllegalArgumentException if model or data are not those of the run, before the first step, naming what differs
     */
    public Run repeat(Model model, Dataset data) {
        var differences = new ArrayList<>(Difference.between("model", provenance.model(), Provenance.describe(model)));
        if (!data.hash().equals(provenance.data().hash())) {
            differences.add(new Difference("data.hash", provenance.data().hash(), data.hash()));
        }
        var weights = Provenance.hash(model.nets());
        if (!trainer().freshWeights() && !weights.equals(provenance.startWeights())) {
            differences.add(new Difference("startWeights", provenance.startWeights(), weights));
        }
        if (!differences.isEmpty()) {
            throw new IllegalArgumentException("this is not what the run was of: "
                    + differences.stream()
                            .map(d -> d.name() + " was " + d.here() + ", is " + d.there())
                            .collect(Collectors.joining("; ")));
        }
        return repeat(model, data, trainer());
    }

    /** Trains once more on records of which none were held out. */
    public Run repeat(Model model, Samples records) {
        return repeat(model, Dataset.of(records));
    }

    /** Trains for as many steps as this run did, also where it was interrupted. */
    Run repeat(Model model, Dataset data, Trainer trainer) {
        var watchers = new ArrayList<Watcher>(List.of(Watchers.current()));
        if (state == Progress.State.INTERRUPTED) {
            watchers.add(new StopAt(steps));
        }
        var repeated = trainer.watchedBy(watchers.toArray(Watcher[]::new)).fit(model, data);
        return history.meansOver() > 0 ? repeated.thinned(history.meansOver()) : repeated;
    }

    private record StopAt(long step) implements Watcher {

        @Override
        public void started(Progress progress) {
            stepped(progress);
        }

        @Override
        public void stepped(Progress progress) {
            if (progress.step() >= step) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Every setting and every figure in which two runs differ, one a row, with the columns name, this and other; no rows
     * mean that they are identical. Of a series, the first difference is named and the last values.
     */
    public Table diff(Run other) {
        return Differences.table(this, other);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s on %s, %d epochs of batches of %d, seed %d, learning rates %s: %s after %.1f s (%s)",
                provenance.modelName(),
                provenance.data().name(),
                trainer().epochs(),
                trainer().batch(),
                trainer().seed(),
                optimizers().entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue().learningRate())
                        .collect(Collectors.joining(", ")),
                state.name().toLowerCase(Locale.ROOT),
                seconds,
                provenance.machine());
    }
}
