package latent4j.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import latent4j.tensor.Kernels;

/**
 * The squared maximum mean discrepancy between two samples, unbiased (Gretton et al. 2012, equation 3):
 * the mean of k(x, x') over pairs of different x, plus the same of y, minus twice the mean of k(x, y). Zero in
 * expectation where both come from one distribution; it can be negative. No unit.
 */
public final class MaximumMeanDiscrepancy {

    private static final double[] SCALES = {0.5, 1, 2};

    private MaximumMeanDiscrepancy() {}

    /**
     * MMD² between the rows of x and y with the mean of the Gaussian kernels exp(−‖x − y‖² / (2·s²·w²)), s = ½, 1, 2.
     *
     * @param x [n, d], n ≥ 2
     * @param y [m, d], m ≥ 2
     * @param width w, the middle kernel's width, in the data's unit; see {@link #width}
     */
    public static NDArray squared(NDArray x, NDArray y, double width) {
        return squared(x, y, distances -> {
            NDArray sum = null;
            for (double scale : SCALES) {
                var kernel = gaussian(distances, scale * width);
                sum = sum == null ? kernel : sum.add(kernel);
            }
            return Kernels.current().affine(sum, 1.0 / SCALES.length, 0);
        });
    }

    /** MMD² with the one Gaussian kernel exp(−‖x − y‖² / (2·w²)). */
    public static NDArray gaussian(NDArray x, NDArray y, double width) {
        return squared(x, y, distances -> gaussian(distances, width));
    }

    /** MMD² with the inverse multiquadratic kernel c / (c + ‖x − y‖²), whose tails are heavy. */
    public static NDArray inverseMultiquadratic(NDArray x, NDArray y, double c) {
        var kernels = Kernels.current();
        return squared(x, y, distances -> kernels.constant(1).div(kernels.affine(distances, 1 / c, 1)));
    }

    /** @param kernel k as a function of ‖x − y‖², with k(0) = 1 */
    private static NDArray squared(NDArray x, NDArray y, UnaryOperator<NDArray> kernel) {
        long n = x.getShape().get(0);
        long m = y.getShape().get(0);
        if (n < 2 || m < 2) {
            throw new IllegalArgumentException("MMD needs at least 2 rows on each side, got " + n + " and " + m);
        }
        var kernels = Kernels.current();
        // The diagonal of k(x, x) is 1 for each of n pairs, and must not count.
        var within = kernels.affine(sum(kernel, x, x), 1.0 / (n * (n - 1)), -1.0 / (n - 1))
                .add(kernels.affine(sum(kernel, y, y), 1.0 / (m * (m - 1)), -1.0 / (m - 1)));
        return within.sub(kernels.affine(sum(kernel, x, y), 2.0 / (n * m), 0));
    }

    private static NDArray sum(UnaryOperator<NDArray> kernel, NDArray x, NDArray y) {
        return kernel.apply(Kernels.current().pairwiseSquaredDistances(x, y)).sum();
    }

    private static NDArray gaussian(NDArray squaredDistances, double width) {
        return Kernels.current()
                .affine(squaredDistances, -1 / (2 * width * width), 0)
                .exp();
    }

    /**
     * The median distance between different rows, the customary kernel width; their mean distance where most rows coincide,
     * and 1 where all do.
     */
    public static double width(NDArray x) {
        var distances = Kernels.current()
                .pairwiseSquaredDistances(x, x)
                .toType(DataType.FLOAT64, false)
                .toDoubleArray();
        int n = (int) x.getShape().get(0);
        var different = new double[n * (n - 1) / 2];
        int count = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                different[count++] = Math.sqrt(distances[i * n + j]);
            }
        }
        Arrays.sort(different);
        double median = different[different.length / 2];
        double mean = Arrays.stream(different).average().orElse(0);
        return median > 0 ? median : mean > 0 ? mean : 1;
    }
}
