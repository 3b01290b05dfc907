package latent4j.data;

import java.util.SplittableRandom;

/**
 * A stream of random numbers keyed by a seed and further numbers, the same on every platform.
 *
 * <p>Each key opens a stream of its own, so that a record can be made without making those before
 * it and threads cannot change what is drawn. The generator is SplitMix64 (Steele, Lea and Flood,
 * "Fast splittable pseudorandom number generators", OOPSLA 2014), the algorithm of {@link
 * SplittableRandom}; only its 64-bit words are used, because the derived methods of the JDK's
 * generators have changed between releases.
 */
final class KeyedRandom {

    private final SplittableRandom words;

    private KeyedRandom(long state) {
        words = new SplittableRandom(state);
    }

    /** The stream of this seed and these keys. */
    static KeyedRandom of(long seed, long... keys) {
        long state = new SplittableRandom(seed).nextLong();
        for (long key : keys) {
            state = new SplittableRandom(state ^ key).nextLong();
        }
        return new KeyedRandom(state);
    }

    /** Uniform in [low, high). */
    double uniform(double low, double high) {
        return low + (high - low) * ((words.nextLong() >>> 11) * 0x1.0p-53);
    }

    /** Uniform in {0, ..., bound - 1}. */
    int integer(int bound) {
        return (int) uniform(0, bound);
    }

    /** Standard normal, by Box and Muller's method. */
    double normal() {
        double radius = Math.sqrt(-2 * StrictMath.log(1 - uniform(0, 1)));
        return radius * StrictMath.cos(2 * Math.PI * uniform(0, 1));
    }

    /** The numbers 0, ..., n - 1 in random order (Fisher and Yates's shuffle). */
    int[] permutation(int n) {
        var order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = integer(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
