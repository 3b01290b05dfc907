package latent4j.model.translation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import latent4j.model.Step;
import latent4j.tensor.Kernels;

/** A batch of pairs taken apart: see {@link latent4j.data.Pairs}. */
record Pair(NDArray source, NDArray target) {

    /** The upper and the lower halves of a step's records, each [batch, c, h, w]. */
    static Pair of(Step step) {
        return new Pair(
                step.shared("source", () -> half(step.data(), 0)), step.shared("target", () -> half(step.data(), 1)));
    }

    private static NDArray half(NDArray pairs, int half) {
        var shape = pairs.getShape();
        long channels = shape.get(0) * shape.get(1);
        var halves = Kernels.current().halves(pairs.reshape(new Shape(channels, shape.get(2) * shape.get(3))));
        return halves.get(half).reshape(new Shape(shape.get(0), shape.get(1), shape.get(2) / 2, shape.get(3)));
    }
}
