package latent4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.tensor.Kernels;
import latent4j.tensor.Mode;

/** Any shape to a vector, row-major. */
public record Flatten() implements Layer {

    @Override
    public Shape output(Shape input) {
        return new Shape(input.size());
    }

    @Override
    public void write(ForwardText text, Shape input) {
        text.result("torch.flatten(" + text.input() + ", 1)");
    }

    @Override
    public NDArray apply(Kernels kernels, NDArray x, List<NDArray> weights, Mode mode) {
        return x.reshape(x.getShape().get(0), -1);
    }
}
