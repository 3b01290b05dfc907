package latent4j.data;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.IntStream;
import latent4j.tensor.Seed;

/**
 * Coloured shapes on textures: 32 x 32 images in red, green and blue whose factors of variation are
 * known and drawn independently.
 *
 * <p>The class is the shape. Factors: {@code hue} (of the shape, in [0, 1)), {@code size} (radius in
 * pixels), {@code x} and {@code y} (offset of the centre in pixels, to the right and downwards),
 * {@code rotation} (degrees, clockwise; a disc does not show it), {@code texture} (0 plain, 1 stripes,
 * 2 checks, 3 dots) and {@code texture hue}. Where the texture begins is random and not a factor.
 * Shape and texture are anti-aliased from their signed distances.
 */
public final class DrawnShapes {

    private static final int SIDE = 32;
    private static final Shape SHAPE = new Shape(3, SIDE, SIDE);
    private static final List<String> FACTORS = List.of("hue", "size", "x", "y", "rotation", "texture", "texture hue");
    private static final List<String> TEXTURES = List.of("plain", "stripes", "checks", "dots");

    /** Width of a stripe, a field or half the distance of dots, in pixels. */
    private static final double TEXTURE_STEP = 4;

    private static final List<String> CLASSES = List.of("disc", "square", "triangle", "star", "heart", "cross");

    /** Outlines around 0 of about the same area; a disc needs none. */
    private static final List<Curves> OUTLINES = List.of(
            Curves.parse(""),
            Curves.parse("M -.82 -.82 L .82 -.82 L .82 .82 L -.82 .82 L -.82 -.82"),
            Curves.parse("M 0 -1.08 L 1.04 .72 L -1.04 .72 L 0 -1.08"),
            star(),
            Curves.parse("M 0 .98 C -.5 .55 -1.02 .2 -1.02 -.3 C -1.02 -1.02 -.2 -1.02 0 -.45"
                    + " C .2 -1.02 1.02 -1.02 1.02 -.3 C 1.02 .2 .5 .55 0 .98"),
            Curves.parse("M -.34 -1 L .34 -1 L .34 -.34 L 1 -.34 L 1 .34 L .34 .34"
                    + " L .34 1 L -.34 1 L -.34 .34 L -1 .34 L -1 -.34 L -.34 -.34 L -.34 -1"));

    private DrawnShapes() {}

    /** The first {@code n} shapes of an endless sequence. */
    static Samples sequence(int n, long seed, int split) {
        var values = Samples.room(n, SHAPE);
        var labels = new int[n];
        var factors = new float[n][];
        IntStream.range(0, n).parallel().forEach(i -> {
            var random = new Seed(seed).child(split, i).stream();
            labels[i] = random.integer(CLASSES.size());
            double hue = random.uniform(0, 1);
            double size = random.uniform(6, 10.5);
            double x = random.uniform(-4, 4);
            double y = random.uniform(-4, 4);
            double rotation = random.uniform(-30, 30);
            int texture = random.integer(TEXTURES.size());
            double textureHue = random.uniform(0, 1);
            factors[i] = new float[] {
                (float) hue, (float) size, (float) x, (float) y, (float) rotation, texture, (float) textureHue
            };
            var background = new Background(
                    texture, textureHue, random.uniform(0, 2 * TEXTURE_STEP), random.uniform(0, 2 * TEXTURE_STEP));
            var outline = placed(OUTLINES.get(labels[i]), size, x, y, rotation);
            paint(outline, size, x, y, hue, background, values, i * (int) SHAPE.size());
        });
        return Samples.of(SHAPE, values).withLabels(labels, CLASSES).withFactors(new Samples.Factors(FACTORS, factors));
    }

    /** A texture in two tones of one hue, and where it begins. */
    private record Background(int texture, double hue, double x, double y) {

        /** How much of the second tone a pixel gets, in [0, 1]. */
        double tone(int column, int row) {
            double u = column + x;
            double v = row + y;
            return switch (texture) {
                case 0 -> 0;
                case 1 -> band((u + v) / Math.sqrt(2));
                case 2 -> {
                    double a = band(u);
                    double b = band(v);
                    yield a * (1 - b) + b * (1 - a);
                }
                default -> {
                    double du = u - 2 * TEXTURE_STEP * Math.floor(u / (2 * TEXTURE_STEP)) - TEXTURE_STEP;
                    double dv = v - 2 * TEXTURE_STEP * Math.floor(v / (2 * TEXTURE_STEP)) - TEXTURE_STEP;
                    yield clamp(TEXTURE_STEP * 0.6 - Math.sqrt(du * du + dv * dv) + 0.5);
                }
            };
        }

        /** 1 on every other stripe, with edges one pixel wide. */
        private static double band(double along) {
            double t = along - 2 * TEXTURE_STEP * Math.floor(along / (2 * TEXTURE_STEP));
            return clamp(TEXTURE_STEP / 2 - Math.abs(t - TEXTURE_STEP) + 0.5);
        }
    }

    private static Curves placed(Curves outline, double size, double x, double y, double rotation) {
        double radians = rotation * Math.PI / 180;
        double cos = size * StrictMath.cos(radians);
        double sin = size * StrictMath.sin(radians);
        double centre = (SIDE - 1) / 2.0;
        return outline.map((u, v) -> centre + x + cos * u - sin * v, (u, v) -> centre + y + sin * u + cos * v);
    }

    private static void paint(
            Curves outline,
            double size,
            double x,
            double y,
            double hue,
            Background background,
            float[] values,
            int offset) {
        var shape = rgb(hue, 0.78, 0.95);
        var rim = rgb(hue, 0.85, 0.55);
        var light = rgb(background.hue(), 0.22, 0.97);
        var dark = rgb(background.hue(), 0.38, 0.80);
        double centre = (SIDE - 1) / 2.0;
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                double inside = outline.lines().isEmpty()
                        ? 0.95 * size - distance(column - centre - x, row - centre - y)
                        : depth(outline.lines().get(0), column, row);
                double tone = background.tone(column, row);
                double covered = clamp(inside + 0.5);
                double filled = clamp(inside - 0.7);
                for (int c = 0; c < 3; c++) {
                    double behind = light[c] + tone * (dark[c] - light[c]);
                    double front = rim[c] + filled * (shape[c] - rim[c]);
                    values[offset + (c * SIDE + row) * SIDE + column] = Grey.level(behind + covered * (front - behind));
                }
            }
        }
    }

    /** Signed distance to a closed outline in pixels, positive inside. */
    private static double depth(double[] outline, double x, double y) {
        double nearest = Double.POSITIVE_INFINITY;
        boolean inside = false;
        for (int i = 0; i + 3 < outline.length; i += 2) {
            double x0 = outline[i];
            double y0 = outline[i + 1];
            double x1 = outline[i + 2];
            double y1 = outline[i + 3];
            nearest = Math.min(nearest, Curves.squaredDistance(x, y, x0, y0, x1, y1));
            if ((y0 > y) != (y1 > y) && x < x0 + (y - y0) * (x1 - x0) / (y1 - y0)) {
                inside = !inside;
            }
        }
        return inside ? Math.sqrt(nearest) : -Math.sqrt(nearest);
    }

    private static double distance(double x, double y) {
        return Math.sqrt(x * x + y * y);
    }

    /** Red, green and blue of a hue, saturation and value, all in [0, 1] (Smith, SIGGRAPH 1978). */
    private static double[] rgb(double hue, double saturation, double value) {
        var rgb = new double[3];
        for (int c = 0; c < 3; c++) {
            double sixth = (c == 0 ? 5 : c == 1 ? 3 : 1) + hue * 6;
            double k = sixth - 6 * Math.floor(sixth / 6);
            rgb[c] = value - value * saturation * clamp(Math.min(k, 4 - k));
        }
        return rgb;
    }

    private static double clamp(double value) {
        return Math.max(0, Math.min(1, value));
    }

    private static Curves star() {
        var path = new StringBuilder("M");
        for (int k = 0; k <= 10; k++) {
            double radius = k % 2 == 0 ? 1.2 : 0.56;
            double angle = Math.PI * k / 5;
            path.append(k == 0 ? " " : " L ")
                    .append(radius * StrictMath.sin(angle))
                    .append(' ')
                    .append(-radius * StrictMath.cos(angle));
        }
        return Curves.parse(path.toString());
    }
}
