package latent4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class MovingDigitsTest {

    @Test
    void bitsAreTheSameOnEveryPlatform() {
        assertEquals(
                "9b474e1bebaca0abe56886a22e105286f43ff1844105f899d289e6d1fc049ec8",
                Datasets.movingDigits(20, 5, 0).hash());
    }

    @Test
    void smallerSetIsThePrefixOfALargerOne() {
        var films = Datasets.movingDigits(20, 5, 0);
        assertEquals(new Shape(8, 24, 24), films.shape());
        assertEquals(
                films.train().head(7).hash(),
                Datasets.movingDigits(7, 1, 0).train().hash());
        assertEquals(10, films.classes());
        for (float value : films.train().toArray()) {
            assertTrue(value >= 0 && value <= 1);
        }
    }

    /** The centre of the ink goes as far as the velocity says while no wall is near, and never beyond the walls. */
    @Test
    void itMovesAsItsFactorsSayAndTurnsAtTheWalls() {
        var films = Datasets.movingDigits(300, 0, 0).train();
        var factors = films.factors().orElseThrow();
        int free = 0;
        int turned = 0;
        for (int i = 0; i < films.size(); i++) {
            double x = factors.column("x")[i];
            double vx = factors.column("velocity x")[i];
            double[] first = centre(films.row(i), 0);
            for (int t = 1; t < MovingDigits.FRAMES; t++) {
                double moved = centre(films.row(i), t)[0] - first[0];
                double way = x + t * vx;
                if (Math.abs(way) <= 6) {
                    assertEquals(t * vx, moved, 0.12, "film " + i + ", frame " + t);
                    free++;
                } else {
                    double mirrored = Math.signum(way) * 12 - way;
                    if (Math.abs(mirrored) <= 6) {
                        assertEquals(mirrored - x, moved, 0.12, "film " + i + ", frame " + t);
                        turned++;
                    }
                }
            }
        }
        assertTrue(free > 500 && turned > 300, free + " free, " + turned + " turned");
    }

    /** The ink of a digit that is drawn anew in each frame stays the same: the walls leave it whole. */
    @Test
    void theDigitStaysWhole() {
        var films = Datasets.movingDigits(100, 0, 1).train();
        for (int i = 0; i < films.size(); i++) {
            double ink = centre(films.row(i), 0)[2];
            for (int t = 1; t < MovingDigits.FRAMES; t++) {
                assertEquals(ink, centre(films.row(i), t)[2], 0.04 * ink, "film " + i + ", frame " + t);
            }
        }
    }

    private static double[] centre(float[] film, int frame) {
        double ink = 0;
        double x = 0;
        double y = 0;
        for (int k = 0; k < 576; k++) {
            double value = film[frame * 576 + k];
            ink += value;
            x += value * (k % 24);
            y += value * (k / 24);
        }
        return new double[] {x / ink, y / ink, ink};
    }
}
