package latent4j.metric;

import latent4j.data.Samples;

/**
 * The kernel distance between two sets of vectors, which on Inception's features is called KID (Bińkowski et al. 2018, section
 * 4): the squared maximum mean discrepancy with k(x, y) = (xᵀy/d + 1)³, by the unbiased estimate of Gretton et al. 2012,
 * equation 3: Σ_{i≠j} k(xᵢ, xⱼ)/(m(m − 1)) + Σ_{i≠j} k(yᵢ, yⱼ)/(n(n − 1)) − 2 Σ k(xᵢ, yⱼ)/(mn).
 *
 * <p>For sets of one distribution it is 0 on average at any count, and so now and then below 0.
 */
public final class KernelDistance {

    private KernelDistance() {}

    /**
     * Between two sets of features, [m, d] and [n, d].
     *
     * @throws IllegalArgumentException for fewer than 2 records in a set
     */
    public static double between(Samples x, Samples y) {
        if (x.size() < 2 || y.size() < 2) {
            throw new IllegalArgumentException(
                    "the kernel distance needs at least 2 records in each set, got " + x.size() + " and " + y.size());
        }
        return meanKernel(x, x) + meanKernel(y, y) - 2 * meanKernel(x, y);
    }

    /** The mean of k over all pairs; of a set with itself, over all pairs of two records. */
    private static double meanKernel(Samples x, Samples y) {
        boolean same = x == y;
        double d = x.shape().size();
        var xNorms = Distances.squaredNorms(x);
        var yNorms = same ? xNorms : Distances.squaredNorms(y);
        var sum = new double[1];
        Distances.squared(x, y, (i, first, values, from, to) -> {
            double line = 0;
            for (int at = from; at < to; at++) {
                int j = first + at - from;
                double product = (xNorms[i] + yNorms[j] - values[at]) / 2; // xᵀy
                double base = product / d + 1;
                line += same && i == j ? 0 : base * base * base;
            }
            sum[0] += line;
        });
        return sum[0] / (same ? (double) x.size() * (x.size() - 1) : (double) x.size() * y.size());
    }
}
