package latent4j.model.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.data.Samples;
import latent4j.model.ConditionalGenerator;
import latent4j.model.Step;
import latent4j.model.Terms;
import latent4j.nn.Net;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;

/**
 * InfoGAN (Chen et al. 2016, equation 6), non-saturating: of the generator's code a part c is to be read off its samples, with
 * no labels at all. c is one of {@code classes}, equally likely, and {@code continuous} numbers uniform on [−1, 1]; Q(c|x),
 * softmax and Gaussian with variance 1 (as the authors' code has it for digits), is a
 * further head of the discriminator. Both players and Q raise λ·L_I with the bound L_I = E[log
 * Q(c|G(z, c))] + H(c) ≤ I(c; G(z, c)) (equation 5).
 *
 * <p>A code takes the factor that parts the data most. Of drawn digits in one hand that is the class; among all of them, which each
 * hand writes in two or three ways, leaning and turned, it was not in the trainings that were tried.
 *
 * @param generator [batch, noise + classes + continuous] to [batch, shape…]
 * @param discriminator x to [batch, 1 + classes + continuous]: the score, Q's logits and its means
 * @param classes ≥ 2
 * @param continuous ≥ 0
 * @param weight λ ≥ 0
 */
public record InfoGan(Net generator, Net discriminator, int classes, int continuous, double weight)
        implements ConditionalGenerator {

    public InfoGan {
        Require.atLeast("classes", 2, classes);
        Require.atLeast("continuous", 0, continuous);
        Require.notNegative("weight", weight);
    }

    /** Two linear layers of 256 on both sides, batch normalisation in the generator, and λ = 1. */
    public static InfoGan mlp(Shape shape, int noise, int classes, int continuous) {
        return mlp(shape, noise, classes, continuous, 256, 2);
    }

    /**
     * Networks like the authors' for digits (appendix C.1), with one convolution's {@code channels}, then twice as many, and a
     * linear layer of 16 · {@code channels} at the code's end of both; λ = 1. The authors have 64 channels, and Q's own hidden
     * layer besides.
     */
    public static InfoGan convolutional(Shape image, int noise, int classes, int continuous, int channels) {
        Require.atLeast("noise", 1, noise);
        int units = 16 * channels;
        return new InfoGan(
                GanNets.convolutionalGenerator(noise + classes + continuous, image, channels, units),
                GanNets.convolutionalDiscriminator(image, 1 + classes + continuous, channels, units),
                classes,
                continuous,
                1);
    }

    /** A small one for two classes and one number, for tests. */
    public static InfoGan small(Shape shape) {
        return mlp(shape, 4, 2, 1, 32, 1);
    }

    private static InfoGan mlp(Shape shape, int noise, int classes, int continuous, int units, int hidden) {
        Require.atLeast("noise", 1, noise);
        return new InfoGan(
                GanNets.normalisedGenerator(noise + classes + continuous, shape, units, hidden),
                GanNets.mlpDiscriminator(shape, 1 + classes + continuous, units, hidden),
                classes,
                continuous,
                1);
    }

    @Override
    public int noise() {
        return latent() - classes - continuous;
    }

    @Override
    public NDArray generate(Step step) {
        return generator.apply(Kernels.current().concatenate(List.of(step.normal(noise()), code(step))));
    }

    /** c, one for each sample of the batch, the same for all who ask. */
    private NDArray code(Step step) {
        var kernels = Kernels.current();
        return step.shared("code", () -> {
            var category = kernels.oneHotOfLargest(step.uniform(classes)); // each is the largest equally often
            return continuous == 0
                    ? category
                    : kernels.concatenate(List.of(category, kernels.affine(step.uniform(continuous), 2, -1)));
        });
    }

    @Override
    public NDArray score(Step step, NDArray x) {
        return Kernels.current().columns(heads(x), 0, 1);
    }

    @Override
    public Terms discriminatorTerms(Step step, NDArray samples) {
        var fake = heads(samples);
        var game = discriminatorLoss(score(step, step.data()), Kernels.current().columns(fake, 0, 1));
        return withInformation(game, step, fake);
    }

    @Override
    public Terms generatorTerms(Step step, NDArray samples) {
        var fake = heads(samples);
        return withInformation(generatorLoss(Kernels.current().columns(fake, 0, 1)), step, fake);
    }

    private NDArray heads(NDArray x) {
        return Tape.withBatchStatistics(() -> discriminator.apply(x));
    }

    private Terms withInformation(NDArray game, Step step, NDArray fake) {
        var kernels = Kernels.current();
        var code = code(step);
        var logQ = kernels.categoricalLogLikelihood(
                kernels.columns(code, 0, classes), kernels.columns(fake, 1, 1 + classes));
        if (continuous > 0) {
            var numbers = kernels.columns(code, classes, classes + continuous);
            var means = kernels.columns(fake, 1 + classes, 1 + classes + continuous);
            logQ = logQ.add(kernels.gaussianLogDensity(numbers, means, kernels.constant(0)));
        }
        double entropy = Math.log(classes) + continuous * Math.log(2);
        var information = kernels.affine(logQ.mean(), 1, entropy);
        return Terms.nats(game.sub(kernels.affine(information, weight, 0)))
                .with("mutual information bound", information);
    }

    /** [noise, one-hot, numbers]. */
    @Override
    public Samples codes(int[] labels, long seed) {
        var codes = ConditionalGenerator.super.codes(labels, seed).toArray();
        var numbers = new Seed(seed).child("numbers").uniform(labels.length * continuous);
        for (int i = 0; i < numbers.length; i++) {
            codes[i / continuous * latent() + noise() + classes + i % continuous] = 2 * numbers[i] - 1;
        }
        return Samples.of(new Shape(latent()), codes).withLabels(labels);
    }
}
