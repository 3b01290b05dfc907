package latent4j.data;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import latent4j.tensor.RandomStream;
import latent4j.tensor.Seed;

/**
 * Digits that fly straight on and bounce off the walls (after Srivastava et al. 2015, section 4.1): short films, each a
 * record of shape {@code (frames, height, width)} = (8, 24, 24) with grey levels in [0, 1].
 *
 * <p>One {@linkplain DrawnDigits drawn digit} of half the usual size keeps its hand through all frames and is drawn anew in
 * each, so that it moves by parts of pixels. Factors: the hand's, of which {@code x} and {@code y} are the place in the first
 * frame (offset of the centre from the middle in pixels, to the right and downwards), then {@code velocity x} and {@code
 * velocity y} there, in pixels a frame. A wall turns the digit back where its centre is {@value #REACH} pixels off the middle.
 */
public final class MovingDigits {

    /** How many frames a film has. */
    public static final int FRAMES = 8;

    private static final int SIDE = 24;
    private static final int REACH = 6;
    private static final Shape SHAPE = new Shape(FRAMES, SIDE, SIDE);
    private static final List<String> FACTORS = Stream.concat(
                    Handwriting.names().stream(), Stream.of("velocity x", "velocity y"))
            .toList();

    private MovingDigits() {}

    /** The first {@code n} films of an endless sequence. */
    static Samples sequence(int n, long seed, int split) {
        var values = Samples.room(n, SHAPE);
        var labels = new int[n];
        var factors = new float[n][];
        IntStream.range(0, n).parallel().forEach(i -> {
            var random = new Seed(seed).child(split, i).stream();
            labels[i] = random.integer(10);
            var hand = hand(random, labels[i]);
            double direction = random.uniform(0, 2 * Math.PI);
            double speed = random.uniform(1, 2.5);
            double vx = speed * StrictMath.cos(direction);
            double vy = speed * StrictMath.sin(direction);
            factors[i] = Arrays.copyOf(hand.factors(), FACTORS.size());
            factors[i][FACTORS.size() - 2] = (float) vx;
            factors[i][FACTORS.size() - 1] = (float) vy;
            var hands = IntStream.range(0, FRAMES)
                    .mapToObj(t -> hand.withOffset(bounced(hand.x() + t * vx), bounced(hand.y() + t * vy)))
                    .toArray(Handwriting[]::new);
            film(DrawnDigits.draw(labels[i], hands), values, i * (int) SHAPE.size());
        });
        return Samples.of(SHAPE, values)
                .withLabels(labels, Samples.numbered(10))
                .withFactors(new Samples.Factors(FACTORS, factors));
    }

    private static Handwriting hand(RandomStream random, int digit) {
        return new Handwriting(
                random.integer(DrawnDigits.styles(digit)),
                random.uniform(1.4, 2.2),
                random.uniform(-0.1, 0.3),
                random.uniform(-8, 8),
                random.uniform(0.44, 0.54),
                random.uniform(-REACH, REACH),
                random.uniform(-REACH, REACH),
                1 + random.integer(Integer.MAX_VALUE));
    }

    /** Where a way that goes straight on from within the walls is, if they turn it back. */
    private static double bounced(double way) {
        double period = 4 * REACH;
        double along = way + REACH - period * Math.floor((way + REACH) / period);
        return along <= 2 * REACH ? along - REACH : 3 * REACH - along;
    }

    /** Cuts the middle out of each frame. */
    private static void film(Samples frames, float[] values, int offset) {
        int side = (int) frames.shape().get(1);
        int edge = (side - SIDE) / 2;
        for (int t = 0; t < FRAMES; t++) {
            var frame = frames.row(t);
            for (int y = 0; y < SIDE; y++) {
                System.arraycopy(frame, (y + edge) * side + edge, values, offset + (t * SIDE + y) * SIDE, SIDE);
            }
        }
    }
}
