package latent4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.tensor.Kernels;
import latent4j.tensor.Mode;
import latent4j.tensor.Require;

/**
 * A convolution; x: [batch, c, h, w], y: [batch, channels, h', w'] with h' = ⌊(h + 2·padding − kernel) / stride⌋ + 1.
 *
 * @param channels how many channels come out
 * @param kernel height and width of the kernel
 * @param stride step of the kernel, in both directions
 * @param padding zeros on each side
 */
public record Convolution(int channels, int kernel, int stride, int padding) implements Product {

    public Convolution {
        Require.atLeast("channels", 1, channels);
        Require.atLeast("kernel", 1, kernel);
        Require.atLeast("stride", 1, stride);
        Require.atLeast("padding", 0, padding);
    }

    @Override
    public Shape output(Shape input) {
        Checks.image("Convolution", input);
        return new Shape(channels, size(input, 1), size(input, 2));
    }

    private long size(Shape input, int dimension) {
        long room = input.get(dimension) + 2L * padding - kernel;
        if (room < 0) {
            throw new IllegalArgumentException("Convolution with kernel " + kernel + " and padding " + padding
                    + " is larger than its input of shape " + input);
        }
        return room / stride + 1;
    }

    @Override
    public List<Weight> weights(Shape input, Initialisation initialisation) {
        int inputs = (int) input.get(0) * kernel * kernel;
        int outputs = channels * kernel * kernel;
        return List.of(
                Weight.trainable(
                        "weight",
                        new Shape(channels, input.get(0), kernel, kernel),
                        initialisation.weight(inputs, outputs)),
                Weight.trainable("bias", new Shape(channels), initialisation.bias(inputs)));
    }

    @Override
    public void write(ForwardText text, Shape input) {
        text.convolution("torch.conv2d", ", [" + stride + ", " + stride + "], [" + padding + ", " + padding + "]");
    }

    @Override
    public NDArray apply(Kernels kernels, NDArray x, List<NDArray> weights, Mode mode) {
        return kernels.convolution(x, weights.get(0), weights.get(1), stride, padding);
    }
}
