package latent4j.study;

import com.google.gson.JsonElement;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import latent4j.data.Dataset;
import latent4j.data.Hash;
import latent4j.metric.Metric;
import latent4j.model.Model;
import latent4j.nn.JsonText;
import latent4j.tensor.Compute;
import latent4j.train.Trainer;
import latent4j.train.Watcher;

/**
 * One run of a study: a model with its settings, trained from one seed and measured. It holds nothing but values, and can be made in
 * any process that has the same classes.
 *
 * @param kind which of several models it is; empty in a study of one
 * @param model makes the model
 * @param data makes the data
 * @param settings what is varied, for tables and names
 * @param trainer how it is trained, with its own seed
 * @param learningRate of all its networks; where nothing is said, the models' or trainer's own
 * @param metrics what is measured
 * @param threads how many threads it computes with
 * @param keepsModel whether its result holds the trained model
 * @param examined whether the doctor looks at it
 */
public record StudyRun(
        Optional<String> kind,
        Call model,
        Call data,
        Map<String, JsonElement> settings,
        Trainer trainer,
        OptionalDouble learningRate,
        List<Metric> metrics,
        int threads,
        boolean keepsModel,
        boolean examined) {

    private static final int CHECKPOINT_EVERY = 500;
    private static final int LONGEST_NAME = 80;
    private static final int KEY = 10;

    /** The data of the latest run: those of the next one are mostly the same. */
    private record Loaded(Call call, Dataset data) {}

    private static Loaded loaded;

    public StudyRun {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        metrics = List.copyOf(metrics);
    }

    /** The seed that it is trained from. */
    public long seed() {
        return trainer.seed();
    }

    /** What tells it from other settings of the study: {@code latent 8, beta 4}. */
    public String setting() {
        var words = words(kind, settings);
        return words.isEmpty() ? model.shortName() : words;
    }

    static String words(Optional<String> kind, Map<String, JsonElement> settings) {
        return Stream.concat(
                        kind.stream(),
                        settings.entrySet().stream().map(e -> e.getKey() + " " + Call.Argument.words(e.getValue())))
                .collect(Collectors.joining(", "));
    }

    /**
     * A name for files: what a reader knows it by, and a key of everything that decides the trained weights. What is measured is not
     * part of it, so that a further metric needs no further training.
     */
    public String name() {
        var json = StudyJson.write(this);
        List.of("kind", "settings", "metrics", "keepsModel", "examined").forEach(json::remove);
        var key = Hash.sha256().text(json.toString()).hex().substring(0, KEY);
        var words = settings.entrySet().stream()
                .map(e -> e.getKey() + "_" + Call.Argument.words(e.getValue()))
                .collect(Collectors.joining("-"));
        var readable = (kind.map(k -> k + "-").orElse("") + words).replaceAll("[^A-Za-z0-9._-]+", "_");
        return (readable.length() > LONGEST_NAME ? readable.substring(0, LONGEST_NAME) : readable)
                + (readable.isEmpty() ? "" : "-") + "seed_" + seed() + "-" + key;
    }

    /** All of it as text, for another process. */
    public String toJson() {
        return JsonText.of(StudyJson.write(this));
    }

    /** The run that {@link #toJson} wrote. */
    public static StudyRun fromJson(String text) {
        return StudyJson.readRun(text);
    }

    /**
     * Trains, from a checkpoint where there is one, measures, and returns the whole result, which {@link StudyFolder#keep} keeps and
     * {@link StudyResult#read} reads. A training that diverges, and a model or metric that throws, is a result with its reason.
     *
     * @param checkpoints a folder of this run alone for checkpoints and progress, which need not exist
     * @throws CancellationException where the thread was interrupted; the checkpoint is there then
     * @throws RuntimeException if it cannot even begin, as without the data or the engine: no result of the run, but a fault of the
     *     place
     */
    public byte[] execute(Path checkpoints) {
        return execute(checkpoints, new Watcher() {});
    }

    byte[] execute(Path checkpoints, Watcher watcher) {
        return Compute.current().withThreads(threads, () -> {
            long start = System.nanoTime();
            var set = dataset();
            try {
                var made = model.make(set.shape(), Model.class);
                var trial = new Trial(setting(), made, set, metrics, examined);
                var watched = trainerOf(made)
                        .watchedBy(watcher, new ProgressFile(checkpoints))
                        .checkpoint(checkpoints, CHECKPOINT_EVERY);
                var outcome = trial.trained(watched, () -> {})
                        .orElseThrow(() -> new CancellationException(name() + " was interrupted"));
                return keepsModel
                        ? StudyResult.write(this, outcome, made, seconds(start), checkpoints)
                        : StudyResult.write(this, outcome, seconds(start));
            } catch (CancellationException | UncheckedIOException e) {
                throw e;
            } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
                return StudyResult.write(this, e, seconds(start));
            }
        });
    }

    /** The result of a run that ended with its process, such as for want of memory. */
    public byte[] failed(String reason) {
        return StudyResult.write(this, new IllegalStateException(reason), Double.NaN);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    Dataset dataset() {
        synchronized (StudyRun.class) {
            if (loaded == null || !loaded.call.equals(data)) {
                loaded = null; // not both at once
                loaded = new Loaded(data, data.make(null, Dataset.class));
            }
            return loaded.data;
        }
    }

    Trainer trainerOf(Model made) {
        var changed = trainer;
        if (learningRate.isPresent()) {
            for (var net : made.nets()) {
                var named = Optional.ofNullable(trainer.optimizers().get(net.name()))
                        .or(() -> Optional.ofNullable(trainer.optimizers().get("")));
                changed = changed.optimizer(
                        net.name(), made.optimizer(net, named).learningRate(learningRate.getAsDouble()));
            }
        }
        return changed;
    }

    @Override
    public String toString() {
        return setting() + " from seed " + seed();
    }
}
