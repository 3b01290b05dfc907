package latent4j.model.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import latent4j.loss.Adversarial;
import latent4j.model.ConditionalGenerator;
import latent4j.model.Step;
import latent4j.model.Terms;
import latent4j.nn.Net;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;
import latent4j.tensor.Tape;

/**
 * ACGAN (Odena et al. 2017, equations 2 and 3): the discriminator also names the class. It maximises L_S + L_C, the generator
 * L_C − L_S (here in its non-saturating form), with L_S the log-likelihood of the right source, data or sample, and L_C = E[log
 * P(C = c | x)] + E[log P(C = c | G(z, c))] that of the right class. L_C is computed from logits.
 *
 * @param generator [batch, noise + classes] to [batch, shape…]
 * @param discriminator x to [batch, 1 + classes]: the score and the classes' logits
 * @param classes ≥ 2
 */
public record AuxiliaryClassifierGan(Net generator, Net discriminator, int classes) implements ConditionalGenerator {

    public AuxiliaryClassifierGan {
        Require.atLeast("classes", 2, classes);
    }

    /** Two linear layers of 256 on both sides, with batch normalisation in the generator. */
    public static AuxiliaryClassifierGan mlp(Shape shape, int noise, int classes) {
        return of(ProjectionGan.mlp(shape, noise, classes));
    }

    /** Networks like DCGAN's, with {@code channels} and twice as many channels. */
    public static AuxiliaryClassifierGan convolutional(Shape image, int noise, int classes, int channels) {
        return of(ProjectionGan.convolutional(image, noise, classes, channels));
    }

    /** A small one for two classes, for tests. */
    public static AuxiliaryClassifierGan small(Shape shape) {
        return of(ProjectionGan.small(shape));
    }

    private static AuxiliaryClassifierGan of(ProjectionGan nets) {
        return new AuxiliaryClassifierGan(nets.generator(), nets.discriminator(), nets.classes());
    }

    @Override
    public NDArray score(Step step, NDArray x) {
        return source(heads(x));
    }

    @Override
    public Terms discriminatorTerms(Step step, NDArray samples) {
        var real = heads(step.data());
        var fake = heads(samples);
        var source = discriminatorLoss(source(real), source(fake));
        var label = classLoss(step, real).add(classLoss(step, fake));
        return Terms.nats(source.add(label)).with("class", label);
    }

    @Override
    public Terms generatorTerms(Step step, NDArray samples) {
        var fake = heads(samples);
        var label = classLoss(step, fake);
        return Terms.nats(generatorLoss(source(fake)).add(label)).with("class of samples", label);
    }

    private NDArray heads(NDArray x) {
        return Tape.withBatchStatistics(() -> discriminator.apply(x));
    }

    private static NDArray source(NDArray heads) {
        return Kernels.current().columns(heads, 0, 1);
    }

    private NDArray classLoss(Step step, NDArray heads) {
        return Adversarial.crossEntropy(step.classes(classes), Kernels.current().columns(heads, 1, 1 + classes));
    }
}
