package latent4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.tensor.Kernels;
import latent4j.tensor.Mode;
import latent4j.tensor.Require;

/**
 * An image brought to another height and width; x: [batch, c, h, w], y: [batch, c, height, width].
 *
 * @param height rows of the result, ≥ 1
 * @param width columns of the result, ≥ 1
 * @param smooth between pixels, bilinear, with the images' edges laid on each other; else the nearest pixel
 */
public record Upsample(int height, int width, boolean smooth) implements Layer {

    public Upsample {
        Require.atLeast("height", 1, height);
        Require.atLeast("width", 1, width);
    }

    @Override
    public Shape output(Shape input) {
        Checks.image("Upsample", input);
        return new Shape(input.get(0), height, width);
    }

    @Override
    public void write(ForwardText text, Shape input) {
        var size = ", [" + height + ", " + width + "], ";
        text.result(
                smooth
                        ? "torch.upsample_bilinear2d(" + text.input() + size + "False, None, None)"
                        : "torch.upsample_nearest2d(" + text.input() + size + "None, None)");
    }

    @Override
    public NDArray apply(Kernels kernels, NDArray x, List<NDArray> weights, Mode mode) {
        return Pixels.combined(
                x,
                shares((int) x.getShape().get(2), height),
                shares((int) x.getShape().get(3), width));
    }

    /** What each pixel of the result is made of. */
    private float[][] shares(int from, int to) {
        var rows = new float[to][from];
        for (int i = 0; i < to; i++) {
            if (smooth) {
                double place = Math.max(0, (i + 0.5) * from / to - 0.5);
                int before = Math.min((int) place, from - 1);
                int after = Math.min(before + 1, from - 1);
                rows[i][before] += (float) (1 - (place - before));
                rows[i][after] += (float) (place - before);
            } else {
                rows[i][(int) ((long) i * from / to)] = 1;
            }
        }
        return rows;
    }
}
