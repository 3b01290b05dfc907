package latent4j.model.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import latent4j.model.ConditionalGenerator;
import latent4j.model.Step;
import latent4j.nn.Net;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;
import latent4j.tensor.Tape;

/**
 * The conditional GAN with a projection discriminator (Miyato and Koyama 2018, equation 3), non-saturating: the score of x as a
 * record of class y is yᵀVφ(x) + ψ(φ(x)), the inner product of the class's embedding, a row of V, with the features φ(x), and a
 * score that does not know the class.
 *
 * @param generator [batch, noise + classes] to [batch, shape…]
 * @param discriminator x to [batch, 1 + classes]: ψ(φ(x)) and Vφ(x), so that its last layer, which is linear, holds ψ and V.
 *     (That layer's biases are a feature that is always 1)
 * @param classes ≥ 2
 */
public record ProjectionGan(Net generator, Net discriminator, int classes) implements ConditionalGenerator {

    public ProjectionGan {
        Require.atLeast("classes", 2, classes);
    }

    /** Two linear layers of 256 on both sides, with batch normalisation in the generator. */
    public static ProjectionGan mlp(Shape shape, int noise, int classes) {
        return mlp(shape, noise, classes, 256, 2);
    }

    /** Networks like DCGAN's, with {@code channels} and twice as many channels. */
    public static ProjectionGan convolutional(Shape image, int noise, int classes, int channels) {
        return new ProjectionGan(
                GanNets.convolutionalGenerator(noise + classes, image, channels),
                GanNets.convolutionalDiscriminator(image, 1 + classes, channels),
                classes);
    }

    /** A small one for two classes, for tests. */
    public static ProjectionGan small(Shape shape) {
        return mlp(shape, 4, 2, 32, 1);
    }

    private static ProjectionGan mlp(Shape shape, int noise, int classes, int units, int hidden) {
        Require.atLeast("noise", 1, noise);
        return new ProjectionGan(
                GanNets.normalisedGenerator(noise + classes, shape, units, hidden),
                GanNets.mlpDiscriminator(shape, 1 + classes, units, hidden),
                classes);
    }

    /** yᵀVφ(x) + ψ(φ(x)) with the batch's own classes. */
    @Override
    public NDArray score(Step step, NDArray x) {
        var kernels = Kernels.current();
        var heads = Tape.withBatchStatistics(() -> discriminator.apply(x));
        var projection = kernels.columns(heads, 1, 1 + classes).mul(step.classes(classes));
        return kernels.columns(heads, 0, 1).add(projection.sum(new int[] {1}, true));
    }
}
