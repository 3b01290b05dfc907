package latent4j.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import latent4j.tensor.Kernels;

/**
 * The squared maximum mean discrepancy between two samples, unbiased (Gretton et al. 2012, equation 3):
 * the mean of k(x, x') over pairs of different x, plus the same of y, minus twice the mean of k(x, y). Zero in
 * expectation where both come from one distribution; it can be negative. The kernel is the mean of Gaussian
 * kernels exp(−‖x − y‖² / (2·s²·w²)) with s = ½, 1, 2 and w the given width. No unit.
 */
public final class MaximumMeanDiscrepancy {

    private static final double[] SCALES = {0.5, 1, 2};

    private MaximumMeanDiscrepancy() {}

    /**
     * MMD² between the rows of x and y.
     *
     * @param x [n, d], n ≥ 2
     * @param y [m, d], m ≥ 2
     * @param width the middle kernel's width, in the data's unit; see {@link #width}
     */
    public static NDArray squared(NDArray x, NDArray y, double width) {
        long n = x.getShape().get(0);
        long m = y.getShape().get(0);
        if (n < 2 || m < 2) {
            throw new IllegalArgumentException("MMD needs at least 2 rows on each side, got " + n + " and " + m);
        }
        var kernels = Kernels.current();
        // The diagonal of k(x, x) is 1 for each of n pairs, and must not count.
        var within = kernels.affine(sumOfKernels(x, x, width), 1.0 / (n * (n - 1)), -1.0 / (n - 1))
                .add(kernels.affine(sumOfKernels(y, y, width), 1.0 / (m * (m - 1)), -1.0 / (m - 1)));
        return within.sub(kernels.affine(sumOfKernels(x, y, width), 2.0 / (n * m), 0));
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

    private static NDArray sumOfKernels(NDArray x, NDArray y, double width) {
        var kernels = Kernels.current();
        var distances = kernels.pairwiseSquaredDistances(x, y);
        NDArray sum = null;
        for (double scale : SCALES) {
            var kernel = kernels.affine(distances, -1 / (2 * scale * scale * width * width), 0)
                    .exp();
            sum = sum == null ? kernel : sum.add(kernel);
        }
        return kernels.affine(sum.sum(), 1.0 / SCALES.length, 0);
    }
}
