package latent4j.data;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import latent4j.tensor.RandomStream;
import latent4j.tensor.Seed;

/**
 * Digits drawn from strokes: 28 x 28 grey images whose factors of variation are known.
 *
 * <p>A digit is a few curves. They are distorted a little by a smooth elastic wobble (a free-form
 * deformation: a bicubic Bezier patch whose 4 x 4 control points are displaced; Sederberg and
 * Parry, SIGGRAPH 1986), slanted, turned, scaled and moved; then every pixel gets the share of it
 * that the pen covers, from its distance to the stroke. Only operations with one result on every
 * platform are used, so that the same arguments give the same bits everywhere.
 */
public final class DrawnDigits {

    private static final int SIZE = 28;
    private static final Shape SHAPE = new Shape(1, SIZE, SIZE);

    /** Half of a digit's height at scale 1, in pixels. */
    private static final double HALF_HEIGHT = 9.2;

    /** Standard deviation of the wobble's control points, in half heights. */
    private static final double WOBBLE = 0.24;

    /** The split that {@link #withOneFixed} draws from, beside those to train on and held out. */
    private static final int GROUPS = 2;

    /** The ways to write each class, in a box from -1 (top, left) to 1 (bottom, right). */
    private static final List<List<Curves>> GLYPHS = List.of(
            ways(
                    "M .1 -1 C -.45 -1.05 -.68 -.5 -.66 .05 C -.64 .65 -.4 1.02 .02 1"
                            + " C .48 .98 .7 .5 .68 -.05 C .66 -.6 .45 -.98 .1 -1",
                    "M .3 -.92 C -.3 -1.15 -.62 -.55 -.62 .05 C -.62 .65 -.35 1 .02 1"
                            + " C .48 1 .64 .45 .62 -.1 C .6 -.6 .35 -.95 -.1 -.86"),
            ways(
                    "M .02 -1 C .04 -.4 -.04 .4 -.02 1",
                    "M -.38 -.55 C -.2 -.68 -.05 -.82 .06 -1 L .06 1",
                    "M -.34 -.6 C -.2 -.7 -.05 -.84 .04 -1 L .04 .96 M -.42 .96 L .48 .96"),
            ways(
                    "M -.58 -.5 C -.52 -.85 -.28 -1 .02 -1 C .4 -1 .6 -.75 .54 -.4 C .46 0 -.1 .5 -.6 .95 L .66 .93",
                    "M -.55 -.55 C -.45 -.9 -.2 -1 .05 -1 C .4 -1 .58 -.75 .5 -.38 C .4 .1 0 .55 -.32 .84"
                            + " C -.52 1.02 -.78 .88 -.62 .66 C -.42 .45 -.1 .72 .1 .86 C .3 1 .52 .98 .7 .82"),
            ways(
                    "M -.52 -.75 C -.35 -1 -.1 -1.02 .08 -1 C .42 -.98 .55 -.72 .5 -.48 C .44 -.2 .2 -.06 -.14 -.04"
                            + " C .3 -.04 .62 .15 .6 .48 C .58 .85 .25 1.02 -.05 1 C -.3 .98 -.5 .88 -.6 .68",
                    "M -.55 -.95 L .5 -.95 L -.12 -.17 C .35 -.2 .62 .08 .6 .45"
                            + " C .58 .85 .25 1.02 -.08 1 C -.32 .98 -.5 .88 -.6 .7"),
            ways(
                    "M -.42 -.95 C -.46 -.6 -.54 -.3 -.58 .12 C -.2 .06 .3 .06 .68 .04"
                            + " M .32 -.8 C .3 -.2 .26 .4 .24 1",
                    "M .32 1 L .32 -1 L -.66 .36 L .7 .36"),
            ways(
                    "M -.4 -.92 C -.42 -.6 -.45 -.4 -.48 -.12 C -.2 -.35 .15 -.38 .4 -.15"
                            + " C .65 .12 .6 .6 .35 .82 C .05 1.08 -.4 1 -.62 .75 M -.4 -.92 L .56 -.95",
                    "M .54 -.95 C .1 -1 -.34 -1.02 -.42 -.72 C -.5 -.42 -.2 -.25 .1 -.12"
                            + " C .45 .06 .62 .4 .42 .72 C .2 1.04 -.3 1.05 -.62 .78"),
            ways(
                    "M .42 -.95 C -.1 -.75 -.55 -.2 -.58 .35 C -.6 .8 -.3 1.02 0 1"
                            + " C .38 .98 .6 .7 .55 .4 C .5 .1 .2 -.05 -.1 .05 C -.35 .12 -.52 .35 -.56 .5",
                    "M .08 -1 C -.3 -.5 -.56 0 -.56 .45 C -.54 .85 -.25 1 .02 1"
                            + " C .35 1 .55 .75 .52 .48 C .48 .15 .1 .08 -.15 .25 C -.35 .4 -.48 .6 -.5 .75"),
            ways(
                    "M -.6 -.9 C -.2 -.95 .2 -.95 .58 -.92 C .3 -.4 .05 .2 -.12 1",
                    "M -.6 -.9 C -.2 -.95 .2 -.95 .58 -.92 C .3 -.4 .05 .2 -.12 1 M -.34 .06 L .44 0",
                    "M -.62 -.6 L -.56 -.92 L .58 -.92 C .2 -.4 .02 .2 -.06 1"),
            ways(
                    "M .45 -.74 C .3 -1.02 -.1 -1.05 -.32 -.88 C -.6 -.62 -.4 -.3 0 -.1"
                            + " C .4 .12 .65 .4 .5 .7 C .35 1.02 -.3 1.08 -.5 .72"
                            + " C -.65 .4 -.4 .12 0 -.1 C .35 -.28 .55 -.5 .45 -.74",
                    "M 0 -.98 C -.34 -.98 -.48 -.75 -.46 -.52 C -.44 -.25 -.2 -.08 0 -.08"
                            + " C .25 -.08 .46 -.28 .46 -.54 C .46 -.8 .28 -.98 0 -.98"
                            + " M 0 -.08 C -.35 -.08 -.58 .15 -.58 .46 C -.58 .8 -.3 1 0 1"
                            + " C .32 1 .58 .8 .58 .46 C .58 .15 .32 -.08 0 -.08"),
            ways(
                    "M .5 -.55 C .45 -.85 .2 -1 -.05 -.98 C -.4 -.95 -.58 -.65 -.52 -.38"
                            + " C -.45 -.08 -.1 .02 .2 -.12 C .4 -.22 .5 -.4 .5 -.6 C .52 -.1 .45 .5 .38 1",
                    "M .5 -.55 C .45 -.85 .2 -1 -.05 -.98 C -.4 -.95 -.58 -.65 -.52 -.38"
                            + " C -.45 -.08 -.1 .02 .2 -.12 C .4 -.22 .52 -.4 .5 -.6"
                            + " C .58 0 .52 .6 .25 .88 C .05 1.06 -.3 1 -.5 .84"));

    private DrawnDigits() {}

    /** In how many ways the class can be written. */
    public static int styles(int digit) {
        if (digit < 0 || digit > 9) {
            throw new IllegalArgumentException("digit must be between 0 and 9, got " + digit);
        }
        return GLYPHS.get(digit).size();
    }

    /**
     * One digit in several hands, with labels and factors: {@code draw(3, Handwriting.plain())}.
     *
     * @param digit the class, 0 to 9
     * @param hands how to write each record
     */
    public static Samples draw(int digit, Handwriting... hands) {
        var values = Samples.room(hands.length, SHAPE);
        var labels = new int[hands.length];
        Arrays.fill(labels, digit);
        for (int i = 0; i < hands.length; i++) {
            draw(digit, hands[i], values, i * (int) SHAPE.size());
        }
        return samples(values, labels, hands);
    }

    /** The random handwriting of this seed for a class; {@code with...} then fixes what should be fixed. */
    public static Handwriting randomHand(int digit, long seed) {
        return handwriting(new Seed(seed).child(digit).stream(), styles(digit), true);
    }

    /**
     * {@code n} digits of random class and handwriting: the first {@code n} of an endless sequence.
     *
     * @param split which sequence: 0 to train on, 1 held out
     */
    static Samples sequence(int n, long seed, int split, boolean slanted) {
        return sequence(n, seed, split, slanted, UnaryOperator.identity());
    }

    private static Samples sequence(int n, long seed, int split, boolean slanted, UnaryOperator<Handwriting> changed) {
        var values = Samples.room(n, SHAPE);
        var labels = new int[n];
        var hands = new Handwriting[n];
        IntStream.range(0, n).parallel().forEach(i -> {
            var random = new Seed(seed).child(split, i).stream();
            labels[i] = random.integer(10);
            hands[i] = changed.apply(handwriting(random, styles(labels[i]), slanted));
            draw(labels[i], hands[i], values, i * (int) SHAPE.size());
        });
        return samples(values, labels, hands);
    }

    /**
     * {@code n} digits without slant of random class and handwriting that share the value of one factor, which is as random: one
     * group of the FactorVAE score (Kim and Mnih 2018, section 4). It is a {@link FixedFactor}.
     *
     * @param factor {@code thickness}, {@code rotation}, {@code scale}, {@code x} or {@code y}
     */
    public static Samples withOneFixed(String factor, int n, long seed) {
        var shared = handwriting(new Seed(seed).child("shared").stream(), 1, false);
        UnaryOperator<Handwriting> fix =
                switch (factor) {
                    case "thickness" -> hand -> hand.withThickness(shared.thickness());
                    case "rotation" -> hand -> hand.withRotation(shared.rotation());
                    case "scale" -> hand -> hand.withScale(shared.scale());
                    case "x" -> hand -> hand.withOffset(shared.x(), hand.y());
                    case "y" -> hand -> hand.withOffset(hand.x(), shared.y());
                    default ->
                        throw new IllegalArgumentException(
                                "factor must be thickness, rotation, scale, x or y, got '" + factor + "'");
                };
        return sequence(n, seed, GROUPS, false, fix);
    }

    private static Handwriting handwriting(RandomStream random, int styles, boolean slanted) {
        int style = random.integer(styles);
        double thickness = random.uniform(1.6, 3.8);
        double slant = random.uniform(-0.2, 0.55);
        double rotation = random.uniform(-12, 12);
        double scale = random.uniform(0.75, 1.05);
        double x = random.uniform(-1.8, 1.8);
        double y = random.uniform(-1.8, 1.8);
        long wobble = 1 + random.integer(Integer.MAX_VALUE);
        return new Handwriting(style, thickness, slanted ? slant : 0, rotation, scale, x, y, wobble);
    }

    private static Samples samples(float[] values, int[] labels, Handwriting[] hands) {
        var factors = Arrays.stream(hands).map(Handwriting::factors).toArray(float[][]::new);
        return Samples.of(SHAPE, values)
                .withLabels(labels, Samples.numbered(10))
                .withFactors(new Samples.Factors(Handwriting.names(), factors));
    }

    private static void draw(int digit, Handwriting hand, float[] values, int offset) {
        if (hand.style() >= styles(digit)) {
            throw new IllegalArgumentException(
                    "style of a " + digit + " must be between 0 and " + (styles(digit) - 1) + ", got " + hand.style());
        }
        var strokes = GLYPHS.get(digit).get(hand.style());
        if (hand.wobble() != 0) {
            strokes = wobbled(strokes, new Seed(hand.wobble()).stream());
        }
        double radians = hand.rotation() * Math.PI / 180;
        double cos = StrictMath.cos(radians) * hand.scale() * HALF_HEIGHT;
        double sin = StrictMath.sin(radians) * hand.scale() * HALF_HEIGHT;
        double slant = hand.slant();
        double centreX = (SIZE - 1) / 2.0 + hand.x();
        double centreY = (SIZE - 1) / 2.0 + hand.y();
        ink(
                strokes.map(
                        (x, y) -> centreX + cos * (x - slant * y) - sin * y,
                        (x, y) -> centreY + sin * (x - slant * y) + cos * y),
                hand.thickness() / 2,
                values,
                offset);
    }

    private static Curves wobbled(Curves strokes, RandomStream random) {
        var dx = new double[16];
        var dy = new double[16];
        for (int k = 0; k < 16; k++) {
            dx[k] = WOBBLE * random.normal();
            dy[k] = WOBBLE * random.normal();
        }
        return strokes.map((x, y) -> x + patch(dx, x, y), (x, y) -> y + patch(dy, x, y));
    }

    /** The bicubic Bezier patch over the box from -1 to 1 with the given 4 x 4 control values. */
    private static double patch(double[] control, double x, double y) {
        double sum = 0;
        for (int row = 0; row < 4; row++) {
            for (int column = 0; column < 4; column++) {
                sum += control[row * 4 + column] * bernstein(row, (y + 1) / 2) * bernstein(column, (x + 1) / 2);
            }
        }
        return sum;
    }

    private static double bernstein(int k, double t) {
        double s = 1 - t;
        return switch (k) {
            case 0 -> s * s * s;
            case 1 -> 3 * s * s * t;
            case 2 -> 3 * s * t * t;
            default -> t * t * t;
        };
    }

    /** Writes each pixel's coverage by a round pen of the given radius drawn along the strokes. */
    private static void ink(Curves strokes, double radius, float[] values, int offset) {
        var squared = new double[SIZE * SIZE];
        Arrays.fill(squared, Double.POSITIVE_INFINITY);
        double reach = radius + 0.5;
        for (var line : strokes.lines()) {
            for (int i = 0; i + 3 < line.length; i += 2) {
                double x0 = line[i];
                double y0 = line[i + 1];
                double x1 = line[i + 2];
                double y1 = line[i + 3];
                int left = Math.max(0, (int) Math.ceil(Math.min(x0, x1) - reach));
                int right = Math.min(SIZE - 1, (int) Math.floor(Math.max(x0, x1) + reach));
                int top = Math.max(0, (int) Math.ceil(Math.min(y0, y1) - reach));
                int bottom = Math.min(SIZE - 1, (int) Math.floor(Math.max(y0, y1) + reach));
                for (int y = top; y <= bottom; y++) {
                    for (int x = left; x <= right; x++) {
                        double d = Curves.squaredDistance(x, y, x0, y0, x1, y1);
                        squared[y * SIZE + x] = Math.min(squared[y * SIZE + x], d);
                    }
                }
            }
        }
        for (int k = 0; k < squared.length; k++) {
            double coverage = Math.max(0, Math.min(1, reach - Math.sqrt(squared[k])));
            values[offset + k] = Grey.level(coverage);
        }
    }

    private static List<Curves> ways(String... paths) {
        return Arrays.stream(paths).map(Curves::parse).toList();
    }
}
