package latent4j.metric;

import java.util.Arrays;
import latent4j.tensor.Require;

/**
 * Entropy and mutual information of whole numbers, by their relative frequencies, in nats. Such estimates are too high by
 * about (a − 1)(b − 1)/(2n) for tables of a × b cells (Miller 1955), so that n should be much greater than a·b.
 */
public final class MutualInformation {

    private MutualInformation() {}

    /**
     * Bins that hold equally many values, as far as equal values, which share a bin, allow: a strictly increasing function of
     * the values falls in the same bins. At most {@code bins} different values have a bin each.
     *
     * @return the bin of each value, from 0
     */
    public static int[] bins(double[] values, int bins) {
        Require.atLeast("bins", 1, bins);
        var sorted = values.clone();
        Arrays.sort(sorted);
        var different = Arrays.stream(sorted).distinct().toArray();
        var of = new int[values.length];
        for (int i = 0; i < of.length; i++) {
            if (different.length <= bins) {
                of[i] = Arrays.binarySearch(different, values[i]);
            } else {
                of[i] = (int) ((long) bins * Sorted.below(sorted, values[i]) / sorted.length);
            }
        }
        return of;
    }

    /** H(a) = −Σ p log p, nats. */
    public static double entropy(int[] a) {
        var counts = new int[1 + Arrays.stream(a).max().orElse(0)];
        for (int value : a) {
            counts[value]++;
        }
        double sum = 0;
        for (int count : counts) {
            sum -= term(count, a.length);
        }
        return sum;
    }

    /**
     * I(a; b) = H(a) + H(b) − H(a, b), nats.
     *
     * @param a from 0
     * @param b from 0, as many
     */
    public static double of(int[] a, int[] b) {
        var table = table(a, b);
        double joint = 0;
        for (var row : table) {
            for (int count : row) {
                joint -= term(count, a.length);
            }
        }
        return Math.max(0, entropy(a) + entropy(b) - joint); // rounding may leave −1e−16
    }

    /** How often each value of a stands beside each value of b. */
    static int[][] table(int[] a, int[] b) {
        if (a.length != b.length || a.length == 0) {
            throw new IllegalArgumentException(
                    "expected equally many numbers, at least one, got " + a.length + " and " + b.length);
        }
        var table = new int[1 + Arrays.stream(a).max().orElse(0)]
                [1 + Arrays.stream(b).max().orElse(0)];
        for (int i = 0; i < a.length; i++) {
            table[a[i]][b[i]]++;
        }
        return table;
    }

    private static double term(int count, int n) {
        double p = count / (double) n;
        return count == 0 ? 0 : p * Math.log(p);
    }
}
