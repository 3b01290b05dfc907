package latent4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ClassifierScoreTest {

    @Test
    void byHand() {
        assertEquals(3, ClassifierScore.of(Vectors.of(3, 1, 0, 0, 0, 1, 0, 0, 0, 1)), 1e-9); // sure, and all classes
        assertEquals(1, ClassifierScore.of(Vectors.of(3, 1, 0, 0, 1, 0, 0)), 1e-9); // sure, and one class
        assertEquals(1, ClassifierScore.of(Vectors.of(2, 0.5, 0.5, 0.5, 0.5)), 1e-9); // never sure
        // p(y) = (0.7, 0.3)
        double kl = (0.9 * Math.log(0.9 / 0.7)
                        + 0.1 * Math.log(0.1 / 0.3)
                        + Math.log(0.5 / 0.7) / 2
                        + Math.log(0.5 / 0.3) / 2)
                / 2;
        assertEquals(Math.exp(kl), ClassifierScore.of(Vectors.of(2, 0.9, 0.1, 0.5, 0.5)), 1e-6);
    }

    @Test
    void refusesWhatAreNoProbabilities() {
        var message = assertThrows(IllegalArgumentException.class, () -> ClassifierScore.of(Vectors.of(2, 3, -1)))
                .getMessage();
        assertEquals("the probabilities of record 0 must have the sum 1, got 2.0", message);
    }
}
