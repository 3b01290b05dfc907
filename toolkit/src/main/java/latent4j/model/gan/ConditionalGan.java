package latent4j.model.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import latent4j.model.ConditionalGenerator;
import latent4j.model.Step;
import latent4j.nn.Net;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;
import latent4j.tensor.Tape;

/**
 * The conditional GAN (Mirza and Osindero 2014, equation 2), non-saturating: both players are told the class y by its one-hot
 * row, which is put beside the generator's noise and beside the discriminator's record, G(z, y) and D(x, y).
 *
 * @param generator [batch, noise + classes] to [batch, shape…]
 * @param discriminator of [batch, d + classes], the flattened record and the row, or of [batch, channels + classes, height,
 *     width], where each class is a plane of ones or zeros
 * @param classes ≥ 2
 */
public record ConditionalGan(Net generator, Net discriminator, int classes) implements ConditionalGenerator {

    public ConditionalGan {
        Require.atLeast("classes", 2, classes);
    }

    /** Two linear layers of 256 on both sides, with batch normalisation in the generator. */
    public static ConditionalGan mlp(Shape shape, int noise, int classes) {
        return mlp(shape, noise, classes, 256, 2);
    }

    /** Networks like DCGAN's, with {@code channels} and twice as many channels. */
    public static ConditionalGan convolutional(Shape image, int noise, int classes, int channels) {
        var seen = new Shape(image.get(0) + classes, image.get(1), image.get(2));
        return new ConditionalGan(
                GanNets.convolutionalGenerator(noise + classes, image, channels),
                GanNets.convolutionalDiscriminator(seen, channels),
                classes);
    }

    /** A small one for two classes, for tests. */
    public static ConditionalGan small(Shape shape) {
        return mlp(shape, 4, 2, 32, 1);
    }

    private static ConditionalGan mlp(Shape shape, int noise, int classes, int units, int hidden) {
        Require.atLeast("noise", 1, noise);
        return new ConditionalGan(
                GanNets.normalisedGenerator(noise + classes, shape, units, hidden),
                GanNets.mlpDiscriminatorBeside(shape, classes, units, hidden),
                classes);
    }

    /** D(x, y) with the batch's own classes. */
    @Override
    public NDArray score(Step step, NDArray x) {
        long n = step.batch();
        var classes = step.classes(classes());
        var seen = discriminator.input();
        boolean flat = seen.dimension() == 1;
        var record = flat ? x.reshape(new Shape(n, shape().size())) : x;
        var beside = flat ? classes : classes.reshape(n, classes(), 1, 1).mul(ones(seen.get(1), seen.get(2)));
        var both = Kernels.current().concatenate(List.of(record, beside));
        return Tape.withBatchStatistics(() -> discriminator.apply(both));
    }

    private static NDArray ones(long height, long width) {
        return latent4j.tensor.Arrays.filled(new Shape(1, 1, height, width), values -> {
            var row = new float[(int) width];
            Arrays.fill(row, 1);
            for (int i = 0; i < height; i++) {
                values.put(row);
            }
        });
    }
}
