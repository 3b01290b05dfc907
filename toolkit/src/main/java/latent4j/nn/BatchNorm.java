package latent4j.nn;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Batch normalisation (Ioffe and Szegedy 2015, algorithm 1) of vectors by feature and of images by channel:
 * γ·(x − μ)/√(σ² + 10⁻⁵) + β. In training μ and σ² are the batch's, and running averages follow them with weight
 * 0.1; in use they are the running averages; see {@link latent4j.tensor.Mode}.
 */
public record BatchNorm() implements Layer {

    @Override
    public List<Weight> weights(Shape input, Initialisation initialisation) {
        var shape = new Shape(input.get(0));
        return List.of(
                Weight.trainable("scale", shape, initialisation.scale()),
                Weight.trainable("shift", shape, new Start.Constant(0)),
                Weight.statistic("running mean", shape, 0),
                Weight.statistic("running variance", shape, 1));
    }

    @Override
    public void write(ForwardText text, Shape input) {
        var arguments = text.input() + ", " + text.weight() + ", " + text.weight() + ", ";
        var averages = text.weight() + ", " + text.weight();
        var statistics =
                switch (text.mode()) {
                    case TRAINING -> averages + ", True";
                    case MEASURING -> "None, None, True";
                    case EVALUATION -> averages + ", False";
                };
        text.result("torch.batch_norm(" + arguments + statistics + ", 0.1, 1e-05, False)");
    }
}
