package latent4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class StackedDigitsTest {

    @Test
    void threeDigitsAreTheColoursOfOne() {
        var digits = Datasets.digits(7, 0).train();
        var classes = digits.labels().orElseThrow();
        var stacked = StackedDigits.of(digits);
        assertEquals(new Shape(3, 28, 28), stacked.shape());
        assertEquals(2, stacked.size());
        assertArrayEquals(
                new int[] {
                    100 * classes[0] + 10 * classes[1] + classes[2], 100 * classes[3] + 10 * classes[4] + classes[5]
                },
                stacked.labels().orElseThrow());
        for (int i = 0; i < 6; i++) {
            assertArrayEquals(digits.row(i), StackedDigits.channels(stacked).row(i));
        }
    }

    @Test
    void theSetHasAThousandClassesAboutEquallyOften() {
        var set = Datasets.stackedDigits(3000, 2, 1);
        assertEquals(1000, set.classes());
        var seen = new int[3][10];
        for (int label : set.train().labels().orElseThrow()) {
            seen[0][label / 100]++;
            seen[1][label / 10 % 10]++;
            seen[2][label % 10]++;
        }
        for (var channel : seen) {
            for (int count : channel) {
                assertEquals(300, count, 5 * Math.sqrt(300 * 0.9));
            }
        }
    }

    @Test
    void smallerSetIsThePrefixOfALargerOne() {
        assertEquals(
                Datasets.stackedDigits(5, 2, 1).train().head(3).hash(),
                Datasets.stackedDigits(3, 2, 1).train().hash());
        assertTrue(Datasets.stackedDigits(0, 2, 1).train().size() == 0);
    }

    @Test
    void refusesWhatIsNoDigit() {
        Refusal.expect(
                () -> StackedDigits.of(Datasets.shapes(3, 0).train()),
                "digits must have shape (1, 32, 32), got (3, 32");
        var one = Samples.of(new Shape(1, 1, 1), new float[3]);
        Refusal.expect(() -> StackedDigits.of(one), "need labels");
        Refusal.expect(
                () -> StackedDigits.of(one.withLabels(new int[] {1, 12, 3})),
                "record 1 must be between 0 and 9, got 12");
        Refusal.expect(() -> StackedDigits.channels(one), "must have shape (3, 1, 1), got (1, 1, 1)");
    }
}
