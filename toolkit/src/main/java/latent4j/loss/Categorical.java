package latent4j.loss;

import ai.djl.ndarray.NDArray;
import latent4j.tensor.Kernels;

/**
 * One of k classes, or one at each step or pixel: x is one-hot along its last dimension, such as (steps, symbols); the
 * decoder puts out logits l of the same shape. log p(x|z) = Σ x·log softmax(l), the sum over all steps. The mean is the
 * classes' probabilities.
 */
public record Categorical() implements Likelihood {

    @Override
    public NDArray logLikelihood(NDArray x, NDArray logits) {
        return Kernels.current().categoricalLogLikelihood(x, logits);
    }

    @Override
    public NDArray mean(NDArray logits) {
        return Kernels.current().softmax(logits);
    }

    @Override
    public String meanText(String logits) {
        return "torch.softmax(" + logits + ", -1)";
    }
}
