package latent4j.train;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import latent4j.data.Dataset;
import latent4j.data.Samples;
import latent4j.model.Model;
import latent4j.model.Schedule;
import latent4j.nn.GradientClip;
import latent4j.nn.Optimizer;
import latent4j.nn.Precision;
import latent4j.tensor.Records;
import latent4j.tensor.Require;

/**
 * How to train: any model, by the same loop. Each epoch visits the training records in a new order, in batches of
 * equal size (records left over wait for the next epoch's order). The seed decides everything: fresh weights, order
 * and noise; on one machine with one number of threads, {@code fit} twice gives the same weights to the bit.
 *
 * @param epochs how often to go through the data
 * @param batch how many records at a time
 * @param seed what all randomness follows from
 * @param optimizers by network's name; the empty name stands for all others. Where none is named, the model's own
 * @param schedule by what all learning rates are multiplied as time goes on
 * @param clip how gradients are kept from growing too large
 * @param averages by network's name, as for optimisers: the decay of a moving average of its weights; none without a name
 * @param precision in which numbers products and convolutions are computed in training
 * @param binarise whether a record's values are replaced by draws of 0 and 1, anew each time that it is seen
 * @param validateOn on how many held-out records to measure after each epoch; 0 for none
 * @param freshWeights whether to start from fresh weights, or from those that the model has
 * @param checkpoints where the state of training is kept, so that it can go on after a crash
 * @param watchers who looks on
 */
public record Trainer(
        int epochs,
        int batch,
        long seed,
        Map<String, Optimizer> optimizers,
        Schedule schedule,
        GradientClip clip,
        Map<String, Double> averages,
        Precision precision,
        boolean binarise,
        int validateOn,
        boolean freshWeights,
        Optional<Checkpoints> checkpoints,
        List<Watcher> watchers) {

    public Trainer {
        Require.atLeast("epochs", 1, epochs);
        Require.atLeast("batch", 1, batch);
        Require.atLeast("validateOn", 0, validateOn);
        optimizers = Map.copyOf(optimizers);
        averages = Map.copyOf(averages);
        averages.values().forEach(decay -> Require.insideUnit("average", decay));
        watchers = List.copyOf(watchers);
    }

    /** A trainer for so many epochs: batches of 128, seed 0, the model's own optimiser, the usual watcher. */
    public static Trainer epochs(int epochs) {
        return new Trainer(
                epochs,
                128,
                0,
                Map.of(),
                Schedule.constant(),
                GradientClip.none(),
                Map.of(),
                Precision.FLOAT32,
                false,
                2000,
                true,
                Optional.empty(),
                List.of(Watchers.current()));
    }

    /** With so many records a batch. */
    public Trainer batch(int batch) {
        return with("batch", batch);
    }

    /** With another seed. */
    public Trainer seed(long seed) {
        return with("seed", seed);
    }

    /** With this optimiser for all networks. */
    public Trainer optimizer(Optimizer optimizer) {
        return optimizer("", optimizer);
    }

    /** With this optimiser for the network of this name, such as {@code discriminator}. */
    public Trainer optimizer(String net, Optimizer optimizer) {
        return with("optimizers", plus(optimizers, net, optimizer));
    }

    /** With all learning rates following this schedule, such as {@code Schedule.cosine().warmUp(1)}. */
    public Trainer schedule(Schedule schedule) {
        return with("schedule", schedule);
    }

    /** With gradients clipped before each step, such as by {@code GradientClip.byNorm(1)}. */
    public Trainer clip(GradientClip clip) {
        return with("clip", clip);
    }

    /** With a moving average of the weights of all networks; see {@link #average(String, double)}. */
    public Trainer average(double decay) {
        return average("", decay);
    }

    /**
     * With a moving average of the weights of the network of this name, such as {@code generator}: a ← δa + (1 − δ)θ after
     * each step, see {@link latent4j.nn.Net#average}. Samples, validation, live pictures and saved models come from the
     * average, during training and after it.
     *
     * @param decay δ, in (0, 1), such as 0.999: the average reaches back about 1/(1 − δ) steps
     */
    public Trainer average(String net, double decay) {
        return with("averages", plus(averages, net, decay));
    }

    /**
     * With products and convolutions computed in this precision while training; {@link Precision#BFLOAT16} is faster where
     * the hardware has it, and refused by {@link #fit} elsewhere.
     */
    public Trainer precision(Precision precision) {
        return with("precision", precision);
    }

    /**
     * With each value of a record, in [0, 1], replaced by 1 with the probability that it says and by 0 else, drawn anew each
     * time that the record is seen (Burda et al. 2016, section 5). What is held out is measured as it is: binarise it once,
     * by {@link Samples#binarised}, so that a {@link latent4j.loss.Bernoulli} is a true likelihood of it.
     */
    public Trainer binarised() {
        return with("binarise", true);
    }

    /** Measuring on so many held-out records after each epoch. */
    public Trainer validateOn(int records) {
        return with("validateOn", records);
    }

    /** Going on from the weights that the model has, instead of fresh ones; with another seed, in a new order. */
    public Trainer fromItsWeights() {
        return with("freshWeights", false);
    }

    /**
     * Keeping a checkpoint in a folder of its own after every so many batches, and when training ends or is interrupted, so
     * that {@link #resume} can go on from there. The newest two are kept.
     */
    public Trainer checkpoint(Path folder, int every) {
        return with("checkpoints", Optional.of(new Checkpoints(folder, every)));
    }

    /** With one more looker-on, such as the doctor. */
    public Trainer alsoWatchedBy(Watcher watcher) {
        var all = new ArrayList<>(watchers);
        all.add(watcher);
        return with("watchers", all);
    }

    /** With these lookers-on instead of the usual one; none for silence. */
    public Trainer watchedBy(Watcher... watchers) {
        return with("watchers", List.of(watchers));
    }

    /**
     * Trains the model, which changes its weights. An interrupt of the thread ends training at the next batch and
     * leaves a usable model.
     *
     * @throws IllegalArgumentException if model, data and settings do not fit, or the checkpoint of an unfinished training
     *     would be lost, before the first step
     * @throws Diverged if a number is not finite
     * @throws UncheckedIOException if a checkpoint cannot be written; the one before it is whole
     */
    public Run fit(Model model, Dataset data) {
        return new Training(this, model, data).run();
    }

    /** Trains on records with none held out. */
    public Run fit(Model model, Samples records) {
        return fit(model, Dataset.of(records));
    }

    /**
     * Goes on from the newest checkpoint, in this process or another one: weights, optimisers' memory, running statistics,
     * moving averages, order, noise and history come out as if training had never stopped, to the bit on the same engine, CPU
     * model and number of threads. A damaged checkpoint is reported, and the one before it used. Where training had ended,
     * this only returns what it left.
     *
     * @throws IllegalArgumentException if there is no checkpoint, or it is one of another model, other data or other
     *     settings, before the first step and with the model unchanged
     */
    public Run resume(Model model, Dataset data) {
        return new Training(this, model, data).resume();
    }

    /** {@link #resume} where the folder holds a checkpoint that can be read, else {@link #fit}. */
    public Run fitOrResume(Model model, Dataset data) {
        return checkpoints.flatMap(Checkpoints::newest).isPresent() ? resume(model, data) : fit(model, data);
    }

    /** Goes on with a training on records with none held out. */
    public Run resume(Model model, Samples records) {
        return resume(model, Dataset.of(records));
    }

    /**
     * Refuses to take the run in a file for one of this trainer, this model and these data.
     *
     * @throws IllegalArgumentException naming the file and what differs
     */
    public void requireSame(Run run, Path file, Model model, Dataset data) {
        new Training(this, model, data).requireSame(run, file);
    }

    /** Only what decides the result. */
    Trainer settings() {
        return with("checkpoints", Optional.empty()).watchedBy();
    }

    private static <T> Map<String, T> plus(Map<String, T> settings, String net, T setting) {
        var more = new HashMap<>(settings);
        more.put(net, setting);
        return more;
    }

    /** A copy with another value of one component; written out, each of the methods above would repeat all of them. */
    private Trainer with(String name, Object value) {
        return Records.with(this, Map.of(name, value));
    }
}
