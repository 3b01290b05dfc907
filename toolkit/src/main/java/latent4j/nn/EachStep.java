package latent4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.UnaryOperator;
import latent4j.tensor.Kernels;
import latent4j.tensor.Mode;

/**
 * The same layers for each step of a sequence; x: [batch, steps, step…], y: [batch, steps, layers(step)…].
 *
 * @param layers from one step's shape to another
 */
public record EachStep(List<Layer> layers) implements Layer {

    public EachStep {
        layers = List.copyOf(layers);
    }

    /** These layers for each step. */
    public EachStep(Layer... layers) {
        this(List.of(layers));
    }

    @Override
    public Shape output(Shape input) {
        if (input.dimension() < 2) {
            throw new IllegalArgumentException("EachStep takes sequences (steps, step...), got shape " + input);
        }
        return new Shape(input.get(0)).addAll(new Chain(layers).output(input.slice(1)));
    }

    @Override
    public List<Weight> weights(Shape input, Initialisation initialisation) {
        return new Chain(layers).weights(input.slice(1), initialisation);
    }

    @Override
    public boolean mixesExamples() {
        return new Chain(layers).mixesExamples();
    }

    @Override
    public Layer changed(UnaryOperator<Layer> change) {
        return change.apply(new EachStep(new Chain(layers).changed(change).layers()));
    }

    @Override
    public void write(ForwardText text, Shape input) {
        text.result("torch.flatten(" + text.input() + ", 0, 1)");
        new Chain(layers).write(text, input.slice(1));
        text.result(
                "torch.reshape(" + text.input() + ", " + ForwardText.sizes(new Shape(-1).addAll(output(input))) + ")");
    }

    @Override
    public NDArray apply(Kernels kernels, NDArray x, List<NDArray> weights, Mode mode) {
        var step = x.getShape().slice(2);
        var y = new Chain(layers).apply(kernels, x.reshape(new Shape(-1).addAll(step)), weights, mode);
        return y.reshape(x.getShape().slice(0, 2).addAll(y.getShape().slice(1)));
    }
}
