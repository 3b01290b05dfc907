package latent4j.metric;

import java.util.Arrays;
import latent4j.data.Samples;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * The Fréchet distance between two sets of vectors, each taken for a Gaussian: ‖μ₁ − μ₂‖² + tr(Σ₁ + Σ₂ − 2(Σ₁Σ₂)^½), with the
 * unbiased covariances (Heusel et al. 2017, equation 6; Dowson and Landau 1982). In units of the features squared; 0 for equal
 * sets, and exact for Gaussians. In float64, by tr (Σ₁Σ₂)^½ = tr (Σ₁^½ Σ₂ Σ₁^½)^½, whose matrices are symmetric.
 *
 * <p>Of n vectors the distance comes out too large, the more so the fewer there are (Bińkowski et al. 2018, appendix D): only
 * distances at the same counts can be compared.
 */
public final class FrechetDistance {

    private FrechetDistance() {}

    /**
     * Between two sets of features, [n, d] and [m, d].
     *
     * @throws IllegalArgumentException unless each set has more vectors than features: then their covariance tells directions
     *     apart that nobody has seen
     */
    public static double between(Samples a, Samples b) {
        Distances.requireVectors(a, b);
        int needed = (int) a.shape().size() + 1;
        if (Math.min(a.size(), b.size()) < needed) {
            throw new IllegalArgumentException("the Fréchet distance on " + (needed - 1)
                    + " features needs at least " + needed + " records in each set, got " + a.size() + " and "
                    + b.size());
        }
        return ofAnyCount(a, b);
    }

    /** The same for halves of sets that have enough. */
    static double ofAnyCount(Samples a, Samples b) {
        var first = mean(a);
        var second = mean(b);
        return between(first, covariance(a, first), second, covariance(b, second));
    }

    /** Between two Gaussians, N(mean1, covariance1) and N(mean2, covariance2). */
    public static double between(double[] mean1, double[][] covariance1, double[] mean2, double[][] covariance2) {
        double distance = 0;
        for (int k = 0; k < mean1.length; k++) {
            distance += (mean1[k] - mean2[k]) * (mean1[k] - mean2[k]) + covariance1[k][k] + covariance2[k][k];
        }
        var root = root(covariance1);
        var product =
                root.multiply(new Array2DRowRealMatrix(covariance2, false)).multiply(root);
        for (double eigenvalue : new Eigen(symmetric(product)).values) {
            distance -= 2 * Math.sqrt(eigenvalue);
        }
        return Math.max(0, distance); // below 0 by rounding alone
    }

    /** Σ^½ = V diag(√λ) Vᵀ. */
    private static RealMatrix root(double[][] covariance) {
        var eigen = new Eigen(new Array2DRowRealMatrix(covariance, false));
        var scaled = eigen.vectors.copy();
        for (int k = 0; k < covariance.length; k++) {
            scaled.setColumnVector(k, scaled.getColumnVector(k).mapMultiply(Math.sqrt(Math.sqrt(eigen.values[k]))));
        }
        return scaled.multiply(scaled.transpose());
    }

    /** Eigenvalues, none below 0, and eigenvectors of a positive semi-definite matrix. */
    private static final class Eigen {
        final double[] values;
        final RealMatrix vectors;

        Eigen(RealMatrix matrix) {
            // The library's iteration may not end where many eigenvalues are nearly 0, as those of pixels that never
            // change.
            // Shifted by the size of the largest, none is, and they come out as exactly as float64 holds the matrix.
            double shift = matrix.getTrace();
            var shifted = matrix.add(MatrixUtils.createRealIdentityMatrix(matrix.getRowDimension())
                    .scalarMultiply(shift));
            var found = new EigenDecomposition(shifted);
            values = Arrays.stream(found.getRealEigenvalues())
                    .map(x -> Math.max(0, x - shift))
                    .toArray();
            vectors = found.getV();
        }
    }

    /** Without the last bits' differences, by which the library would take it for another kind of matrix. */
    private static RealMatrix symmetric(RealMatrix x) {
        return x.add(x.transpose()).scalarMultiply(0.5);
    }

    private static double[] mean(Samples x) {
        var mean = new double[(int) x.shape().size()];
        for (int i = 0; i < x.size(); i++) {
            var row = x.row(i);
            for (int k = 0; k < mean.length; k++) {
                mean[k] += row[k] / (double) x.size();
            }
        }
        return mean;
    }

    private static double[][] covariance(Samples x, double[] mean) {
        int d = mean.length;
        var covariance = new double[d][d];
        var centred = new double[d];
        for (int i = 0; i < x.size(); i++) {
            var row = x.row(i);
            for (int k = 0; k < d; k++) {
                centred[k] = row[k] - mean[k];
            }
            for (int k = 0; k < d; k++) {
                var line = covariance[k];
                double value = centred[k] / (x.size() - 1);
                for (int l = 0; l <= k; l++) {
                    line[l] += value * centred[l];
                }
            }
        }
        for (int k = 0; k < d; k++) {
            for (int l = k + 1; l < d; l++) {
                covariance[k][l] = covariance[l][k];
            }
        }
        return covariance;
    }
}
