package latent4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.tensor.Kernels;
import latent4j.tensor.Mode;
import latent4j.tensor.Require;

/**
 * The transpose of a convolution; x: [batch, c, h, w], y: [batch, channels, h', w'] with h' = (h − 1)·stride −
 * 2·padding + kernel + (0 or more rows of output padding, so that any height and width can be reached).
 *
 * @param channels how many channels come out
 * @param kernel height and width of the kernel
 * @param stride step of the kernel, in both directions
 * @param padding how much the transposed convolution had padded
 * @param outputHeight rows added to the output, less than the stride
 * @param outputWidth columns added to the output, less than the stride
 */
public record TransposedConvolution(
        int channels, int kernel, int stride, int padding, int outputHeight, int outputWidth) implements Product {

    public TransposedConvolution {
        Require.atLeast("channels", 1, channels);
        Require.atLeast("kernel", 1, kernel);
        Require.atLeast("stride", 1, stride);
        Require.atLeast("padding", 0, padding);
        Require.atLeast("outputHeight", 0, outputHeight);
        Require.atLeast("outputWidth", 0, outputWidth);
        if (outputHeight >= stride || outputWidth >= stride) {
            throw new IllegalArgumentException("outputHeight and outputWidth must be less than stride " + stride
                    + ", got " + outputHeight + " and " + outputWidth);
        }
    }

    /** The layer that turns an image of shape {@code from} into one of height and width {@code height, width}. */
    public static TransposedConvolution to(
            int channels, int kernel, int stride, int padding, Shape from, long height, long width) {
        long addHeight = height - size(from.get(1), kernel, stride, padding, 0);
        long addWidth = width - size(from.get(2), kernel, stride, padding, 0);
        return new TransposedConvolution(channels, kernel, stride, padding, (int) addHeight, (int) addWidth);
    }

    @Override
    public Shape output(Shape input) {
        Checks.image("TransposedConvolution", input);
        return new Shape(
                channels,
                size(input.get(1), kernel, stride, padding, outputHeight),
                size(input.get(2), kernel, stride, padding, outputWidth));
    }

    private static long size(long input, int kernel, int stride, int padding, int added) {
        return (input - 1) * stride - 2L * padding + kernel + added;
    }

    @Override
    public List<Weight> weights(Shape input, Initialisation initialisation) {
        int inputs = channels * kernel * kernel; // as PyTorch counts them for a transposed convolution
        int outputs = (int) input.get(0) * kernel * kernel;
        return List.of(
                Weight.trainable(
                        "weight",
                        new Shape(input.get(0), channels, kernel, kernel),
                        initialisation.weight(inputs, outputs)),
                Weight.trainable("bias", new Shape(channels), initialisation.bias(inputs)));
    }

    @Override
    public void write(ForwardText text, Shape input) {
        text.convolution(
                "torch.conv_transpose2d",
                ", [" + stride + ", " + stride + "], [" + padding + ", " + padding + "], [" + outputHeight + ", "
                        + outputWidth + "]");
    }

    @Override
    public NDArray apply(Kernels kernels, NDArray x, List<NDArray> weights, Mode mode) {
        return kernels.transposedConvolution(
                x, weights.get(0), weights.get(1), stride, padding, outputHeight, outputWidth);
    }
}
