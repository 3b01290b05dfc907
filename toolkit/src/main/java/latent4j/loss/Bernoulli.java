package latent4j.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import latent4j.tensor.Kernels;

/**
 * Independent Bernoulli dimensions; the decoder puts out logits l. log p(x|z) = Σ x·log σ(l) + (1−x)·log(1−σ(l)).
 *
 * <p>For x in {0, 1} this is a likelihood. Grey levels between are customary, but then it is no density,
 * and its values compare only with each other.
 */
public record Bernoulli() implements Likelihood {

    /** A probability where all values are 0 or 1, else a score. */
    @Override
    public Scale scale(Shape shape, float[] record) {
        for (float value : record) {
            if (value != 0 && value != 1) {
                return Scale.SCORE;
            }
        }
        return Scale.PROBABILITY;
    }

    @Override
    public NDArray logLikelihood(NDArray x, NDArray logits) {
        return Kernels.current().bernoulliLogLikelihood(x, logits);
    }

    @Override
    public NDArray mean(NDArray logits) {
        return Kernels.current().sigmoid(logits);
    }

    @Override
    public String meanText(String logits) {
        return "torch.sigmoid(" + logits + ")";
    }
}
