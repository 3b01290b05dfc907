package latent4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import latent4j.tensor.Kernels;
import latent4j.tensor.Mode;

/**
 * A residual block (He et al. 2016, equations 1 and 2): layers(x) + shortcut(x).
 *
 * @param layers the block's own layers
 * @param shortcut the other way from input to output; with none, the input itself
 */
public record Residual(List<Layer> layers, List<Layer> shortcut) implements Layer {

    public Residual {
        layers = List.copyOf(layers);
        shortcut = List.copyOf(shortcut);
    }

    /** A block that adds its input; what comes out must have the shape of what goes in. */
    public Residual(Layer... layers) {
        this(List.of(layers), List.of());
    }

    /**
     * A block with the shortcut that fits its shapes: nothing, a Linear for vectors, or for images a 1×1 convolution, after
     * average pooling where the block halves height and width, or after doubling them as nearest pixels.
     *
     * @param input one example's shape
     */
    public static Residual of(Shape input, Layer... layers) {
        var output = new Chain(List.of(layers)).output(input);
        var shortcut = new ArrayList<Layer>();
        if (output.dimension() == 3) {
            if (output.get(1) < input.get(1) || output.get(2) < input.get(2)) {
                shortcut.add(new AveragePool(2));
            } else if (output.get(1) > input.get(1) || output.get(2) > input.get(2)) {
                shortcut.add(new Upsample((int) output.get(1), (int) output.get(2), false));
            }
            if (output.get(0) != input.get(0)) {
                shortcut.add(new Convolution((int) output.get(0), 1, 1, 0));
            }
        } else if (output.dimension() == 1 && !output.equals(input)) {
            shortcut.add(new Linear((int) output.get(0), false));
        }
        var block = new Residual(List.of(layers), shortcut);
        block.output(input);
        return block;
    }

    @Override
    public Shape output(Shape input) {
        var output = new Chain(layers).output(input);
        var added = new Chain(shortcut).output(input);
        if (!output.equals(added)) {
            throw new IllegalArgumentException("Residual adds shapes " + output + " (its layers) and " + added
                    + " (its shortcut): they must be the same; Residual.of makes a fitting shortcut");
        }
        return output;
    }

    @Override
    public List<Weight> weights(Shape input, Initialisation initialisation) {
        var weights = new ArrayList<>(new Chain(layers).weights(input, initialisation));
        new Chain(shortcut)
                .weights(input, initialisation).stream()
                        .map(w -> w.named("shortcut " + w.name()))
                        .forEach(weights::add);
        return weights;
    }

    @Override
    public boolean mixesExamples() {
        return new Chain(layers).mixesExamples() || new Chain(shortcut).mixesExamples();
    }

    @Override
    public Layer changed(UnaryOperator<Layer> change) {
        return change.apply(new Residual(
                new Chain(layers).changed(change).layers(),
                new Chain(shortcut).changed(change).layers()));
    }

    @Override
    public void write(ForwardText text, Shape input) {
        var x = text.input();
        new Chain(layers).write(text, input);
        var y = text.input();
        text.from(x);
        new Chain(shortcut).write(text, input);
        text.result("torch.add(" + y + ", " + text.input() + ")");
    }

    @Override
    public NDArray apply(Kernels kernels, NDArray x, List<NDArray> weights, Mode mode) {
        int own = new Chain(layers).count(x.getShape().slice(1));
        var y = new Chain(layers).apply(kernels, x, weights.subList(0, own), mode);
        return y.add(new Chain(shortcut).apply(kernels, x, weights.subList(own, weights.size()), mode));
    }
}
