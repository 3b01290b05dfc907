package latent4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.tensor.Kernels;
import latent4j.tensor.Mode;

/** A function applied to each value. */
public enum Activation implements Layer {
    /** max(0, x). */
    RELU("torch.relu(%s)"),
    /** The hyperbolic tangent. */
    TANH("torch.tanh(%s)"),
    /** 1 / (1 + exp(−x)). */
    SIGMOID("torch.sigmoid(%s)"),
    /** x / (1 + exp(−x)), also called SiLU; smooth. */
    SWISH("torch.silu(%s)"),
    /** log(1 + exp(x)); smooth. */
    SOFTPLUS("torch.neg(torch.log_sigmoid(torch.neg(%s)))"),
    /** x where x > 0, else exp(x) − 1 (Clevert et al. 2016, with α = 1); its slope is continuous. */
    ELU("torch.elu(%s)");

    private final String expression;

    Activation(String expression) {
        this.expression = expression;
    }

    @Override
    public void write(ForwardText text, Shape input) {
        if (this == RELU) {
            text.kinked("torch.threshold_backward", "0");
        } else {
            text.result(String.format(expression, text.input()));
        }
    }

    @Override
    public NDArray apply(Kernels kernels, NDArray x, List<NDArray> weights, Mode mode) {
        return switch (this) {
            case RELU -> kernels.relu(x);
            case TANH -> x.tanh();
            case SIGMOID -> kernels.sigmoid(x);
            case SWISH -> kernels.sigmoid(x).mul(x);
            case SOFTPLUS -> kernels.softplus(x);
            case ELU -> x.getNDArrayInternal().elu(1);
        };
    }
}
