package latent4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import latent4j.data.Datasets;
import org.junit.jupiter.api.Test;

/** What is shipped is what its card says. */
class ClassifierCardTest {

    @Test
    void theDigitsClassifierIsAsGoodOnTheDigitsThatUsersHoldOut() {
        var card = ClassifierCard.digits();
        var digits = Datasets.digits(0, 2_000).test();
        assertEquals(card.accuracy(), card.classifier().accuracy(digits), 0.005);
        assertTrue(card.accuracy() > 0.99, card.toString());
        assertEquals(digits.classNames(), card.classes());
    }

    @Test
    void theShapesClassifierIsAsGoodOnTheShapesThatUsersHoldOut() {
        var card = ClassifierCard.shapes();
        var shapes = Datasets.shapes(0, 2_000).test();
        assertEquals(card.accuracy(), card.classifier().accuracy(shapes), 0.02);
        assertTrue(card.accuracy() > 0.85, card.toString());
        assertEquals(shapes.classNames(), card.classes());
    }

    @Test
    void featuresHaveMeanSquareOneAndTheClassesFollowFromThem() {
        var classifier = Classifier.digits();
        var digits = Datasets.digits(0, 1_000).test();
        var features = classifier.of(digits);
        assertEquals(new Shape(64), features.shape());
        double squares = 0;
        for (float value : features.toArray()) {
            squares += value * value / (64.0 * digits.size());
        }
        assertEquals(1, squares, 0.05);
        var probabilities = classifier.classProbabilities(features).orElseThrow();
        var classes = classifier.classify(digits);
        for (int i = 0; i < digits.size(); i++) {
            var row = probabilities.row(i);
            for (float p : row) {
                assertTrue(p <= row[classes[i]], "record " + i);
            }
        }
    }

    @Test
    void otherWeightsAreRefused() throws IOException {
        byte[] file;
        try (var stream = ClassifierCard.class.getResourceAsStream("digits-cnn.model")) {
            file = stream.readAllBytes();
        }
        assertTrue(file.length < 300_000, "the jar carries " + file.length + " bytes");
        file[file.length / 2] ^= 1;
        var message = assertThrows(IllegalStateException.class, () -> ClassifierCard.digits()
                        .classifier(file))
                .getMessage();
        assertTrue(message.startsWith("the weights of digits-cnn have SHA-256 "), message);
        assertTrue(
                message.endsWith(
                        "but their card says " + ClassifierCard.digits().hash()),
                message);
    }
}
