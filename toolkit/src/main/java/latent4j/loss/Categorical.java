package latent4j.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import latent4j.tensor.Kernels;

/**
 * One of k classes, or one at each step or pixel: x is one-hot along its last dimension, such as (steps, symbols); the
 * decoder puts out logits l of the same shape. log p(x|z) = Σ x·log softmax(l), the sum over all steps. The mean is the
 * classes' probabilities.
 */
public record Categorical() implements Likelihood {

    /** A probability where x is one-hot, else a score. */
    @Override
    public Scale scale(Shape shape, float[] record) {
        int classes = (int) shape.get(shape.dimension() - 1);
        for (int from = 0; from < record.length; from += classes) {
            int ones = 0;
            int zeros = 0;
            for (int i = from; i < from + classes; i++) {
                ones += record[i] == 1 ? 1 : 0;
                zeros += record[i] == 0 ? 1 : 0;
            }
            if (ones != 1 || zeros != classes - 1) {
                return Scale.SCORE;
            }
        }
        return Scale.PROBABILITY;
    }

    /** Classes, not their columns. */
    @Override
    public long dimensions(Shape shape) {
        return shape.size() / shape.get(shape.dimension() - 1);
    }

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
