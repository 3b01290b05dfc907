package latent4j.metric;

import java.util.Arrays;
import java.util.function.Function;
import latent4j.tensor.Seed;

/**
 * Intervals from subsampling without replacement: the spread of a number over random halves of the records is that of the
 * number itself, since a half's variance is twice as great and halves share half of their records (the delete-half jackknife;
 * Shao and Wu 1989, equation 2.1 with d = n/2). The halves' own mean is not used, so that no bias of small samples comes in.
 */
final class Halves {

    private static final double NORMAL = 1.959964;

    private Halves() {}

    /**
     * 95 % intervals of several numbers.
     *
     * @param values the numbers of all n records
     * @param of the numbers of some records, by their indices
     */
    static Measure.Interval[] intervals(double[] values, int n, int times, Seed seed, Function<int[], double[]> of) {
        var found = new double[times][];
        for (int t = 0; t < times; t++) {
            var half = Arrays.copyOf(seed.child("half").child(t).permutation(n), n / 2);
            found[t] = of.apply(half);
        }
        var intervals = new Measure.Interval[values.length];
        for (int k = 0; k < values.length; k++) {
            int at = k;
            double mean =
                    Arrays.stream(found).mapToDouble(half -> half[at]).average().orElseThrow();
            double variance = Arrays.stream(found)
                            .mapToDouble(half -> Math.pow(half[at] - mean, 2))
                            .sum()
                    / (times - 1);
            double wide = NORMAL * Math.sqrt(variance);
            intervals[k] = new Measure.Interval(
                    values[k] - wide, values[k] + wide, 0.95, times + " halves without replacement");
        }
        return intervals;
    }
}
