package latent4j.data;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import latent4j.tensor.Require;
import latent4j.tensor.Seed;

/**
 * Equally likely Gaussians of one spread: {@code p(x) = 1/m sum_k N(x; centre_k, sd^2 I)}.
 *
 * @param name what errors and charts call it
 * @param centres the mode centres, each {@code (d)}
 * @param sd standard deviation in every direction, around every centre
 */
public record GaussianMixture(String name, List<double[]> centres, double sd) {

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

    /** {@code n} points to train on and {@code n / 10} (at least one) held out; the label is the mode. */
    public Dataset dataset(int n, long seed) {
        Require.atLeast("n", 1, n);
        return new Dataset(name, points(n, seed, 0), points(Math.max(1, n / 10), seed, 1));
    }

    private Samples points(int n, long seed, int split) {
        int d = centres.get(0).length;
        var shape = new Shape(d);
        var values = Samples.room(n, shape);
        var labels = new int[n];
        for (int i = 0; i < n; i++) {
            var random = new Seed(seed).child(split, i).stream();
            labels[i] = random.integer(centres.size());
            for (int k = 0; k < d; k++) {
                values[i * d + k] = (float) (centres.get(labels[i])[k] + sd * random.normal());
            }
        }
        return Samples.of(shape, values).withLabels(labels, Samples.numbered(centres.size()));
    }
}
