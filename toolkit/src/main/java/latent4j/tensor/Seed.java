package latent4j.tensor;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Randomness by key instead of by a hidden stream: a seed has children named by numbers or words, and
 * the same path of keys gives the same numbers, whatever was drawn before.
 *
 * <p>All draws are made in Java, so that every engine and device gets the same ones.
 */
public record Seed(long value) {

    private static final RandomGeneratorFactory<RandomGenerator> GENERATORS =
            RandomGeneratorFactory.of("L64X128MixRandom");

    /** The child of this seed for a number, such as a step. */
    public Seed child(long key) {
        return new Seed(mix(value * 0x9E3779B97F4A7C15L + mix(key + 0x632BE59BD9B4E019L)));
    }

    /** The child of this seed for a word, such as what the randomness is for. */
    public Seed child(String key) {
        long hash = 0xCBF29CE484222325L; // FNV-1a, the same on every platform
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * 0x100000001B3L;
        }
        return child(hash);
    }

    /** A generator that starts at this seed. */
    public RandomGenerator generator() {
        return GENERATORS.create(value);
    }

    /** {@code n} draws from the standard normal distribution. */
    public float[] normal(int n) {
        var generator = generator();
        var draws = new float[n];
        for (int i = 0; i < n; i++) {
            draws[i] = (float) generator.nextGaussian();
        }
        return draws;
    }

    /** {@code n} draws from the uniform distribution on [0, 1). */
    public float[] uniform(int n) {
        var generator = generator();
        var draws = new float[n];
        for (int i = 0; i < n; i++) {
            draws[i] = generator.nextFloat();
        }
        return draws;
    }

    /** The numbers from 0 to n − 1 in random order. */
    public int[] permutation(int n) {
        var generator = generator();
        var order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = generator.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** The finaliser of SplitMix64: neighbouring keys give unrelated seeds. */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
