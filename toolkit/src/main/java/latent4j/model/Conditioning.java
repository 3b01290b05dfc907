package latent4j.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import latent4j.tensor.Kernels;

/** A class beside a record, as a conditional network takes them. */
public final class Conditioning {

    private Conditioning() {}

    /**
     * What a network takes that sees records and classes: for vectors as many more columns as there are classes, for images
     * as many more channels.
     */
    public static Shape input(Shape record, int classes) {
        var sizes = record.getShape().clone();
        sizes[0] += classes;
        return new Shape(sizes);
    }

    /**
     * Records and classes for a network of this input: side by side as vectors where it takes vectors; as channels that are
     * 1 for the class and 0 for the others where it takes images.
     *
     * @param x [batch, shape…]
     * @param classes one-hot, [batch, classes]
     * @param input what the network takes, see {@link #input}
     */
    public static NDArray beside(NDArray x, NDArray classes, Shape input) {
        long batch = x.getShape().get(0);
        if (input.dimension() == 1) {
            var vectors = x.reshape(batch, x.getShape().slice(1).size());
            return Kernels.current().concatenate(List.of(vectors, classes));
        }
        var one = new long[input.dimension() + 1];
        Arrays.fill(one, 1);
        one[0] = batch;
        one[1] = classes.getShape().get(1);
        var plane = input.getShape().clone();
        plane[0] = 1;
        var values = new float[(int) new Shape(plane).size()];
        Arrays.fill(values, 1);
        var planes = classes.reshape(one).mul(latent4j.tensor.Arrays.of(values, new Shape(1).addAll(new Shape(plane))));
        return Kernels.current().concatenate(List.of(x, planes));
    }
}
