package latent4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.tensor.Kernels;
import latent4j.tensor.Mode;
import latent4j.tensor.Require;

/**
 * The means over squares of pixels side by side; x: [batch, c, h, w], y: [batch, c, ⌈h/size⌉, ⌈w/size⌉]. Where the last
 * squares reach over the edge, they are the means of what they hold.
 *
 * @param size height and width of a square, ≥ 1
 */
public record AveragePool(int size) implements Layer {

    public AveragePool {
        Require.atLeast("size", 1, size);
    }

    @Override
    public Shape output(Shape input) {
        Checks.image("AveragePool", input);
        return new Shape(input.get(0), pooled(input.get(1)), pooled(input.get(2)));
    }

    private long pooled(long pixels) {
        return (pixels + size - 1) / size;
    }

    @Override
    public void write(ForwardText text, Shape input) {
        text.result("torch.avg_pool2d(" + text.input() + ", [" + size + ", " + size + "], [" + size + ", " + size
                + "], [0, 0], True)");
    }

    @Override
    public NDArray apply(Kernels kernels, NDArray x, List<NDArray> weights, Mode mode) {
        return Pixels.combined(
                x, means((int) x.getShape().get(2)), means((int) x.getShape().get(3)));
    }

    private float[][] means(int pixels) {
        var rows = new float[(int) pooled(pixels)][pixels];
        for (int i = 0; i < rows.length; i++) {
            int end = Math.min(pixels, (i + 1) * size);
            for (int j = i * size; j < end; j++) {
                rows[i][j] = 1f / (end - i * size);
            }
        }
        return rows;
    }
}
