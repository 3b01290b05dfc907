package latent4j.plot;

import java.awt.Color;
import java.util.List;

/**
 * The one palette of all charts.
 *
 * <p>The ten colours are those of M. A. Petroff, «Accessible Color Sequences for Data Visualization» (2021): found
 * by search so that each pair stays apart for readers with each of the three colour vision deficiencies, and in
 * greys as well. Okabe and Ito's well-known palette has only eight, one of them black, and ten classes of digits need
 * ten.
 */
public final class Palette {

    private static final List<Color> CLASSES = List.of(
            new Color(0x3f90da),
            new Color(0xffa90e),
            new Color(0xbd1f01),
            new Color(0x94a4a2),
            new Color(0x832db6),
            new Color(0xa96b59),
            new Color(0xe76300),
            new Color(0xb9ac70),
            new Color(0x717581),
            new Color(0x92dadd));

    /** Text and axes. */
    public static final Color INK = grey(0.2);

    /** What is there to be looked past: grid lines. */
    public static final Color GRID = grey(0.9);

    private Palette() {}

    /** How many classes the palette tells apart. */
    public static int size() {
        return CLASSES.size();
    }

    /** The colour of class {@code index}; beyond the tenth class the colours begin again. */
    public static Color of(int index) {
        return CLASSES.get(Math.floorMod(index, CLASSES.size()));
    }

    /** The grey of the given lightness. */
    public static Color grey(double lightness) {
        float g = (float) Math.min(1, Math.max(0, lightness));
        return new Color(g, g, g);
    }

    /** The colour mixed with white: {@code share} 1 is the colour itself, 0 is white. */
    public static Color light(Color color, double share) {
        return new Color(mixed(color.getRed(), share), mixed(color.getGreen(), share), mixed(color.getBlue(), share));
    }

    /** The colour, darkened until text in it can be read on white: a contrast of 4.5 to 1, as WCAG 2 asks. */
    public static Color text(Color color) {
        var dark = color;
        while (1.05 / (luminance(dark) + 0.05) < 4.5) {
            dark = new Color(dark.getRed() * 95 / 100, dark.getGreen() * 95 / 100, dark.getBlue() * 95 / 100);
        }
        return dark;
    }

    private static int mixed(int channel, double share) {
        return (int) Math.round(255 + (channel - 255) * share);
    }

    private static double luminance(Color c) {
        return 0.2126 * linear(c.getRed()) + 0.7152 * linear(c.getGreen()) + 0.0722 * linear(c.getBlue());
    }

    private static double linear(int channel) {
        double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
}
