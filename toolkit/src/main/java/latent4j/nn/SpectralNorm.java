package latent4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import latent4j.tensor.Kernels;
import latent4j.tensor.Mode;
import latent4j.tensor.Tape;

/**
 * A product whose weight is divided by its largest singular value σ(W) (Miyato et al. 2018, equation 8), as one step of
 * the power iteration estimates it (algorithm 1): v ← Wᵀu/‖Wᵀu‖, u ← Wv/‖Wv‖, σ = uᵀWv. Gradients flow through σ; u and
 * v count as constants. Every forward pass in training goes one step on from the u that the last one left; in use the step
 * is made as well, but u stays. At fixed weights k steps leave a relative error of the order (σ₂/σ₁)⁴ᵏ, where σ₂ is the
 * second largest singular value: much where it lies close to the largest, as in fresh random weights.
 *
 * <p>W has a row for each output. The weight of a convolution counts as the matrix [channels, inputs·kernel·kernel], as in
 * the paper: that bounds the convolution's operator norm only up to a factor, it is not that norm.
 *
 * @param product what is normalised; its bias is not
 */
public record SpectralNorm(Product product) implements Layer {

    @Override
    public Shape output(Shape input) {
        return product.output(input);
    }

    @Override
    public List<Weight> weights(Shape input, Initialisation initialisation) {
        var weights = new ArrayList<>(product.weights(input, initialisation));
        var shape = weights.get(0).shape();
        var u = new Shape(shape.get(product instanceof TransposedConvolution ? 1 : 0));
        weights.add(0, new Weight("u", u, new Start.Normal(0, 1), false));
        return weights;
    }

    /** What the product becomes is normalised where it is a product again; else it takes this layer's place. */
    @Override
    public Layer changed(UnaryOperator<Layer> change) {
        var changed = product.changed(change);
        return changed instanceof Product other ? change.apply(new SpectralNorm(other)) : changed;
    }

    @Override
    public void write(ForwardText text, Shape input) {
        var u = text.weight();
        var weight = text.weight();
        var matrix = text.value("torch.flatten("
                + (product instanceof TransposedConvolution ? "torch.transpose(" + weight + ", 0, 1)" : weight)
                + ", 1)");
        var constant = text.value("torch.detach(" + matrix + ")");
        var v = unit(text, "torch.mv(torch.t(" + constant + "), " + u + ")");
        var next = unit(text, "torch.mv(" + constant + ", " + v + ")");
        if (text.mode() == Mode.TRAINING) {
            text.value("torch.copy_(" + u + ", " + next + ")");
        }
        var sigma = text.value("torch.dot(" + next + ", torch.mv(" + matrix + ", " + v + "))");
        text.nextWeight(text.value("torch.div(" + weight + ", " + sigma + ")"));
        product.write(text, input);
    }

    private static String unit(ForwardText text, String expression) {
        var vector = text.value(expression);
        return text.value("torch.div(" + vector + ", torch.clamp_min(torch.norm(" + vector + "), 1e-12))");
    }

    @Override
    public NDArray apply(Kernels kernels, NDArray x, List<NDArray> weights, Mode mode) {
        var weight = weights.get(1);
        var rows = product instanceof TransposedConvolution ? weight.transpose(1, 0, 2, 3) : weight;
        var found = kernels.powerIteration(rows.reshape(rows.getShape().get(0), -1), weights.get(0));
        if (mode == Mode.TRAINING) {
            Tape.unrecorded(() -> {
                kernels.copy(List.of(weights.get(0)), List.of(found.u()));
                return null;
            });
        }
        var own = new ArrayList<>(weights.subList(1, weights.size()));
        own.set(0, weight.div(found.sigma()));
        return product.apply(kernels, x, own, mode);
    }
}
