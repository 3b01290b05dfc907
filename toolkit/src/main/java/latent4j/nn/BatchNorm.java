package latent4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.tensor.Kernels;
import latent4j.tensor.Mode;
import latent4j.tensor.Tape;

/**
 * Batch normalisation (Ioffe and Szegedy 2015, algorithm 1) of vectors by feature and of images by channel:
 * γ·(x − μ)/√(σ² + 10⁻⁵) + β. In training μ and σ² are the batch's, and running averages follow them with weight
 * 0.1; in use they are the running averages; see {@link latent4j.tensor.Mode}.
 */
public record BatchNorm() implements Layer {

    private static final double MOMENTUM = 0.1;
    private static final double EPSILON = 1e-5;

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
    public boolean mixesExamples() {
        return true;
    }

    @Override
    public void write(ForwardText text, Shape input) {
        var arguments = text.images(input) + ", " + text.weight() + ", " + text.weight() + ", ";
        var averages = text.weight() + ", " + text.weight();
        var statistics =
                switch (text.mode()) {
                    case TRAINING -> averages + ", True";
                    case MEASURING -> "None, None, True";
                    case EVALUATION -> averages + ", False";
                };
        text.result("torch.batch_norm(" + arguments + statistics + ", " + MOMENTUM + ", " + EPSILON + ", False)");
    }

    @Override
    public NDArray apply(Kernels kernels, NDArray x, List<NDArray> weights, Mode mode) {
        int[] axes = x.getShape().dimension() == 4 ? new int[] {0, 2, 3} : new int[] {0};
        var shape = new Shape(1, x.getShape().get(1));
        for (int i = 2; i < x.getShape().dimension(); i++) {
            shape = shape.add(1);
        }
        var mean = weights.get(2).reshape(shape);
        var variance = weights.get(3).reshape(shape);
        if (mode != Mode.EVALUATION) {
            double values = x.size() / (double) x.getShape().get(1);
            mean = kernels.affine(x.sum(axes, true), 1 / values, 0);
            variance = kernels.affine(x.sub(mean).square().sum(axes, true), 1 / values, 0);
        }
        if (mode == Mode.TRAINING) {
            follow(kernels, weights.get(2), mean, 1);
            double values = x.size() / (double) x.getShape().get(1);
            follow(kernels, weights.get(3), variance, values / (values - 1)); // the unbiased variance
        }
        var deviation = kernels.affine(variance, 1, EPSILON).sqrt();
        return x.sub(mean)
                .div(deviation)
                .mul(weights.get(0).reshape(shape))
                .add(weights.get(1).reshape(shape));
    }

    /** average ← 0.9·average + 0.1·factor·batch. */
    private static void follow(Kernels kernels, NDArray average, NDArray batch, double factor) {
        var next = Tape.unrecorded(() -> kernels.affine(average, 1 - MOMENTUM, 0)
                .add(kernels.affine(batch.reshape(average.getShape()), MOMENTUM * factor, 0)));
        kernels.copy(List.of(average), List.of(next));
    }
}
