package latent4j.model.gan;

import ai.djl.ndarray.types.Shape;
import latent4j.model.Step;
import latent4j.tensor.Arrays;
import latent4j.tensor.Seed;

/** Steps that tests look into. */
final class Steps {

    private Steps() {}

    /** One with as many records, uniform on [0, 1), as labels; the same at every call. */
    static Step of(Shape shape, int... labels) {
        int n = labels.length;
        var x = Arrays.of(new Seed(1).uniform(n * (int) shape.size()), new Shape(n).addAll(shape));
        return new Step(x, labels, new Seed(2), 0, 0);
    }
}
