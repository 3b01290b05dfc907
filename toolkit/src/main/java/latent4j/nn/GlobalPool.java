package latent4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Locale;
import latent4j.tensor.Kernels;
import latent4j.tensor.Mode;

/** One value a channel: over height and width; x: [batch, c, h, w], y: [batch, c]. */
public enum GlobalPool implements Layer {
    /** The sum, as in the discriminator of Miyato et al. 2018, table 4. */
    SUM,
    /** The mean. */
    MEAN;

    @Override
    public Shape output(Shape input) {
        Checks.image("GlobalPool", input);
        return new Shape(input.get(0));
    }

    @Override
    public void write(ForwardText text, Shape input) {
        text.result("torch." + name().toLowerCase(Locale.ROOT) + "(" + text.input() + ", [2, 3])");
    }

    @Override
    public NDArray apply(Kernels kernels, NDArray x, List<NDArray> weights, Mode mode) {
        int[] pixels = {2};
        var flat = x.reshape(x.getShape().get(0), x.getShape().get(1), -1);
        return this == SUM ? flat.sum(pixels) : flat.mean(pixels);
    }
}
