package latent4j.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import latent4j.tensor.Kernels;

/**
 * How much the dimensions of z tell about each other, KL(q(z) ‖ Π_j q(z_j)), where q(z) = E q(z|x) is the aggregated posterior
 * (Chen et al. 2018, equation 2). Nats.
 */
public final class TotalCorrelation {

    private TotalCorrelation() {}

    /**
     * The estimate by minibatch-weighted sampling (Chen et al. 2018, equation 3): log q(z) is estimated at each code z_i as
     * log 1/(N·M) Σ_j q(z_i|x_j) over the M records of the batch, and so is each log q(z_i,d).
     *
     * @param posterior q(z|x_j): [batch, d]
     * @param z one sample of each: [batch, d]
     * @param records N, how many records the data set has; it shifts the estimate by (d − 1)·log N and moves no gradient
     * @return nats, the mean over the batch
     */
    public static NDArray weighted(Gaussian posterior, NDArray z, long records) {
        var shape = z.getShape();
        long m = shape.get(0);
        long d = shape.get(1);
        var kernels = Kernels.current();
        var logDensities = logDensities(posterior, z);
        var joint = kernels.logSumExp(logDensities.sum(new int[] {2}));
        var marginals = kernels.logSumExp(logDensities).sum(new int[] {1});
        return kernels.affine(joint.sub(marginals).mean(), 1, (d - 1) * Math.log((double) records * m));
    }

    /** log q(z_i,d|x_j) of every code under every posterior, dimension by dimension: [i, j, d], nats. */
    public static NDArray logDensities(Gaussian posterior, NDArray z) {
        var shape = z.getShape();
        var points = new Shape(shape.get(0), 1, shape.get(1));
        var centres = new Shape(1, shape.get(0), shape.get(1));
        var logVariance = posterior.logVariance().reshape(centres);
        var squares = z.reshape(points)
                .sub(posterior.mean().reshape(centres))
                .square()
                .mul(logVariance.neg().exp());
        return Kernels.current().affine(squares.add(logVariance), -0.5, -0.5 * Math.log(2 * Math.PI));
    }

    /**
     * The estimate by a discriminator that tells codes from codes whose dimensions were shuffled over the batch: E log
     * D(z)/(1 − D(z)) (Kim and Mnih 2018, equation 3), which is the mean of its logits.
     *
     * @param logits of codes, [batch, 1]
     */
    public static NDArray byDensityRatio(NDArray logits) {
        return logits.mean();
    }
}
