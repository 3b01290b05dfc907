package latent4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import latent4j.tensor.Kernels;
import latent4j.tensor.Mode;
import latent4j.tensor.Require;

/**
 * The code of a film (MoCoGAN: Tulyakov et al. 2018, section 3.1): one part that stays, the content, beside one that changes
 * from step to step, the motion. Of a vector x the first {@code content} values are the content; the rest are {@code steps}
 * equal parts, a sequence that goes through the layers, such as a {@link Gru}. x: [batch, content + steps·d], y: [batch,
 * steps, content + motion].
 *
 * @param content how many values stay, ≥ 1
 * @param steps how many steps, ≥ 1
 * @param layers from a sequence (steps, d) to another, (steps, motion)
 */
public record ContentAndMotion(int content, int steps, List<Layer> layers) implements Layer {

    public ContentAndMotion {
        Require.atLeast("content", 1, content);
        Require.atLeast("steps", 1, steps);
        layers = List.copyOf(layers);
    }

    @Override
    public Shape output(Shape input) {
        return new Shape(
                steps, content + new Chain(layers).output(sequence(input)).get(1));
    }

    /** The shape of the noise of motion. */
    private Shape sequence(Shape input) {
        Checks.vector("ContentAndMotion", input);
        long rest = input.get(0) - content;
        if (rest < steps || rest % steps != 0) {
            throw new IllegalArgumentException("ContentAndMotion takes vectors of " + content
                    + " values and a multiple of " + steps + ", got shape " + input);
        }
        return new Shape(steps, rest / steps);
    }

    @Override
    public List<Weight> weights(Shape input, Initialisation initialisation) {
        return new Chain(layers).weights(sequence(input), initialisation);
    }

    @Override
    public boolean mixesExamples() {
        return new Chain(layers).mixesExamples();
    }

    @Override
    public Layer changed(UnaryOperator<Layer> change) {
        return change.apply(new ContentAndMotion(
                content, steps, new Chain(layers).changed(change).layers()));
    }

    @Override
    public void write(ForwardText text, Shape input) {
        var x = text.input();
        var sequence = sequence(input);
        text.result("torch.reshape(torch.narrow(" + x + ", 1, " + content + ", " + sequence.size() + "), [-1, " + steps
                + ", " + sequence.get(1) + "])");
        new Chain(layers).write(text, sequence);
        text.result("torch.cat([torch.expand(torch.unsqueeze(torch.narrow(" + x + ", 1, 0, " + content + "), 1), [-1, "
                + steps + ", -1]), " + text.input() + "], 2)");
    }

    @Override
    public NDArray apply(Kernels kernels, NDArray x, List<NDArray> weights, Mode mode) {
        long batch = x.getShape().get(0);
        var noise = kernels.columns(x, content, (int) x.getShape().get(1));
        var motion = new Chain(layers)
                .apply(
                        kernels,
                        noise.reshape(new Shape(batch, steps, noise.getShape().get(1) / steps)),
                        weights,
                        mode);
        var still = kernels.concatenate(Collections.nCopies(steps, kernels.columns(x, 0, content)));
        long rows = batch * steps;
        var both = kernels.concatenate(List.of(
                still.reshape(new Shape(rows, content)),
                motion.reshape(new Shape(rows, motion.getShape().get(2)))));
        return both.reshape(new Shape(batch, steps, both.getShape().get(1)));
    }
}
