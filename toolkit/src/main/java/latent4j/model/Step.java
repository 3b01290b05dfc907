package latent4j.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.function.Supplier;
import latent4j.data.Samples;
import latent4j.tensor.Arrays;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;
import latent4j.tensor.Seed;

/**
 * One objective's view of one batch. All arrays live until the step is over; randomness follows from the
 * run's seed and the step's number, not from what was drawn before.
 */
public final class Step {

    private final Batch batch;
    private final Seed seed;
    private final long number;
    private final double epoch;
    private final double epochs;
    private NDArray data;
    private int draws;

    /** A view of a batch of its own, in a training without an end. {@code labels}, one an example, may be null. */
    public Step(NDArray data, int[] labels, Seed seed, long number, double epoch) {
        this(new Batch(() -> data, labels, (int) data.getShape().get(0)), seed, number, epoch);
    }

    /** The records {@code from} to {@code to} (exclusive) of some as a batch, with their labels where they have any. */
    public static Step of(Samples x, int from, int to, Seed seed) {
        var labels = x.labels().map(all -> java.util.Arrays.copyOfRange(all, from, to));
        return new Step(Inference.array(x, from, to), labels.orElse(null), seed, 0, 0);
    }

    /** A view of a batch that other objectives see as well, in a training without an end. */
    public Step(Batch batch, Seed seed, long number, double epoch) {
        this(batch, seed, number, epoch, Double.POSITIVE_INFINITY);
    }

    /**
     * A view of a batch that other objectives see as well.
     *
     * @param epochs how long training lasts in all
     */
    public Step(Batch batch, Seed seed, long number, double epoch, double epochs) {
        this.batch = batch;
        this.seed = seed;
        this.number = number;
        this.epoch = epoch;
        this.epochs = epochs;
    }

    /** x: [batch, shape…]. */
    public NDArray data() {
        return data == null ? batch.data() : data;
    }

    /**
     * The same step with other records in the place of its own, such as noisy ones; labels and what objectives share stay, and
     * its noise is new.
     *
     * @param data [batch, shape…]
     */
    public Step withData(NDArray data) {
        var step = new Step(batch, seed.child("with data").child(draws++), number, epoch, epochs);
        step.data = data;
        return step;
    }

    /**
     * The same step with each example so many times, one after the other, with its label; it shares nothing with other
     * objectives, and its noise is new.
     */
    public Step repeated(int times) {
        Require.atLeast("times", 1, times);
        var many = batch.repeated(() -> Arrays.repeated(data(), times), times);
        return new Step(many, seed.child("repeated").child(draws++), number, epoch, epochs);
    }

    /** Each example's class: [batch], integers. */
    public NDArray labels() {
        return Arrays.of(batch.labels());
    }

    /**
     * Each example's class as 1 in its column, 0 elsewhere: [batch, classes].
     *
     * @throws IllegalArgumentException if a label is not between 0 and {@code classes} − 1
     */
    public NDArray classes(int classes) {
        return OneHot.of(batch.labels(), classes);
    }

    /**
     * What several objectives of one batch share, such as samples that the discriminator and the generator both see: the
     * first to ask computes it.
     */
    public NDArray shared(String name, Supplier<NDArray> computation) {
        return batch.shared(name, computation);
    }

    /** How many examples. */
    public int batch() {
        return batch.size();
    }

    /** Standard normal noise, [batch, shape…]. */
    public NDArray normal(long... shape) {
        var all = new Shape(batch()).addAll(new Shape(shape));
        return Arrays.of(seed.child(draws++).normal((int) all.size()), all);
    }

    /** Noise uniform on [0, 1), [batch, shape…]. */
    public NDArray uniform(long... shape) {
        var all = new Shape(batch()).addAll(new Shape(shape));
        return Arrays.of(seed.child(draws++).uniform((int) all.size()), all);
    }

    /** Random orders of the batch's examples, one in each column: [batch, columns], whole numbers. */
    public NDArray permutations(int columns) {
        var orders = new int[batch() * columns];
        for (int j = 0; j < columns; j++) {
            var order = seed.child(draws++).permutation(batch());
            for (int i = 0; i < order.length; i++) {
                orders[i * columns + j] = order[i];
            }
        }
        return Arrays.of(orders).reshape(batch(), columns);
    }

    /** Ones with this probability, else zeros: [batch, shape…]. */
    public NDArray bernoulli(double probability, long... shape) {
        var all = new Shape(batch()).addAll(new Shape(shape));
        var values = seed.child(draws++).uniform((int) all.size());
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i] < probability ? 1 : 0;
        }
        return Arrays.of(values, all);
    }

    /** A constant as an array. */
    public NDArray constant(double value) {
        return Kernels.current().constant(value);
    }

    /** Batches before this one, over all epochs. */
    public long number() {
        return number;
    }

    /** Epochs before this batch, with their fraction: what a schedule depends on. */
    public double epoch() {
        return epoch;
    }

    /** The schedule's factor at this step. */
    public double factor(Schedule schedule) {
        return schedule.factor(epoch, epochs);
    }
}
