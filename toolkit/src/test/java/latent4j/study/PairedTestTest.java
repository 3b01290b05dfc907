package latent4j.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.stat.inference.TTest;
import org.junit.jupiter.api.Test;

class PairedTestTest {

    /** d = 1 … 5: mean 3, s = √2.5, t = 3/√0.5 = 4.2426 with 4 degrees of freedom; t₀.₉₇₅ = 2.7764. */
    @Test
    void byHandAndByAnotherImplementation() {
        var test = PairedTest.of(1, 2, 3, 4, 5);
        assertEquals(3, test.mean(), 1e-12);
        assertEquals(3 - 2.7764 * Math.sqrt(0.5), test.low(), 1e-4);
        assertEquals(3 + 2.7764 * Math.sqrt(0.5), test.high(), 1e-4);
        assertEquals(0.01324, test.p(), 1e-5);
        assertEquals(
                new TTest().pairedTTest(new double[] {2, 4, 7, 8, 10}, new double[] {1, 2, 4, 4, 5}), test.p(), 1e-12);
    }

    @Test
    void tiesAndFewPairs() {
        assertEquals(1, PairedTest.of(0, 0, 0).p());
        assertEquals(0, PairedTest.of(2, 2, 2).p());
        assertTrue(Double.isNaN(PairedTest.of(2).p()));
        assertEquals(2, PairedTest.of(2).mean());
        assertEquals(0, PairedTest.of().pairs());
    }

    @Test
    void holmByHand() {
        double none = Double.NaN;
        assertArrayEquals(
                new double[] {0.03, 0.06, none, 0.06, 0.02}, PairedTest.holm(0.01, 0.04, none, 0.03, 0.005), 1e-12);
        assertArrayEquals(new double[] {1, 1}, PairedTest.holm(0.6, 0.9), 1e-12);
    }
}
