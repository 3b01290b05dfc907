package latent4j.data;

import static latent4j.data.Handwriting.plain;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import latent4j.metric.Judge;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DrawnDigitsTest {

    @Test
    void bitsAreTheSameOnEveryPlatform() {
        assertEquals(
                "28c5bdea39acb1782db1351fe6566ae7085cc52e9c536f63c92920a0fdce1088",
                Datasets.digits(100, 20).hash());
    }

    @Test
    void smallerSetIsThePrefixOfALargerOne() {
        var small = Datasets.digits(30, 10);
        var large = Datasets.digits(300, 50);
        assertEquals(small.train().hash(), large.train().head(30).hash());
        assertEquals(small.test().hash(), large.test().head(10).hash());
        assertNotEquals(small.train().head(10).hash(), small.test().hash());
        assertNotEquals(small.hash(), Datasets.digits(30, 10, 1).hash());
    }

    @Test
    void threadsDoNotMatter() throws Exception {
        var alone = new ForkJoinPool(1);
        try {
            var hash = alone.submit(() -> Datasets.digits(200, 0).hash()).get();
            assertEquals(hash, Datasets.digits(200, 0).hash());
        } finally {
            alone.shutdown();
        }
    }

    @Test
    void pixelsAreGreyLevels() {
        for (float value : Datasets.digits(100, 0).train().toArray()) {
            assertEquals(Math.round(value * 255) / 255f, value);
        }
    }

    @Test
    void classesAreEquallyLikelyAndFactorsIndependent() {
        int n = 10_000;
        var digits = Datasets.digits(n, 0).train();
        assertEquals(new Shape(1, 28, 28), digits.shape());
        var labels = digits.labels().orElseThrow();
        for (int digit = 0; digit < 10; digit++) {
            int wanted = digit;
            assertEquals(
                    n / 10.0, Arrays.stream(labels).filter(l -> l == wanted).count(), 150);
        }
        var factors = digits.factors().orElseThrow();
        var label = new float[n];
        for (int i = 0; i < n; i++) {
            label[i] = labels[i];
        }
        for (var a : factors.names().subList(1, factors.names().size())) {
            assertEquals(0, correlation(factors.column(a), label), 0.05, a + " and the class");
            for (var b : factors.names()) {
                if (!a.equals(b)) {
                    assertEquals(0, correlation(factors.column(a), factors.column(b)), 0.05, a + " and " + b);
                }
            }
        }
    }

    @Test
    void withoutSlantOnlyTheSlantDiffers() {
        var slanted = Datasets.digits(50, 0).train().factors().orElseThrow();
        var upright = Datasets.digitsWithoutSlant(50, 0).train().factors().orElseThrow();
        assertArrayEquals(new float[50], upright.column("slant"));
        assertTrue(slanted.column("slant")[0] != 0);
        for (var name : slanted.names()) {
            if (!name.equals("slant")) {
                assertArrayEquals(slanted.column(name), upright.column(name), name);
            }
        }
    }

    @Test
    void eachFactorDoesWhatItsNameSays() {
        for (int digit = 0; digit < 10; digit++) {
            var base = moments(digit, plain());
            assertEquals(base.x + 2, moments(digit, plain().withOffset(2, 0)).x, 1e-6);
            assertEquals(base.y - 3, moments(digit, plain().withOffset(0, -3)).y, 1e-6);
            double thick = moments(digit, plain().withThickness(3.9)).ink / base.ink;
            assertEquals(1.5, thick, 0.12, "ink grows with thickness, less where strokes meet");
            var large = moments(digit, plain().withScale(1.2));
            assertEquals(1.2, Math.sqrt(large.yy / base.yy), 0.05, "height grows with scale, the pen does not");
            // Leaning to the right: what is above (smaller y) moves right.
            assertEquals(base.xy - 0.3 * base.yy, moments(digit, plain().withSlant(0.3)).xy, 0.06 * base.yy);
            var turned = moments(digit, plain().withRotation(90));
            assertEquals(base.yy, turned.xx, 0.03 * base.yy, "a quarter turn exchanges height and width");
            assertNotEquals(base.ink, moments(digit, plain().withWobble(5)).ink);
        }
        // Clockwise: the top of a 1 goes right.
        assertTrue(moments(1, plain().withRotation(20)).xy < -1);
    }

    @Test
    void coverageOfAStraightStrokeIsItsArea() {
        // A plain 1 of height 18.4 is a nearly straight pen stroke with two round ends.
        double thickness = 3;
        double expected = 18.4 * thickness + Math.PI * thickness * thickness / 4;
        assertEquals(expected, moments(1, plain().withThickness(thickness)).ink, 0.02 * expected);
    }

    @Test
    void drawnSamplesKnowTheirClassAndFactors() {
        var sevens = DrawnDigits.draw(7, plain(), plain().withStyle(1).withSlant(0.25));
        assertEquals(2, sevens.size());
        assertArrayEquals(new int[] {7, 7}, sevens.labels().orElseThrow());
        assertEquals(10, sevens.classes());
        assertArrayEquals(new float[] {0, 0.25f}, sevens.factors().orElseThrow().column("slant"));
        assertTrue(sum(sevens.row(1)) > sum(sevens.row(0)), "the bar is more ink");
    }

    @Test
    void refusesWhatCannotBeDrawn() {
        Refusal.expect(() -> DrawnDigits.draw(10, plain()), "between 0 and 9", "got 10");
        Refusal.expect(() -> DrawnDigits.draw(4, plain().withStyle(2)), "style of a 4", "between 0 and 1", "got 2");
        Refusal.expect(() -> plain().withStyle(-1), "style", "-1");
        Refusal.expect(() -> plain().withThickness(0), "thickness", "0.0");
        Refusal.expect(() -> plain().withScale(-2), "scale", "-2.0");
        Refusal.expect(() -> plain().withSlant(Double.NaN), "finite", "NaN");
        Refusal.expect(() -> Datasets.digits(-1, 5), "train must be >= 0", "-1");
        Refusal.expect(() -> Datasets.digits(3_000_000, 0), "3000000 records", "(1, 28, 28)", "fewer");
    }

    @Test
    void linearClassifierFindsThemHardButNotHopeless() {
        double accuracy = linearAccuracy(Datasets.digits(4_000, 2_000));
        assertTrue(accuracy > 0.80 && accuracy < 0.97, "accuracy of a linear classifier: " + accuracy);
        System.out.println("drawn digits, linear classifier on 4,000: " + accuracy);
    }

    @Test
    void randomHandIsThatOfItsSeed() {
        assertEquals(DrawnDigits.randomHand(3, 5), DrawnDigits.randomHand(3, 5));
        assertNotEquals(DrawnDigits.randomHand(3, 5), DrawnDigits.randomHand(3, 6));
        assertNotEquals(
                DrawnDigits.draw(3, DrawnDigits.randomHand(3, 5)).hash(),
                DrawnDigits.draw(3, DrawnDigits.randomHand(3, 6)).hash());
    }

    @Test
    @Tag("long")
    void linearClassifierStaysUnder97PercentOnTheWholeSet() {
        var digits = Datasets.digits();
        double accuracy = linearAccuracy(digits);
        assertTrue(accuracy > 0.85 && accuracy < 0.97, "accuracy of a linear classifier: " + accuracy);
        System.out.println("drawn digits, linear classifier on 60,000: " + accuracy);
    }

    @Test
    void oneFactorIsSharedAndTheOthersAreNot() {
        for (var factor : List.of("thickness", "rotation", "scale", "x", "y")) {
            var factors = DrawnDigits.withOneFixed(factor, 50, 3).factors().orElseThrow();
            for (var name : factors.names()) {
                var column = factors.column(name);
                var different = new HashSet<Float>();
                for (float value : column) {
                    different.add(value);
                }
                boolean shared = name.equals(factor) || name.equals("slant");
                assertEquals(shared, different.size() == 1, factor + " fixed: " + name);
            }
            var other = DrawnDigits.withOneFixed(factor, 1, 4).factors().orElseThrow();
            assertNotEquals(factors.column(factor)[0], other.column(factor)[0], factor);
        }
        Refusal.expect(() -> DrawnDigits.withOneFixed("slant", 1, 1), "thickness, rotation", "'slant'");
    }

    private static double linearAccuracy(Dataset digits) {
        return Judge.logisticRegression().accuracy(digits.train(), digits.test(), 1);
    }

    /** Total ink, centre and second central moments of an image. */
    private record Moments(double ink, double x, double y, double xx, double xy, double yy) {}

    private static Moments moments(int digit, Handwriting hand) {
        var samples = DrawnDigits.draw(digit, hand);
        var image = samples.row(0);
        int width = (int) samples.shape().get(2);
        double ink = 0;
        double x = 0;
        double y = 0;
        for (int k = 0; k < image.length; k++) {
            ink += image[k];
            x += image[k] * (k % width);
            y += image[k] * (k / width);
        }
        x /= ink;
        y /= ink;
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (int k = 0; k < image.length; k++) {
            double dx = k % width - x;
            double dy = k / width - y;
            xx += image[k] * dx * dx / ink;
            xy += image[k] * dx * dy / ink;
            yy += image[k] * dy * dy / ink;
        }
        return new Moments(ink, x, y, xx, xy, yy);
    }

    private static double sum(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }

    private static double correlation(float[] a, float[] b) {
        double meanA = sum(a) / a.length;
        double meanB = sum(b) / b.length;
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return ab / Math.sqrt(aa * bb);
    }
}
