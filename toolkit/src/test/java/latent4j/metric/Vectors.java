package latent4j.metric;

import ai.djl.ndarray.types.Shape;
import latent4j.data.Samples;
import latent4j.tensor.Seed;

/** Sets of vectors for tests. */
final class Vectors {

    private Vectors() {}

    /** n draws from N(mean, deviation² I) in d dimensions. */
    static Samples normal(int n, int d, double mean, double deviation, long seed) {
        var values = new Seed(seed).normal(n * d);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (mean + deviation * values[i]);
        }
        return Samples.of(new Shape(d), values);
    }

    static Samples of(int d, double... values) {
        var floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return Samples.of(new Shape(d), floats);
    }

    /** Both sets' records. */
    static Samples joined(Samples a, Samples b) {
        var values = java.util.Arrays.copyOf(a.toArray(), a.toArray().length + b.toArray().length);
        System.arraycopy(b.toArray(), 0, values, a.toArray().length, b.toArray().length);
        return Samples.of(a.shape(), values);
    }

    /** As many records, drawn with replacement. */
    static Samples withReplacement(Samples x, long seed) {
        var stream = new Seed(seed).stream();
        var rows = new int[x.size()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = stream.integer(rows.length);
        }
        return x.rows(rows);
    }

    static double squaredDistance(float[] a, float[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += (a[k] - (double) b[k]) * (a[k] - (double) b[k]);
        }
        return sum;
    }
}
