package latent4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.tensor.Kernels;
import latent4j.tensor.Mode;

/** exp(x)/Σ exp(x) over the last size: one class's probability beside the others'. */
public record Softmax() implements Layer {

    @Override
    public void write(ForwardText text, Shape input) {
        text.result("torch.softmax(" + text.input() + ", -1)");
    }

    @Override
    public NDArray apply(Kernels kernels, NDArray x, List<NDArray> weights, Mode mode) {
        return x.softmax(-1);
    }
}
