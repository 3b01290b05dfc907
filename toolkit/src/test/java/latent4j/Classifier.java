package latent4j;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.data.Dataset;
import latent4j.data.Samples;
import latent4j.loss.Adversarial;
import latent4j.model.Inference;
import latent4j.model.Model;
import latent4j.model.Objective;
import latent4j.model.Terms;
import latent4j.nn.Net;
import latent4j.nn.Nets;
import latent4j.train.Trainer;

/** A classifier that tests ask what samples show. */
public record Classifier(Net net) implements Model {

    /** One with 256 hidden units, trained on data of 10 classes. */
    public static Classifier of(Dataset data, int epochs) {
        var classifier = untrained(data.shape());
        Trainer.epochs(epochs).batch(64).watchedBy().fit(classifier, data);
        return classifier;
    }

    /** The same before its training. */
    public static Classifier untrained(Shape shape) {
        return new Classifier(Nets.mlp("classifier", shape, 10, 256));
    }

    @Override
    public List<Objective> objectives() {
        return List.of(Objective.of(
                "cross-entropy",
                List.of(net),
                step -> Terms.nats(
                        Adversarial.crossEntropy(step.classes((int) net.output().size()), net.apply(step.data())))));
    }

    @Override
    public Shape shape() {
        return net.input();
    }

    @Override
    public Samples draw(int n, long seed) {
        throw new IllegalStateException("a classifier draws nothing");
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
}
