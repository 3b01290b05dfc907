package latent4j.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.data.Samples;
import latent4j.nn.Net;
import latent4j.nn.Nets;
import latent4j.tensor.Arrays;
import latent4j.tensor.Kernels;

/**
 * Independent normal dimensions with one learned standard deviation σ (Rybkin et al. 2021, section 3, «σ-VAE»): the decoder
 * puts out means. log p(x|z) = −Σ ½·((x − μ)²/σ² + log σ² + log 2π), so that the model itself finds how much the
 * reconstruction weighs against the KL term: at the optimum σ² is the mean squared error of a value.
 *
 * @param logVariance its weight is log σ²: from 1 to one number
 */
public record LearnedGaussian(Net logVariance) implements LearnedLikelihood {

    private static final double SCALE = 0.2;

    /** Starts with σ near 1. */
    public static LearnedGaussian start() {
        return new LearnedGaussian(Nets.table("log variance", 1, 1, SCALE));
    }

    /** σ. */
    public double standardDeviation() {
        return Math.exp(0.5
                * Inference.map(Samples.of(new Shape(1), new float[] {1}), new Shape(1), logVariance::apply)
                        .row(0)[0]);
    }

    @Override
    public List<Net> nets() {
        return List.of(logVariance);
    }

    @Override
    public Scale scale(Shape shape, float[] record) {
        return Scale.DENSITY;
    }

    @Override
    public NDArray logLikelihood(NDArray x, NDArray mean) {
        var one = Arrays.of(new float[] {1}, new Shape(1, 1));
        return Kernels.current()
                .gaussianLogDensity(x, mean, logVariance.apply(one).reshape(new Shape()));
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
