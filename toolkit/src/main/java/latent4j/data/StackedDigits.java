package latent4j.data;

import ai.djl.ndarray.types.Shape;
import latent4j.tensor.Require;

/**
 * Three digits at once, one each in red, green and blue: 1,000 classes, from 000 to 999, of which a generator that collapses
 * draws few (Metz et al. 2017, section 3.3.1, with MNIST). A record's class is 100·red + 10·green + blue.
 */
public final class StackedDigits {

    private static final int CHANNELS = 3;
    private static final int DIGITS = 10;

    private StackedDigits() {}

    /**
     * Each three digits in a row as the channels of one record; one or two left over are left out. Shuffled digits, such as
     * MNIST's by {@link Samples#rows}, give independent channels.
     *
     * @param digits grey images with labels from 0 to 9
     */
    public static Samples of(Samples digits) {
        Require.shape("digits", new Shape(1).addAll(digits.shape().slice(1)), digits.shape());
        var classes = digits.labels()
                .orElseThrow(() -> new IllegalArgumentException("digits to stack need labels, their classes"));
        int n = digits.size() / CHANNELS;
        var labels = new int[n];
        for (int i = 0; i < CHANNELS * n; i++) {
            if (classes[i] >= DIGITS) {
                throw new IllegalArgumentException(
                        "label of record " + i + " must be between 0 and 9, got " + classes[i]);
            }
            labels[i / CHANNELS] = labels[i / CHANNELS] * DIGITS + classes[i];
        }
        var shape = new Shape(CHANNELS).addAll(digits.shape().slice(1));
        return Samples.of(shape, digits.head(CHANNELS * n).toArray())
                .withLabels(labels, Samples.numbered(DIGITS * DIGITS * DIGITS));
    }

    /** The channels of stacked digits as grey images, three times as many: red, green and blue of the first, and so on. */
    public static Samples channels(Samples stacked) {
        var shape = stacked.shape();
        Require.shape("stacked digits", new Shape(CHANNELS).addAll(shape.slice(1)), shape);
        return Samples.of(new Shape(1).addAll(shape.slice(1)), stacked.toArray());
    }
}
