package latent4j.data;

import java.util.stream.IntStream;

/**
 * Drawn digits among which the class is the factor that parts them most: each in one way, upright and centred, of any thickness,
 * size and wobble.
 */
public final class DigitsInOneHand {

    private static final int HELD_OUT = 500;

    private DigitsInOneHand() {}

    /** {@code n} to train on, equally many of each class, without labels. */
    public static Dataset of(int n) {
        return new Dataset("digits in one hand", samples(n, 0), samples(HELD_OUT, n));
    }

    private static Samples samples(int n, int firstSeed) {
        int each = n / 10;
        var shape = Datasets.digits(0, 0).shape();
        int ofOneClass = each * (int) shape.size();
        var values = new float[10 * ofOneClass];
        for (int k = 0; k < 10; k++) {
            var drawn = DrawnDigits.draw(k, hands(k, each, firstSeed)).toArray();
            System.arraycopy(drawn, 0, values, k * ofOneClass, ofOneClass);
        }
        return Samples.of(shape, values);
    }

    private static Handwriting[] hands(int digit, int n, int firstSeed) {
        return IntStream.range(firstSeed, firstSeed + n)
                .mapToObj(seed -> DrawnDigits.randomHand(digit, seed)
                        .withStyle(0)
                        .withSlant(0)
                        .withRotation(0)
                        .withOffset(0, 0))
                .toArray(Handwriting[]::new);
    }
}
