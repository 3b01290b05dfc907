package latent4j.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;

/**
 * Independent normal dimensions, each with a standard deviation of its own, as in Kingma and Welling 2014, appendix C.2: the
 * decoder puts out means μ and, after them along the first dimension, r with σ² = σ₀² + exp(r). log p(x|z) = −Σ ½·((x −
 * μ)²/σ² + log σ² + log 2π).
 *
 * <p>The floor σ₀ is needed: where data repeat a value exactly, as dark pixels do, the likelihood has no maximum without it.
 *
 * @param floor σ₀ > 0, in the data's unit
 */
public record DiagonalGaussian(double floor) implements Likelihood {

    public DiagonalGaussian {
        Require.positive("floor", floor);
    }

    /** (d, …) to (2·d, …): twice as many channels for images. */
    @Override
    public Shape outputs(Shape shape) {
        return new Shape(2 * shape.get(0)).addAll(shape.slice(1));
    }

    @Override
    public Scale scale(Shape shape, float[] record) {
        return Scale.DENSITY;
    }

    @Override
    public NDArray logLikelihood(NDArray x, NDArray output) {
        var kernels = Kernels.current();
        var halves = kernels.halves(output);
        double least = 2 * Math.log(floor);
        var logVariance = kernels.affine(kernels.softplus(kernels.affine(halves.get(1), 1, -least)), 1, least);
        return kernels.gaussianLogDensity(x, halves.get(0), logVariance);
    }

    @Override
    public NDArray mean(NDArray output) {
        return Kernels.current().halves(output).get(0);
    }

    @Override
    public String meanText(String output) {
        return "torch.chunk(" + output + ", 2, 1)[0]";
    }
}
