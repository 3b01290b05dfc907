package latent4j.tensor;

import java.util.SplittableRandom;

/**
 * A stream of random numbers, the same on every platform and Java version.
 *
 * <p>The generator is SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014), the algorithm of {@link SplittableRandom}; only its 64-bit words are
 * used, because the derived methods of the JDK's generators have changed between releases.
 */
public final class RandomStream {

    private final SplittableRandom words;

    RandomStream(long seed) {
        words = new SplittableRandom(seed);
    }

    /** Uniform in [0, 1). */
    public double uniform() {
        return (words.nextLong() >>> 11) * 0x1.0p-53;
    }

    /** Uniform in [low, high). */
    public double uniform(double low, double high) {
        return low + (high - low) * uniform();
    }

    /** Uniform in {0, ..., bound - 1}. */
    public int integer(int bound) {
        return (int) (bound * uniform());
    }

    /** Standard normal. */
    public double normal() {
        return NormalQuantile.of(uniform() + 0x1.0p-54); // never exactly 0
    }

    /** The numbers 0, ..., n - 1 in random order (Fisher and Yates's shuffle). */
    public int[] permutation(int n) {
        var order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = integer(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
