package latent4j.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;

/**
 * Independent dimensions, each one of some levels between 0 and 1, k/(levels − 1): a logistic distribution's probability of
 * the interval of values nearest to the level, with what lies below 0 added to the first and what lies above 1 to the last
 * (Kingma et al. 2016, appendix C.2; Salimans et al. 2017, equation 2 with one component). The probabilities of all levels
 * sum to 1, so that the log-likelihood divided by d·log 2 is in bits per dimension.
 *
 * <p>The decoder puts out r and, after it along the first dimension, r': the distribution is centred at μ = σ(r), which
 * is shown as the mean, and has scale s, in the data's unit. The decoder's r' gives log s = −7 + log(1 + exp(r' + 7)), which
 * never falls below −7, as in Salimans et al. A value between two levels counts as the nearest.
 *
 * @param levels ≥ 2; 256 for 8-bit images
 */
public record DiscretisedLogistic(int levels) implements Likelihood {

    private static final double LEAST_LOG_SCALE = -7;

    public DiscretisedLogistic {
        Require.atLeast("levels", 2, levels);
    }

    /** 256 levels. */
    public DiscretisedLogistic() {
        this(256);
    }

    /** (d, …) to (2·d, …): twice as many channels for images. */
    @Override
    public Shape outputs(Shape shape) {
        return new Shape(2 * shape.get(0)).addAll(shape.slice(1));
    }

    /** A probability, also of a value between two levels: that of the nearest. */
    @Override
    public Scale scale(Shape shape, float[] record) {
        return Scale.PROBABILITY;
    }

    @Override
    public NDArray logLikelihood(NDArray x, NDArray output) {
        var kernels = Kernels.current();
        var raised = kernels.affine(kernels.halves(output).get(1), 1, -LEAST_LOG_SCALE);
        var logScale = kernels.affine(kernels.softplus(raised), 1, LEAST_LOG_SCALE);
        return kernels.discretisedLogisticLogLikelihood(x, mean(output), logScale, levels);
    }

    @Override
    public NDArray mean(NDArray output) {
        var kernels = Kernels.current();
        return kernels.sigmoid(kernels.halves(output).get(0));
    }

    @Override
    public String meanText(String output) {
        return "torch.sigmoid(torch.chunk(" + output + ", 2, 1)[0])";
    }
}
