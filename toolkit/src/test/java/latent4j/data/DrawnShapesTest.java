package latent4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.awt.Color;
import org.junit.jupiter.api.Test;

class DrawnShapesTest {

    @Test
    void bitsAreTheSameOnEveryPlatform() {
        assertEquals(
                "c58d6e742a30bbd6d157145dafa99a981371e01d5cfab0cd8e92e228cd60e6c6",
                Datasets.shapes(60, 12).hash());
    }

    @Test
    void smallerSetIsThePrefixOfALargerOne() {
        var small = Datasets.shapes(20, 5);
        var large = Datasets.shapes(60, 9);
        assertEquals(small.train().hash(), large.train().head(20).hash());
        assertEquals(small.test().hash(), large.test().head(5).hash());
        assertEquals(new Shape(3, 32, 32), small.shape());
        assertEquals(6, small.classes());
        assertEquals("heart", small.train().classNames().get(4));
    }

    @Test
    void theCentreOfTheShapeHasItsHue() {
        var shapes = Datasets.shapes(200, 0).train();
        var factors = shapes.factors().orElseThrow();
        for (int i = 0; i < shapes.size(); i++) {
            int column = (int) Math.round(15.5 + factors.column("x")[i]);
            int row = (int) Math.round(15.5 + factors.column("y")[i]);
            int k = row * 32 + column;
            var image = shapes.row(i);
            var hsb = Color.RGBtoHSB(
                    Math.round(image[k] * 255),
                    Math.round(image[1024 + k] * 255),
                    Math.round(image[2048 + k] * 255),
                    null);
            double off = Math.abs(hsb[0] - factors.column("hue")[i]);
            assertEquals(0, Math.min(off, 1 - off), 0.01, "hue of record " + i);
            assertEquals(0.78, hsb[1], 0.02, "saturation of record " + i);
        }
    }

    @Test
    void theCornerHasTheTexturesHue() {
        var shapes = Datasets.shapes(200, 0).train();
        var hues = shapes.factors().orElseThrow().column("texture hue");
        for (int i = 0; i < shapes.size(); i++) {
            var image = shapes.row(i);
            var hsb = Color.RGBtoHSB(
                    Math.round(image[0] * 255), Math.round(image[1024] * 255), Math.round(image[2048] * 255), null);
            double off = Math.abs(hsb[0] - hues[i]);
            assertEquals(0, Math.min(off, 1 - off), 0.03, "texture hue of record " + i);
        }
    }

    @Test
    void aDiscCoversItsArea() {
        // On a plain texture the changed pixels are the disc of radius 0.95 size.
        var shapes = Datasets.shapes(400, 0).train();
        var factors = shapes.factors().orElseThrow();
        var labels = shapes.labels().orElseThrow();
        int discs = 0;
        for (int i = 0; i < shapes.size(); i++) {
            if (labels[i] == 0 && factors.column("texture")[i] == 0) {
                var image = shapes.row(i);
                int changed = 0;
                for (int k = 0; k < 1024; k++) {
                    boolean same =
                            image[k] == image[0] && image[1024 + k] == image[1024] && image[2048 + k] == image[2048];
                    changed += same ? 0 : 1;
                }
                // A partly covered pixel counts as changed: half a pixel all around.
                double radius = 0.95 * factors.column("size")[i] + 0.5;
                assertEquals(Math.PI * radius * radius, changed, 0.06 * changed, "record " + i);
                discs++;
            }
        }
        assertTrue(discs > 5);
    }
}
