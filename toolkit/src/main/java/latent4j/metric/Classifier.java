package latent4j.metric;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import latent4j.data.Samples;
import latent4j.loss.Adversarial;
import latent4j.model.Inference;
import latent4j.model.Model;
import latent4j.model.Objective;
import latent4j.model.Terms;
import latent4j.nn.Net;
import latent4j.nn.Nets;
import latent4j.tensor.Kernels;

/**
 * A network that says what a record shows: −log softmax(net(x))_y is minimised, in nats per record. Its features are what
 * its last layer gets. The toolkit ships two, trained: {@link #digits()} and {@link #shapes()}; any trainer trains others,
 * {@code Trainer.epochs(8).fit(Classifier.mlp("mine", data.shape(), data.classes()), data)}.
 *
 * @param name what measures on its features are named for, such as {@code digits-cnn}
 * @param net from [batch, shape…] to scores [batch, classes]
 */
public record Classifier(String name, Net net) implements Model, Features {

    /** The one shipped for {@link latent4j.data.Datasets#digits()} and sets of that kind; see {@link ClassifierCard#digits}. */
    public static Classifier digits() {
        return ClassifierCard.digits().classifier();
    }

    /** The one shipped for {@link latent4j.data.Datasets#shapes()}; see {@link ClassifierCard#shapes}. */
    public static Classifier shapes() {
        return ClassifierCard.shapes().classifier();
    }

    /** An untrained one with one layer of 256 hidden units. */
    public static Classifier mlp(String name, Shape shape, int classes) {
        return new Classifier(name, Nets.mlp("classifier", shape, classes, 256));
    }

    /**
     * An untrained one of convolutions that halve height and width, then 64 units, which are its features.
     *
     * @param channels of each convolution
     */
    public static Classifier convolutional(String name, Shape image, int classes, int... channels) {
        return new Classifier(name, Nets.convolutional("classifier", image, classes, 64, channels));
    }

    @Override
    public List<Objective> objectives() {
        return List.of(Objective.of(
                "cross-entropy",
                List.of(net),
                step -> Terms.nats(Adversarial.crossEntropy(step.classes(classes()), net.apply(step.data())))));
    }

    /** How many classes it tells apart. */
    public int classes() {
        return (int) net.output().size();
    }

    @Override
    public Shape shape() {
        return net.input();
    }

    /** @throws UnsupportedOperationException always: it tells records apart and makes none */
    @Override
    public Samples draw(int n, long seed) {
        throw new UnsupportedOperationException("a classifier draws nothing");
    }

    @Override
    public Samples of(Samples records) {
        return Inference.map(
                records, shape(), x -> net.features(x).reshape(x.getShape().get(0), -1));
    }

    @Override
    public Optional<Samples> classProbabilities(Samples features) {
        var shape = net.featureShape();
        return Optional.of(Inference.map(features, new Shape(shape.size()), f -> Kernels.current()
                .softmax(net.head(f.reshape(new Shape(f.getShape().get(0)).addAll(shape))))));
    }

    /** The most likely class of each record. */
    public int[] classify(Samples samples) {
        var scores = Inference.map(samples, shape(), net::apply);
        var found = new int[samples.size()];
        for (int i = 0; i < found.length; i++) {
            var row = scores.row(i);
            for (int k = 1; k < row.length; k++) {
                found[i] = row[k] > row[found[i]] ? k : found[i];
            }
        }
        return found;
    }

    /** The share of samples that it finds in the class of their label. */
    public double accuracy(Samples samples) {
        return agreement(classify(samples), samples.labels().orElseThrow());
    }

    /** The share of equal numbers at equal places. */
    public static double agreement(int[] a, int[] b) {
        int same = 0;
        for (int i = 0; i < a.length; i++) {
            same += a[i] == b[i] ? 1 : 0;
        }
        return same / (double) a.length;
    }

    @Override
    public String toString() {
        return name + ": " + net;
    }
}
