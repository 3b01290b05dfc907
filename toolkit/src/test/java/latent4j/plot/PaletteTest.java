package latent4j.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaletteTest {

    private static final double LEAST = 15;

    /** Machado, Oliveira and Fernandes (2009), severity 1: what linear red, green and blue become. */
    private static double[][] seenBy(String vision) {
        return switch (vision) {
            case "protanopia" ->
                new double[][] {
                    {0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}
                };
            case "deuteranopia" ->
                new double[][] {
                    {0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}
                };
            case "tritanopia" ->
                new double[][] {
                    {1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}
                };
            default -> new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"normal", "protanopia", "deuteranopia", "tritanopia"})
    void anyTwoColoursAreFarApart(String vision) {
        var colors = IntStream.range(0, Palette.size()).mapToObj(Palette::of).toList();
        // 2.3 is the least difference that eyes notice side by side
        assertTrue(nearest(colors, vision) > LEAST, "distance " + nearest(colors, vision));
    }

    @Test
    void theMostUsualPaletteWouldFailThisTest() {
        var tableau = Stream.of(
                        0x1f77b4, 0xff7f0e, 0x2ca02c, 0xd62728, 0x9467bd, 0x8c564b, 0xe377c2, 0x7f7f7f, 0xbcbd22,
                        0x17becf)
                .map(Color::new)
                .toList();
        assertTrue(nearest(tableau, "deuteranopia") < LEAST, "distance " + nearest(tableau, "deuteranopia"));
    }

    private static double nearest(List<Color> colors, String vision) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < colors.size(); i++) {
            for (int j = 0; j < i; j++) {
                var a = lab(colors.get(i), seenBy(vision));
                var b = lab(colors.get(j), seenBy(vision));
                nearest = Math.min(nearest, Math.hypot(Math.hypot(a[0] - b[0], a[1] - b[1]), a[2] - b[2]));
            }
        }
        return nearest;
    }

    @Test
    void textIsReadableOnWhiteAndKeepsDarkColours() {
        for (int i = 0; i < Palette.size(); i++) {
            var text = Palette.text(Palette.of(i));
            double luminance = linear(text, seenBy("normal"))[0] * 0.2126
                    + linear(text, seenBy("normal"))[1] * 0.7152
                    + linear(text, seenBy("normal"))[2] * 0.0722;
            assertTrue(1.05 / (luminance + 0.05) >= 4.5, "colour " + i);
        }
        assertEquals(Color.BLACK, Palette.text(Color.BLACK));
    }

    @Test
    void mixingWithWhiteGoesFromWhiteToTheColour() {
        assertEquals(Color.WHITE, Palette.light(Color.RED, 0));
        assertEquals(Color.RED, Palette.light(Color.RED, 1));
        assertEquals(new Color(255, 128, 128), Palette.light(Color.RED, 0.5));
    }

    private static double[] linear(Color color, double[][] vision) {
        var in = new double[] {channel(color.getRed()), channel(color.getGreen()), channel(color.getBlue())};
        var out = new double[3];
        for (int i = 0; i < 3; i++) {
            out[i] = Math.min(1, Math.max(0, vision[i][0] * in[0] + vision[i][1] * in[1] + vision[i][2] * in[2]));
        }
        return out;
    }

    private static double channel(int value) {
        double c = value / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }

    private static double[] lab(Color color, double[][] vision) {
        var rgb = linear(color, vision);
        double x = f((0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.95047);
        double y = f(0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]);
        double z = f((0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.08883);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double f(double t) {
        return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116.0;
    }
}
