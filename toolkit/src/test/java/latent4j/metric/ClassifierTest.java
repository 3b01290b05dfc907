package latent4j.metric;

import static org.junit.jupiter.api.Assertions.assertTrue;

import latent4j.TrainedClassifier;
import latent4j.data.Datasets;
import org.junit.jupiter.api.Test;

/** The drawn digits are varied, yet a small network tells them apart; the trainer runs what is no generative model too. */
class ClassifierTest {

    @Test
    void aSmallNetworkPasses98Percent() {
        var digits = Datasets.digits(20_000, 2_000);
        var classifier = TrainedClassifier.of(digits, 8);
        double accuracy = classifier.accuracy(digits.test());
        assertTrue(accuracy > 0.98, "accuracy " + accuracy);
    }
}
