package latent4j.tensor;

import ai.djl.ndarray.types.Shape;

/** Refusals of a setting that name it, the allowed range and the value found. */
public final class Require {

    private Require() {}

    /** Refuses a value below the least one. */
    public static void atLeast(String name, int least, int value) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be >= " + least + ", got " + value);
        }
    }

    /** Refuses infinite values and NaN. */
    public static void finite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " must be a finite number, got " + value);
        }
    }

    /** Refuses zero, negative and infinite values and NaN. */
    public static void positive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be a finite number > 0, got " + value);
        }
    }

    /** Refuses negative and infinite values and NaN. */
    public static void notNegative(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be a finite number >= 0, got " + value);
        }
    }

    /** Refuses what lies outside [0, 1). */
    public static void belowOne(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(name + " must be in [0, 1), got " + value);
        }
    }

    /** Refuses what lies outside (0, 1). */
    public static void insideUnit(String name, double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(name + " must be in (0, 1), got " + value);
        }
    }

    /** Refuses another shape. */
    public static void shape(String name, Shape expected, Shape found) {
        if (!found.equals(expected)) {
            throw new IllegalArgumentException(name + " must have shape " + expected + ", got " + found);
        }
    }
}
