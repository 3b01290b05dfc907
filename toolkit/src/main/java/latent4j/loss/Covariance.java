package latent4j.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import latent4j.tensor.Arrays;

/** The covariance of codes, and its distance from the identity matrix. */
public final class Covariance {

    private Covariance() {}

    /**
     * The covariance over the batch, divided by its size.
     *
     * @param x [batch, d]
     * @return [d, d]
     */
    public static NDArray of(NDArray x) {
        long n = x.getShape().get(0);
        long d = x.getShape().get(1);
        var centred = x.sub(x.mean(new int[] {0}, true));
        return centred.reshape(n, d, 1).mul(centred.reshape(n, 1, d)).mean(new int[] {0});
    }

    /** Cov[z] = Cov[μ(x)] + E[Σ(x)] of codes from these posteriors: [d, d]. */
    public static NDArray ofCodes(Gaussian posterior) {
        int d = (int) posterior.mean().getShape().get(1);
        var variances = posterior.logVariance().exp().mean(new int[] {0}, true); // [1, d], added along the diagonal
        return of(posterior.mean()).add(Arrays.of(identity(d), new Shape(d, d)).mul(variances));
    }

    private static float[] identity(int d) {
        var identity = new float[d * d];
        for (int i = 0; i < d; i++) {
            identity[i * d + i] = 1;
        }
        return identity;
    }

    /**
     * λ_od Σ_{i≠j} C_ij² + λ_d Σ_i (C_ii − 1)² (Kumar et al. 2018, equations 6 and 7).
     *
     * @param covariance C: [d, d]
     * @param offDiagonal λ_od
     * @param diagonal λ_d
     */
    public static NDArray distanceFromIdentity(NDArray covariance, double offDiagonal, double diagonal) {
        int d = (int) covariance.getShape().get(0);
        var identity = identity(d);
        var weights = new float[d * d];
        for (int i = 0; i < d * d; i++) {
            weights[i] = (float) (identity[i] == 1 ? diagonal : offDiagonal);
        }
        var shape = new Shape(d, d);
        return covariance
                .sub(Arrays.of(identity, shape))
                .square()
                .mul(Arrays.of(weights, shape))
                .sum();
    }
}
