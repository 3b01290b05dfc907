package latent4j.data;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import latent4j.tensor.Require;
import latent4j.tensor.Seed;

/**
 * Equally likely Gaussians of one spread: {@code p(x) = 1/m sum_k N(x; centre_k, sd^2 I)}.
 *
 * @param name what errors and charts call it
 * @param centres the mode centres, each {@code (d)}
 * @param sd standard deviation in every direction, around every centre
 * @param spread in how many of the d coordinates, from the first, the modes have that spread; in the others a record is
 *     exactly its centre, so that the modes are flat
 */
public record GaussianMixture(String name, List<double[]> centres, double sd, int spread) {

    /** The values of the ten centres of {@link #flat}. */
    private static final double[] FLAT = {-1, -0.5, 0, 0.5, -2, -2.5, 10, 0.25, -13, -5.5};

    public GaussianMixture {
        if (centres.isEmpty()) {
            throw new IllegalArgumentException("a mixture needs at least one centre");
        }
        Require.positive("sd", sd);
        centres = centres.stream().map(double[]::clone).toList();
        for (var centre : centres) {
            if (centre.length != centres.get(0).length) {
                throw new IllegalArgumentException(
                        "all centres must have one dimension, got " + centres.get(0).length + " and " + centre.length);
            }
        }
        if (spread < 1 || spread > centres.get(0).length) {
            throw new IllegalArgumentException("spread must be between 1 and the " + centres.get(0).length
                    + " coordinates of a centre, got " + spread);
        }
    }

    /** One whose modes spread in all coordinates. */
    public GaussianMixture(String name, List<double[]> centres, double sd) {
        this(name, centres, sd, centres.isEmpty() ? 0 : centres.get(0).length);
    }

    /** The mode centres, each {@code (d)}: copies. */
    @Override
    public List<double[]> centres() {
        return centres.stream().map(double[]::clone).toList();
    }

    /** Centres evenly on a circle around 0, the first to the right. */
    public static GaussianMixture ring(int modes, double radius, double sd) {
        Require.atLeast("modes", 1, modes);
        Require.positive("radius", radius);
        var centres = new ArrayList<double[]>();
        for (int k = 0; k < modes; k++) {
            double angle = 2 * Math.PI * k / modes;
            centres.add(new double[] {radius * StrictMath.cos(angle), radius * StrictMath.sin(angle)});
        }
        return new GaussianMixture("ring of " + modes, centres, sd);
    }

    /** Centres on a square grid around 0, {@code side} by {@code side} of them. */
    public static GaussianMixture grid(int side, double spacing, double sd) {
        Require.atLeast("side", 1, side);
        Require.positive("spacing", spacing);
        var centres = new ArrayList<double[]>();
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                centres.add(new double[] {spacing * (column - (side - 1) / 2.0), spacing * (row - (side - 1) / 2.0)});
            }
        }
        return new GaussianMixture("grid of " + side * side, centres, sd);
    }

    /**
     * Ten flat modes in many dimensions, after the "1200D" mixture of VEEGAN (Srivastava et al. 2017: ten
     * 700-dimensional Gaussians embedded in 1,200 dimensions). That paper does not say where they lie. Here they lie as in the
     * code that PacGAN's authors published for it: the centres are c·(1, …, 1) with c = −1, −0.5, 0, 0.5, −2, −2.5, 10, 0.25,
     * −13, −5.5, and all modes have standard deviation 1 in the first {@code spread} coordinates and 0 in the others.
     *
     * @param dimension d, in the paper 1,200
     * @param spread in the paper 700
     */
    public static GaussianMixture flat(int dimension, int spread) {
        Require.atLeast("dimension", 1, dimension);
        var centres = new ArrayList<double[]>();
        for (double value : FLAT) {
            var centre = new double[dimension];
            Arrays.fill(centre, value);
            centres.add(centre);
        }
        return new GaussianMixture("10 modes in " + dimension + " dimensions", centres, 1, spread);
    }

    /** One record's shape. */
    public Shape shape() {
        return new Shape(centres.get(0).length);
    }

    /** The number of the centre that lies nearest to a point. */
    public int nearest(float[] point) {
        int nearest = 0;
        for (int k = 1; k < centres.size(); k++) {
            nearest = distance(point, k) < distance(point, nearest) ? k : nearest;
        }
        return nearest;
    }

    /** How far a point lies from a centre: the Euclidean distance in standard deviations. */
    public double distance(float[] point, int mode) {
        Require.shape("the point", shape(), new Shape(point.length));
        var centre = centres.get(mode);
        double squares = 0;
        for (int k = 0; k < centre.length; k++) {
            squares += (point[k] - centre[k]) * (point[k] - centre[k]);
        }
        return Math.sqrt(squares) / sd;
    }

    /** {@code n} points to train on and {@code n / 10} (at least one) held out; the label is the mode. */
    public Dataset dataset(int n, long seed) {
        Require.atLeast("n", 1, n);
        return new Dataset(name, points(n, seed, 0), points(Math.max(1, n / 10), seed, 1));
    }

    private Samples points(int n, long seed, int split) {
        var shape = shape();
        int d = (int) shape.size();
        var values = Samples.room(n, shape);
        var labels = new int[n];
        for (int i = 0; i < n; i++) {
            var random = new Seed(seed).child(split, i).stream();
            labels[i] = random.integer(centres.size());
            for (int k = 0; k < d; k++) {
                values[i * d + k] = (float) (centres.get(labels[i])[k] + (k < spread ? sd * random.normal() : 0));
            }
        }
        return Samples.of(shape, values).withLabels(labels, Samples.numbered(centres.size()));
    }
}
