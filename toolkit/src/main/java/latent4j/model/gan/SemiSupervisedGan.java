package latent4j.model.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import latent4j.data.Dataset;
import latent4j.data.Samples;
import latent4j.loss.Adversarial;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.model.Inference;
import latent4j.model.Step;
import latent4j.model.Terms;
import latent4j.nn.Net;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;
import latent4j.tensor.Seed;

/**
 * The semi-supervised GAN (Salimans et al. 2016, section 5): the discriminator is a classifier of K classes, and a sample is
 * the class K + 1, whose logit is fixed at 0. So D(x) = Z/(Z + 1) with Z = Σ exp lₖ(x): the score is log Z. To the
 * non-saturating game it adds −E[log softmax(l)_y] over those records of the batch whose class is known; the label K says that
 * it is not.
 *
 * @param discriminator x to the K logits, [batch, classes]; it must not mix the examples of a batch
 * @param classes K ≥ 2
 */
public record SemiSupervisedGan(Net generator, Net discriminator, int classes) implements GenerativeAdversarialNetwork {

    public SemiSupervisedGan {
        Require.atLeast("classes", 2, classes);
        if (discriminator.mixesExamples()) {
            throw new IllegalArgumentException("the classifier '" + discriminator.name() + "' has batch normalisation,"
                    + " whose running statistics mix data and samples: leave the BatchNorm layers out of it");
        }
    }

    /** Two linear layers of 256 on both sides, with batch normalisation in the generator. */
    public static SemiSupervisedGan mlp(Shape shape, int latent, int classes) {
        return mlp(shape, latent, classes, 256, 2);
    }

    /** A small one for two classes, for tests. */
    public static SemiSupervisedGan small(Shape shape) {
        return mlp(shape, 4, 2, 32, 1);
    }

    private static SemiSupervisedGan mlp(Shape shape, int latent, int classes, int units, int hidden) {
        return new SemiSupervisedGan(
                GanNets.normalisedGenerator(latent, shape, units, hidden),
                GanNets.mlpDiscriminator(shape, classes, units, hidden),
                classes);
    }

    /** log Z. */
    @Override
    public NDArray score(Step step, NDArray x) {
        return score(discriminator.apply(x));
    }

    private static NDArray score(NDArray logits) {
        return Kernels.current()
                .logSumExp(logits)
                .reshape(new Shape(logits.getShape().get(0), 1));
    }

    @Override
    public Terms discriminatorTerms(Step step, NDArray samples) {
        var logits = discriminator.apply(step.data());
        var game = discriminatorLoss(score(logits), score(step, samples));
        var label =
                Adversarial.knownCrossEntropy(Kernels.current().columns(step.classes(classes + 1), 0, classes), logits);
        return Terms.nats(game.add(label)).with("class", label);
    }

    /** The most likely class of each record. */
    public int[] classify(Samples records) {
        var logits = Inference.map(records, shape(), discriminator::apply);
        var found = new int[records.size()];
        for (int i = 0; i < found.length; i++) {
            var row = logits.row(i);
            for (int k = 1; k < row.length; k++) {
                found[i] = row[k] > row[found[i]] ? k : found[i];
            }
        }
        return found;
    }

    /**
     * The data with the class of some training records only: all others get one more class, {@code unknown}.
     *
     * @param known how many records of each class stay labelled
     * @param seed which these are
     */
    public static Dataset partlyLabelled(Dataset data, int known, long seed) {
        Require.atLeast("known", 1, known);
        int classes = data.classes();
        var labels = data.train().labels().orElseThrow(() -> new IllegalArgumentException("the data has no labels"));
        var left = new int[classes];
        java.util.Arrays.fill(left, known);
        for (int i : new Seed(seed).permutation(labels.length)) {
            labels[i] = left[labels[i]]-- > 0 ? labels[i] : classes;
        }
        var names = new ArrayList<>(data.train().classNames());
        names.add("unknown");
        return new Dataset(
                data.name() + " with " + known + " labels a class",
                data.train().withLabels(labels, names),
                data.test().withLabels(data.test().labels().orElseThrow(), names));
    }
}
