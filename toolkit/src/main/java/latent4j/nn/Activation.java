package latent4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.tensor.Kernels;
import latent4j.tensor.Mode;

/** A function applied to each value. */
public enum Activation implements Layer {
    /** max(0, x). */
    RELU("torch.threshold_backward"),
    /** The hyperbolic tangent. */
    TANH("torch.tanh"),
    /** 1 / (1 + exp(−x)). */
    SIGMOID("torch.sigmoid"),
    /** x / (1 + exp(−x)), also called SiLU; smooth. */
    SWISH("torch.silu");

    private final String function;

    Activation(String function) {
        this.function = function;
    }

    @Override
    public void write(ForwardText text, Shape input) {
        if (this == RELU) {
            text.kinked(function, "0");
        } else {
            text.result(function + "(" + text.input() + ")");
        }
    }

    @Override
    public NDArray apply(Kernels kernels, NDArray x, List<NDArray> weights, Mode mode) {
        return switch (this) {
            case RELU -> kernels.relu(x);
            case TANH -> x.tanh();
            case SIGMOID -> kernels.sigmoid(x);
            case SWISH -> kernels.sigmoid(x).mul(x);
        };
    }
}
