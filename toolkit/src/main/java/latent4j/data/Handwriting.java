package latent4j.data;

import java.util.List;

/**
 * How one digit is written. Start from {@link #plain()} and change what you like: {@code
 * Handwriting.plain().withSlant(0.3)}.
 *
 * @param style which way to write the class, such as a 7 with or without bar; see {@link
 *     DrawnDigits#styles}
 * @param thickness of the stroke, in pixels
 * @param slant shear: how many pixels the writing leans to the right for each pixel of height
 * @param rotation clockwise, in degrees
 * @param scale size; 1 is about 20 pixels tall
 * @param x offset of the centre to the right, in pixels
 * @param y offset of the centre downwards, in pixels
 * @param wobble which elastic distortion; 0 for none
 */
public record Handwriting(
        int style, double thickness, double slant, double rotation, double scale, double x, double y, long wobble) {

    public Handwriting {
        if (style < 0) {
            throw new IllegalArgumentException("style must be >= 0, got " + style);
        }
        if (!(thickness > 0)) {
            throw new IllegalArgumentException("thickness must be > 0 pixels, got " + thickness);
        }
        if (!(scale > 0)) {
            throw new IllegalArgumentException("scale must be > 0, got " + scale);
        }
        if (!Double.isFinite(thickness + slant + rotation + scale + x + y)) {
            throw new IllegalArgumentException("handwriting must be finite numbers, got thickness " + thickness
                    + ", slant " + slant + ", rotation " + rotation + ", scale " + scale + ", x " + x + ", y " + y);
        }
    }

    /** Upright, centred, of middling size and thickness, without wobble. */
    public static Handwriting plain() {
        return new Handwriting(0, 2.6, 0, 0, 1, 0, 0, 0);
    }

    public Handwriting withStyle(int style) {
        return new Handwriting(style, thickness, slant, rotation, scale, x, y, wobble);
    }

    public Handwriting withThickness(double thickness) {
        return new Handwriting(style, thickness, slant, rotation, scale, x, y, wobble);
    }

    public Handwriting withSlant(double slant) {
        return new Handwriting(style, thickness, slant, rotation, scale, x, y, wobble);
    }

    public Handwriting withRotation(double rotation) {
        return new Handwriting(style, thickness, slant, rotation, scale, x, y, wobble);
    }

    public Handwriting withScale(double scale) {
        return new Handwriting(style, thickness, slant, rotation, scale, x, y, wobble);
    }

    public Handwriting withOffset(double x, double y) {
        return new Handwriting(style, thickness, slant, rotation, scale, x, y, wobble);
    }

    public Handwriting withWobble(long wobble) {
        return new Handwriting(style, thickness, slant, rotation, scale, x, y, wobble);
    }

    /** What {@link #factors} holds, in order. */
    static List<String> names() {
        return List.of("style", "thickness", "slant", "rotation", "scale", "x", "y");
    }

    float[] factors() {
        return new float[] {
            style, (float) thickness, (float) slant, (float) rotation, (float) scale, (float) x, (float) y
        };
    }
}
