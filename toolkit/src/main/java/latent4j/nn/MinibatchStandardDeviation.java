package latent4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.tensor.Kernels;
import latent4j.tensor.Mode;

/**
 * One more feature, the same for all examples of a batch: how much they vary (Karras et al. 2018, section 3). It is the
 * standard deviation of each value over the batch, √(σ² + 10⁻⁸), averaged over all values: one more channel of images, one
 * more number of vectors. Over the batch that is at hand, also in use.
 */
public record MinibatchStandardDeviation() implements Layer {

    @Override
    public Shape output(Shape input) {
        if (input.dimension() != 1 && input.dimension() != 3) {
            throw new IllegalArgumentException(
                    "MinibatchStandardDeviation takes vectors (d) or images (channels, height, width), got shape "
                            + input);
        }
        return new Shape(input.get(0) + 1).addAll(input.slice(1));
    }

    @Override
    public boolean mixesExamples() {
        return true;
    }

    @Override
    public void write(ForwardText text, Shape input) {
        var x = text.input();
        var deviations = text.value("torch.sqrt(torch.add(torch.var(" + x + ", [0], False), 1e-08))");
        var one = ForwardText.sizes(new Shape(1, 1).addAll(ones(input)));
        var all = ForwardText.sizes(new Shape(1).addAll(input.slice(1)));
        text.result("torch.cat([" + x + ", torch.expand(torch.reshape(torch.mean(" + deviations + "), " + one
                + "), [torch.size(" + x + ", 0), " + all.substring(1) + ")], 1)");
    }

    private static Shape ones(Shape input) {
        return input.dimension() == 1 ? new Shape() : new Shape(1, 1);
    }

    @Override
    public NDArray apply(Kernels kernels, NDArray x, List<NDArray> weights, Mode mode) {
        int[] examples = {0};
        var variances = x.sub(x.mean(examples, true)).square().mean(examples);
        var one = new Shape(1, 1).addAll(ones(x.getShape().slice(1)));
        var feature = kernels.affine(variances, 1, 1e-8).sqrt().mean().reshape(one);
        var all = new Shape(x.getShape().get(0), 1).addAll(x.getShape().slice(2));
        return x.concat(feature.broadcast(all), 1);
    }
}
