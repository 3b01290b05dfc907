package latent4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class DatasetTest {

    private static Samples image(float... values) {
        return Samples.of(new Shape(1, 1, 2), values);
    }

    @Test
    void hashSeesBothPartsAndTheirOrderButNotTheName() {
        var a = image(0, 0.5f);
        var b = image(0, 1);
        assertEquals(new Dataset("x", a, b).hash(), new Dataset("y", a, b).hash());
        assertNotEquals(new Dataset("x", a, b).hash(), new Dataset("x", b, a).hash());
        assertNotEquals(new Dataset("x", a, b).hash(), new Dataset("x", a, a).hash());
    }

    @Test
    void classesAreThoseOfBothParts() {
        var train = image(0, 0).withLabels(new int[] {1});
        var test = image(0, 0).withLabels(new int[] {6});
        assertEquals(7, new Dataset("x", train, test).classes());
        assertEquals(0, new Dataset("x", image(0, 0), image(0, 0)).classes());
    }

    @Test
    void refusesPartsOfDifferentShape() {
        Refusal.expect(() -> new Dataset("x", image(0, 0), Samples.of(new Shape(2), new float[2])), "(1, 1, 2)", "(2)");
    }

    @Test
    void refusesPixelsOutsideTheUnitInterval() {
        Refusal.expect(
                () -> new Dataset("mine", image(0, 0, 0, 1.5f), image(0, 0)),
                "mine, training records",
                "record 1",
                "1.5",
                "position 1",
                "[0, 1]");
        Refusal.expect(() -> new Dataset("mine", image(0, 0), image(-0.1f, 0)), "held-out", "record 0", "-0.1");
        Refusal.expect(() -> new Dataset("mine", image(0, 200), image(0, 0)), "200.0", "divide bytes by 255");
        Refusal.expect(() -> new Dataset("mine", image(0, Float.NaN), image(0, 0)), "NaN");
    }

    @Test
    void refusesVectorsThatAreNotFinite() {
        var good = Samples.of(new Shape(2), new float[] {-50, 1000});
        Refusal.expect(
                () -> new Dataset("mine", good, Samples.of(new Shape(2), new float[] {0, Float.POSITIVE_INFINITY})),
                "Infinity",
                "finite");
    }
}
