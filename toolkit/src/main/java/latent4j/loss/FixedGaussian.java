package latent4j.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;

/**
 * Independent normal dimensions with one fixed standard deviation; the decoder puts out means.
 * log p(x|z) = −Σ ½·((x − μ)²/σ² + log σ² + log 2π): the squared error over 2σ², so that σ sets how
 * much the reconstruction weighs against the KL term.
 *
 * @param standardDeviation σ
 */
public record FixedGaussian(double standardDeviation) implements Likelihood {

    public FixedGaussian {
        Require.positive("standardDeviation", standardDeviation);
    }

    @Override
    public Scale scale(Shape shape, float[] record) {
        return Scale.DENSITY;
    }

    @Override
    public NDArray logLikelihood(NDArray x, NDArray mean) {
        var kernels = Kernels.current();
        return kernels.gaussianLogDensity(x, mean, kernels.constant(2 * Math.log(standardDeviation)));
    }

    @Override
    public NDArray mean(NDArray output) {
        return output;
    }

    @Override
    public String meanText(String output) {
        return output;
    }
}
