package latent4j.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as a reader wants them: with the digits that matter. */
public final class Numbers {

    /** From here on an exponent says more than digits. */
    static final double HUGE = 1e7;

    private Numbers() {}

    /** About four significant digits: 105.8, 1.386, 0.0123; very small and very large ones with an exponent. */
    public static String plain(double value) {
        if (!Double.isFinite(value) || value == 0) {
            return value == 0 ? "0" : Double.toString(value);
        }
        return fixed(value, decimals(Math.abs(value), 4));
    }

    /** A tick's label: no digit more than it needs, and a true minus sign. */
    static String tick(double value) {
        return tick(value, 6);
    }

    /** The same with at most {@code digits} significant digits. */
    static String tick(double value, int digits) {
        double size = Math.abs(value);
        if (size >= HUGE || size > 0 && size < 1e-5) {
            return String.format(Locale.ROOT, "%.1e", value);
        }
        var text = new BigDecimal(size, new MathContext(digits))
                .stripTrailingZeros()
                .toPlainString();
        return value < 0 ? "\u2212" + text : text;
    }

    /** The decimals that give {@code digits} significant digits to values of this size; -1: an exponent is better. */
    static int decimals(double size, int digits) {
        if (size < 1e-4 || size >= HUGE) {
            return -1;
        }
        return Math.max(0, digits - 1 - (int) Math.floor(Math.log10(size)));
    }

    static String fixed(double value, int decimals) {
        return decimals < 0
                ? String.format(Locale.ROOT, "%.2e", value)
                : String.format(Locale.ROOT, "%." + Math.min(decimals, 6) + "f", value);
    }
}
