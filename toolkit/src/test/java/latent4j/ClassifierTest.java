package latent4j;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.data.Datasets;
import latent4j.data.Samples;
import latent4j.model.Inference;
import latent4j.model.Model;
import latent4j.model.Objective;
import latent4j.model.Terms;
import latent4j.nn.Net;
import latent4j.nn.Nets;
import latent4j.train.Trainer;
import org.junit.jupiter.api.Test;

/** The drawn digits are varied, yet a small network tells them apart; the trainer runs what is no generative model too. */
class ClassifierTest {

    private record Classifier(Net net) implements Model {

        @Override
        public List<Objective> objectives() {
            return List.of(Objective.of("cross-entropy", List.of(net), step -> {
                var logProbabilities = net.apply(step.data()).logSoftmax(1);
                var chosen = step.labels().oneHot(10).mul(logProbabilities);
                return Terms.nats(chosen.sum(new int[] {1}).mean().neg());
            }));
        }

        @Override
        public Shape shape() {
            return net.input();
        }

        @Override
        public Samples draw(int n, long seed) {
            throw new IllegalStateException("a classifier draws nothing");
        }

        double accuracy(Samples samples) {
            var labels = samples.labels().orElseThrow();
            var scores = Inference.map(samples, shape(), net::apply);
            int right = 0;
            for (int i = 0; i < labels.length; i++) {
                var row = scores.row(i);
                int best = 0;
                for (int k = 1; k < row.length; k++) {
                    best = row[k] > row[best] ? k : best;
                }
                right += best == labels[i] ? 1 : 0;
            }
            return right / (double) labels.length;
        }
    }

    @Test
    void aSmallNetworkPasses98Percent() {
        var digits = Datasets.digits(20_000, 2_000);
        var classifier = new Classifier(Nets.mlp("classifier", digits.shape(), 10, 256));
        Trainer.epochs(8).batch(64).watchedBy().fit(classifier, digits);
        double accuracy = classifier.accuracy(digits.test());
        assertTrue(accuracy > 0.98, "accuracy " + accuracy);
    }
}
