package latent4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import latent4j.tensor.Kernels;
import latent4j.tensor.Mode;

/** Another shape over the same values, row-major. */
public record Reshape(Shape shape) implements Layer {

    @Override
    public Shape output(Shape input) {
        if (input.size() != shape.size()) {
            throw new IllegalArgumentException("Reshape to " + shape + " takes " + shape.size() + " values, got shape "
                    + input + " with " + input.size());
        }
        return shape;
    }

    @Override
    public void write(ForwardText text, Shape input) {
        var sizes = Arrays.stream(shape.getShape()).mapToObj(Long::toString).collect(Collectors.joining(", "));
        text.result("torch.reshape(" + text.input() + ", [-1, " + sizes + "])");
    }

    @Override
    public NDArray apply(Kernels kernels, NDArray x, List<NDArray> weights, Mode mode) {
        return x.reshape(new Shape(x.getShape().get(0)).addAll(shape));
    }
}
