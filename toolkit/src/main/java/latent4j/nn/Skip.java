package latent4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.UnaryOperator;
import latent4j.tensor.Kernels;
import latent4j.tensor.Mode;

/**
 * A skip connection (U-Net: Ronneberger et al. 2015, section 2): x beside layers(x), along the channels of images and the
 * features of vectors. Nested, they make a U-Net.
 *
 * @param layers from x to something of the same height and width
 */
public record Skip(List<Layer> layers) implements Layer {

    public Skip {
        layers = List.copyOf(layers);
    }

    @Override
    public Shape output(Shape input) {
        var inner = new Chain(layers).output(input);
        if (!inner.slice(1).equals(input.slice(1))) {
            throw new IllegalArgumentException("Skip puts shapes " + input + " (its input) and " + inner
                    + " (its layers' output) side by side: they may differ in the first size only");
        }
        return new Shape(input.get(0) + inner.get(0)).addAll(input.slice(1));
    }

    @Override
    public List<Weight> weights(Shape input, Initialisation initialisation) {
        return new Chain(layers).weights(input, initialisation);
    }

    @Override
    public boolean mixesExamples() {
        return new Chain(layers).mixesExamples();
    }

    @Override
    public Layer changed(UnaryOperator<Layer> change) {
        return change.apply(new Skip(new Chain(layers).changed(change).layers()));
    }

    @Override
    public void write(ForwardText text, Shape input) {
        var x = text.input();
        new Chain(layers).write(text, input);
        text.result("torch.cat([" + x + ", " + text.input() + "], 1)");
    }

    @Override
    public NDArray apply(Kernels kernels, NDArray x, List<NDArray> weights, Mode mode) {
        return x.concat(new Chain(layers).apply(kernels, x, weights, mode), 1);
    }
}
