package latent4j.tensor;

/**
 * Randomness by key instead of by a hidden stream: a seed has children named by numbers or words, and
 * the same path of keys gives the same numbers, whatever was drawn before.
 *
 * <p>All draws are made in Java, so that every engine and device gets the same ones.
 */
public record Seed(long value) {

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

    /** The child along several numbers. */
    public Seed child(long first, long... more) {
        var child = child(first);
        for (long key : more) {
            child = child.child(key);
        }
        return child;
    }

    /** The random numbers of this seed, from the first. */
    public RandomStream stream() {
        return new RandomStream(mix(value));
    }

    /** {@code n} draws from the standard normal distribution. */
    public float[] normal(int n) {
        var stream = stream();
        var draws = new float[n];
        for (int i = 0; i < n; i++) {
            draws[i] = (float) stream.normal();
        }
        return draws;
    }

    /** {@code n} draws from the uniform distribution on [0, 1). */
    public float[] uniform(int n) {
        var stream = stream();
        var draws = new float[n];
        for (int i = 0; i < n; i++) {
            draws[i] = Math.min((float) stream.uniform(), Math.nextDown(1f)); // a float may round up to 1
        }
        return draws;
    }

    /** The numbers from 0 to n − 1 in random order. */
    public int[] permutation(int n) {
        return stream().permutation(n);
    }

    /** The finaliser of SplitMix64: neighbouring keys give unrelated seeds. */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
