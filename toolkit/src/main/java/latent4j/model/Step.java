package latent4j.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import latent4j.tensor.Arrays;
import latent4j.tensor.Kernels;
import latent4j.tensor.Seed;

/**
 * One objective's view of one batch. All arrays live until the step is over; randomness follows from the
 * run's seed and the step's number, not from what was drawn before.
 */
public final class Step {

    private final NDArray data;
    private final int[] labels;
    private final Seed seed;
    private final long number;
    private final double epoch;
    private int draws;

    /** The trainer makes these; a test may. {@code labels}, one an example, may be null. */
    public Step(NDArray data, int[] labels, Seed seed, long number, double epoch) {
        this.data = data;
        this.labels = labels;
        this.seed = seed;
        this.number = number;
        this.epoch = epoch;
    }

    /** x: [batch, shape…]. */
    public NDArray data() {
        return data;
    }

    /** Each example's class: [batch], integers. */
    public NDArray labels() {
        if (labels == null) {
            throw new IllegalStateException("this model needs labels, and the data has none: use data with classes");
        }
        return Arrays.of(labels);
    }

    /** How many examples. */
    public int batch() {
        return (int) data.getShape().get(0);
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
}
