package latent4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import latent4j.tensor.Kernels;
import latent4j.tensor.Mode;

/**
 * Layers one after the other: what a network is made of, and what layers that hold others are made of.
 *
 * @param layers in order; with none, what goes in comes out
 */
record Chain(List<Layer> layers) {

    /** The shapes between the layers: the input's first, the output's last. */
    List<Shape> shapes(Shape input) {
        var shapes = new ArrayList<Shape>();
        shapes.add(input);
        for (int i = 0; i < layers.size(); i++) {
            try {
                shapes.add(layers.get(i).output(shapes.get(i)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "layer " + i + " of " + layers.size() + ", " + layers.get(i) + ": " + e.getMessage(), e);
            }
        }
        return shapes;
    }

    Shape output(Shape input) {
        return shapes(input).get(layers.size());
    }

    /** All weights, each named after the number of its layer. */
    List<Weight> weights(Shape input, Initialisation initialisation) {
        var shapes = shapes(input);
        var weights = new ArrayList<Weight>();
        for (int i = 0; i < layers.size(); i++) {
            int number = i;
            layers.get(i).weights(shapes.get(i), initialisation).stream()
                    .map(w -> w.named(number + " " + w.name()))
                    .forEach(weights::add);
        }
        return weights;
    }

    /** How many weights the layers have together. */
    int count(Shape input) {
        return weights(input, new Initialisation.ByInputs()).size();
    }

    boolean mixesExamples() {
        return layers.stream().anyMatch(Layer::mixesExamples);
    }

    Chain changed(UnaryOperator<Layer> change) {
        return new Chain(layers.stream().map(layer -> layer.changed(change)).toList());
    }

    void write(ForwardText text, Shape input) {
        var shapes = shapes(input);
        for (int i = 0; i < layers.size(); i++) {
            layers.get(i).write(text, shapes.get(i));
        }
    }

    NDArray apply(Kernels kernels, NDArray x, List<NDArray> weights, Mode mode) {
        int from = 0;
        for (var layer : layers) {
            int to = from + new Chain(List.of(layer)).count(x.getShape().slice(1));
            x = layer.apply(kernels, x, weights.subList(from, to), mode);
            from = to;
        }
        return x;
    }
}
