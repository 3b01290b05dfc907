package latent4j.model;

import latent4j.data.Samples;
import latent4j.tensor.Require;

/** A way from one code to another. */
public enum Interpolation {
    /** The straight line (1 − t)·a + t·b. */
    LINEAR {
        @Override
        float[] between(float[] a, float[] b, double t) {
            return combine(a, 1 - t, b, t);
        }
    },
    /**
     * The great circle sin((1 − t)·ω)/sin ω·a + sin(t·ω)/sin ω·b with ω the angle between a and b (Shoemake 1985; White
     * 2016): it keeps a code's length where both ends have it, as the prior's typical codes do.
     */
    SPHERICAL {
        @Override
        float[] between(float[] a, float[] b, double t) {
            double cosine = dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
            double angle = Math.acos(Math.max(-1, Math.min(1, cosine)));
            // Where both point the same way, or one is zero, there is no circle; the line is its limit.
            if (!(Math.sin(angle) > 1e-6)) {
                return LINEAR.between(a, b, t);
            }
            return combine(a, Math.sin((1 - t) * angle) / Math.sin(angle), b, Math.sin(t * angle) / Math.sin(angle));
        }
    };

    abstract float[] between(float[] a, float[] b, double t);

    /**
     * The codes along the way through all given codes, these included.
     *
     * @param codes at least two codes
     * @param steps how many codes from one given code to the next, at least 2
     */
    public Samples path(Samples codes, int steps) {
        if (codes.size() < 2) {
            throw new IllegalArgumentException("a way needs at least 2 codes, got " + codes.size());
        }
        Require.atLeast("steps", 2, steps);
        int d = (int) codes.shape().size();
        int n = (codes.size() - 1) * (steps - 1) + 1;
        var path = new float[n * d];
        for (int i = 0; i < n; i++) {
            int from = Math.min(i / (steps - 1), codes.size() - 2);
            double t = (i - from * (steps - 1)) / (double) (steps - 1);
            System.arraycopy(between(codes.row(from), codes.row(from + 1), t), 0, path, i * d, d);
        }
        return Samples.of(codes.shape(), path);
    }

    private static float[] combine(float[] a, double weightA, float[] b, double weightB) {
        var sum = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            sum[i] = (float) (weightA * a[i] + weightB * b[i]);
        }
        return sum;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
