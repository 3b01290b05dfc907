package latent4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import latent4j.tensor.Kernels;
import latent4j.tensor.Mode;
import latent4j.tensor.Require;

/**
 * Self-attention over the pixels of an image (SAGAN: Zhang et al. 2019, equations 1 to 3): with s_ij = f(xᵢ)ᵀg(xⱼ) and β_j,i the
 * softmax of s_ij over i, o_j = v(Σᵢ β_j,i h(xᵢ)) and y = γ·o + x, where γ starts at 0; x, y: [batch, c, h, w].
 *
 * @param key f, from a pixel's channels to another vector
 * @param query g, to a vector of the same size
 * @param value h
 * @param output v, back to a pixel's channels
 */
public record SelfAttention(Layer key, Layer query, Layer value, Layer output) implements Layer {

    /** The paper's: matrices without a bias, to an eighth of the channels and back. */
    public static SelfAttention of(int channels) {
        Require.atLeast("channels", 1, channels);
        int fewer = Math.max(1, channels / 8);
        return new SelfAttention(
                new Linear(fewer, false),
                new Linear(fewer, false),
                new Linear(fewer, false),
                new Linear(channels, false));
    }

    @Override
    public Shape output(Shape input) {
        Checks.image("SelfAttention", input);
        var pixel = new Shape(input.get(0));
        var keys = key.output(pixel);
        var queries = query.output(pixel);
        var back = output.output(value.output(pixel));
        if (!keys.equals(queries) || !back.equals(pixel)) {
            throw new IllegalArgumentException(
                    "SelfAttention needs keys and queries of one shape and an output of shape " + pixel + ", got "
                            + keys + ", " + queries + " and " + back);
        }
        return input;
    }

    private List<Shape> inputs(Shape input) {
        var pixel = new Shape(input.get(0));
        return List.of(pixel, pixel, pixel, value.output(pixel));
    }

    private List<Layer> layers() {
        return List.of(key, query, value, output);
    }

    @Override
    public List<Weight> weights(Shape input, Initialisation initialisation) {
        var names = List.of("key ", "query ", "value ", "output ");
        var weights = new ArrayList<Weight>();
        for (int i = 0; i < names.size(); i++) {
            var name = names.get(i);
            layers().get(i).weights(inputs(input).get(i), initialisation).stream()
                    .map(w -> w.named(name + w.name()))
                    .forEach(weights::add);
        }
        weights.add(Weight.trainable("gamma", new Shape(1), new Start.Constant(0)));
        return weights;
    }

    @Override
    public boolean mixesExamples() {
        return layers().stream().anyMatch(Layer::mixesExamples);
    }

    @Override
    public Layer changed(UnaryOperator<Layer> change) {
        return change.apply(new SelfAttention(
                key.changed(change), query.changed(change), value.changed(change), output.changed(change)));
    }

    @Override
    public void write(ForwardText text, Shape input) {
        var x = text.input();
        var inputs = inputs(input);
        long pixels = input.get(1) * input.get(2);
        var vectors = text.value("torch.reshape(torch.permute(" + x + ", [0, 2, 3, 1]), [-1, " + input.get(0) + "])");
        var made = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            text.from(vectors);
            layers().get(i).write(text, inputs.get(i));
            made.add("torch.reshape(" + text.input() + ", [-1, " + pixels + ", "
                    + layers().get(i).output(inputs.get(i)).get(0) + "])");
        }
        var scores = "torch.matmul(" + made.get(1) + ", torch.transpose(" + made.get(0) + ", 1, 2))";
        text.result("torch.flatten(torch.matmul(torch.softmax(" + scores + ", -1), " + made.get(2) + "), 0, 1)");
        output.write(text, inputs.get(3));
        text.result("torch.permute(torch.reshape(" + text.input() + ", [-1, " + input.get(1) + ", " + input.get(2)
                + ", " + input.get(0) + "]), [0, 3, 1, 2])");
        text.result("torch.add(" + x + ", torch.mul(" + text.input() + ", " + text.weight() + "))");
    }

    @Override
    public NDArray apply(Kernels kernels, NDArray x, List<NDArray> weights, Mode mode) {
        var input = x.getShape().slice(1);
        var inputs = inputs(input);
        long batch = x.getShape().get(0);
        long pixels = input.get(1) * input.get(2);
        var vectors = x.transpose(0, 2, 3, 1).reshape(-1, input.get(0));
        var made = new ArrayList<NDArray>();
        int from = 0;
        for (int i = 0; i < 3; i++) {
            int to = from + new Chain(List.of(layers().get(i))).count(inputs.get(i));
            var y = layers().get(i).apply(kernels, vectors, weights.subList(from, to), mode);
            made.add(y.reshape(batch, pixels, -1));
            from = to;
        }
        var scores = made.get(1).matMul(made.get(0).transpose(0, 2, 1));
        var attended = scores.softmax(-1).matMul(made.get(2)).reshape(batch * pixels, -1);
        var y = output.apply(kernels, attended, weights.subList(from, weights.size() - 1), mode)
                .reshape(batch, input.get(1), input.get(2), input.get(0))
                .transpose(0, 3, 1, 2);
        return x.add(y.mul(weights.get(weights.size() - 1)));
    }
}
