package latent4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PairsTest {

    @Test
    void bitsAreTheSameOnEveryPlatform() {
        var hashes = Map.of(
                View.OUTLINE, "4a571d8fed6db6bb0e7454e418467fbd426476fd47982f8343c1fa257b293aa3",
                View.LOW_RESOLUTION, "6226bcd24d9c64eef554f44a7cf94483cee547a7fe1f8f9bc6100862d85f140b",
                View.MASKED, "14d92d759be33d4bcdb923e8413aabc9b3a71142973ab173f68bf9fcff7cfb85");
        for (var view : View.values()) {
            assertEquals(hashes.get(view), Datasets.pairs(view, 50, 10, 0).hash(), view.toString());
        }
    }

    @Test
    void theTargetsAreTheDigitsAndASmallerSetIsThePrefixOfALargerOne() {
        var digits = Datasets.digits(30, 10);
        for (var view : View.values()) {
            var pairs = Datasets.pairs(view, 30, 10, 0);
            assertEquals(new Shape(1, 56, 28), pairs.shape());
            assertEquals(digits.train().hash(), Pairs.targets(pairs.train()).hash());
            assertEquals(digits.test().hash(), Pairs.targets(pairs.test()).hash());
            assertEquals(
                    pairs.train().head(12).hash(),
                    Datasets.pairs(view, 12, 3, 0).train().hash());
            assertEquals(10, pairs.classes());
            assertEquals(
                    digits.train().factors().orElseThrow().names(),
                    pairs.train().factors().orElseThrow().names());
        }
    }

    @Test
    void aPairIsTheSourceAboveTheTargetInEachChannel() {
        var sources = Samples.of(new Shape(2, 1, 2), new float[] {1, 2, 3, 4, 11, 12, 13, 14});
        var targets = Samples.of(new Shape(2, 1, 2), new float[] {5, 6, 7, 8, 15, 16, 17, 18})
                .withLabels(new int[] {0, 1});
        var pairs = Pairs.of(sources, targets);
        assertEquals(new Shape(2, 2, 2), pairs.shape());
        assertArrayEquals(new float[] {1, 2, 5, 6, 3, 4, 7, 8}, pairs.row(0));
        assertArrayEquals(new float[] {11, 12, 15, 16, 13, 14, 17, 18}, pairs.row(1));
        assertArrayEquals(sources.toArray(), Pairs.sources(pairs).toArray());
        assertArrayEquals(targets.toArray(), Pairs.targets(pairs).toArray());
        assertArrayEquals(new int[] {0, 1}, Pairs.targets(pairs).labels().orElseThrow());
    }

    @Test
    void unpairedRecordsAreTheSamePicturesInOtherCompany() {
        var pairs = Datasets.pairs(View.OUTLINE, 200, 0, 0).train();
        var unpaired = Pairs.unpaired(pairs, 3);
        assertArrayEquals(
                Pairs.sources(pairs).toArray(), Pairs.sources(unpaired).toArray());
        int together = 0;
        double before = 0;
        double after = 0;
        for (int i = 0; i < pairs.size(); i++) {
            together += Arrays.equals(pairs.row(i), unpaired.row(i)) ? 1 : 0;
            before += sum(pairs.row(i));
            after += sum(unpaired.row(i));
        }
        assertTrue(together < 8, together + " pairs stayed together");
        assertEquals(before, after, 1e-3 * before);
        assertEquals(unpaired.hash(), Pairs.unpaired(pairs, 3).hash());
        assertNotEquals(unpaired.hash(), Pairs.unpaired(pairs, 4).hash());
    }

    @Test
    void anOutlineLiesAroundTheInkAndNotInIt() {
        var pairs = Datasets.pairs(View.OUTLINE, 20, 0, 0).train();
        var outlines = Pairs.sources(pairs);
        var digits = Pairs.targets(pairs);
        for (int i = 0; i < pairs.size(); i++) {
            var outline = outlines.row(i);
            var digit = digits.row(i);
            for (int k = 0; k < digit.length; k++) {
                assertTrue(outline[k] + digit[k] <= 1 + 1e-6, "ink and outline exclude each other");
            }
            assertTrue(sum(outline) > 20);
        }
    }

    @Test
    void lowResolutionKeepsTheMeansOfItsSquares() {
        var pairs = Datasets.pairs(View.LOW_RESOLUTION, 20, 0, 0).train();
        var coarse = Pairs.sources(pairs).row(3);
        var fine = Pairs.targets(pairs).row(3);
        for (int top = 0; top < 28; top += 4) {
            for (int left = 0; left < 28; left += 4) {
                double mean = 0;
                for (int y = top; y < top + 4; y++) {
                    for (int x = left; x < left + 4; x++) {
                        assertEquals(coarse[top * 28 + left], coarse[y * 28 + x]);
                        mean += fine[y * 28 + x] / 16.0;
                    }
                }
                assertEquals(mean, coarse[top * 28 + left], 0.5 / 255 + 1e-6);
            }
        }
    }

    @Test
    void aMaskHidesOneSquareOfGrey() {
        var pairs = Datasets.pairs(View.MASKED, 50, 0, 0).train();
        var places = new HashSet<Integer>();
        for (int i = 0; i < pairs.size(); i++) {
            var masked = Pairs.sources(pairs).row(i);
            var whole = Pairs.targets(pairs).row(i);
            int changed = 0;
            int first = -1;
            for (int k = 0; k < whole.length; k++) {
                if (masked[k] != whole[k]) {
                    assertEquals(128 / 255f, masked[k]);
                    first = first < 0 ? k : first;
                    changed++;
                }
            }
            assertTrue(changed > 100 && changed <= 144, changed + " pixels");
            places.add(first);
        }
        assertTrue(places.size() > 20, "masks lie at many places");
    }

    @Test
    void whatIsNoPairIsRefused() {
        var image = Datasets.digits(2, 0).train();
        Refusal.expect(() -> Pairs.of(image, image.head(1)), "as many targets", "1 records");
        Refusal.expect(() -> Pairs.half(new Shape(1, 9, 8)), "even", "(1, 9, 8)");
        Refusal.expect(() -> Pairs.half(new Shape(8)), "(channels, height, width)", "(8)");
    }

    private static double sum(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }
}
