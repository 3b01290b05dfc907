package latent4j.data;

import ai.djl.ndarray.types.Shape;
import latent4j.tensor.Seed;

/**
 * Pairs of pictures, each as one record of shape {@code (channels, 2·height, width)}: the source above its target. So a
 * grid of records shows both, any folder of such pictures is a set of pairs, and batches, splits and files hold pairs like
 * anything else.
 *
 * <p>In an array a pair comes apart by reshaping: {@code [batch, c, 2·h, w]} is {@code [batch·c, 2·h·w]}, whose first half
 * of columns holds the sources.
 */
public final class Pairs {

    private Pairs() {}

    /**
     * Each source above the target of the same number, with the targets' labels and factors.
     *
     * @param sources images of shape (c, h, w)
     * @param targets as many images of the same shape
     */
    public static Samples of(Samples sources, Samples targets) {
        if (!sources.shape().equals(targets.shape()) || sources.size() != targets.size()) {
            throw new IllegalArgumentException(
                    "expected as many targets as sources and of their shape, got " + sources + " and " + targets);
        }
        var shape = shape(sources.shape());
        var values = Samples.room(sources.size(), shape);
        int plane = plane(sources.shape());
        for (int i = 0; i < sources.size(); i++) {
            for (int half = 0; half < 2; half++) {
                var image = (half == 0 ? sources : targets).row(i);
                for (int c = 0; c < image.length / plane; c++) {
                    System.arraycopy(image, c * plane, values, 2 * i * image.length + (2 * c + half) * plane, plane);
                }
            }
        }
        return described(Samples.of(shape, values), targets);
    }

    /** The upper halves of pairs, with their labels and factors. */
    public static Samples sources(Samples pairs) {
        return half(pairs, 0);
    }

    /** The lower halves of pairs, with their labels and factors. */
    public static Samples targets(Samples pairs) {
        return half(pairs, 1);
    }

    /**
     * The same sources above targets of other records, in random order: what is left when nobody knows what belongs together.
     * Labels and factors are the targets'.
     */
    public static Samples unpaired(Samples pairs, long seed) {
        var order = new Seed(seed).child("unpaired").permutation(pairs.size());
        return of(sources(pairs), targets(pairs).rows(order));
    }

    /** The shape of a pair of images of this shape. */
    public static Shape shape(Shape image) {
        requireImage(image);
        return new Shape(image.get(0), 2 * image.get(1), image.get(2));
    }

    /**
     * The shape of each of a pair's images.
     *
     * @throws IllegalArgumentException if the height is odd, or it is no image
     */
    public static Shape half(Shape pair) {
        requireImage(pair);
        if (pair.get(1) % 2 != 0) {
            throw new IllegalArgumentException(
                    "a pair is two images above each other, so that its height is even, got shape " + pair);
        }
        return new Shape(pair.get(0), pair.get(1) / 2, pair.get(2));
    }

    private static Samples half(Samples pairs, int half) {
        var shape = half(pairs.shape());
        int plane = plane(shape);
        int d = (int) shape.size();
        var values = Samples.room(pairs.size(), shape);
        for (int i = 0; i < pairs.size(); i++) {
            var pair = pairs.row(i);
            for (int c = 0; c < d / plane; c++) {
                System.arraycopy(pair, (2 * c + half) * plane, values, i * d + c * plane, plane);
            }
        }
        return described(Samples.of(shape, values), pairs);
    }

    private static Samples described(Samples samples, Samples like) {
        var labelled = like.labels()
                .map(labels -> samples.withLabels(labels, like.classNames()))
                .orElse(samples);
        return like.factors().map(labelled::withFactors).orElse(labelled);
    }

    private static int plane(Shape image) {
        return (int) (image.get(1) * image.get(2));
    }

    private static void requireImage(Shape shape) {
        if (shape.dimension() != 3) {
            throw new IllegalArgumentException("expected images of shape (channels, height, width), got " + shape);
        }
    }
}
