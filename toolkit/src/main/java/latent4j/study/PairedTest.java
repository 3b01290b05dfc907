package latent4j.study;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.moment.Mean;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;

/**
 * Student's t-test of paired values: with d the differences, t = d̄ / (s/√n) has n − 1 degrees of freedom where the true mean of
 * the differences is 0. With 5 pairs a difference counts at the 5 % level from |t| > 2.78, and with Holm's correction for 11
 * comparisons from 5.8.
 *
 * @param pairs n
 * @param mean d̄
 * @param low the lower end of the 95 % interval of the mean difference, without correction; NaN for fewer than 2 pairs
 * @param high its upper end
 * @param p how often a difference as large comes by chance alone. 1 where all differences are 0, 0 where all are one other
 *     number, NaN for fewer than 2 pairs
 */
record PairedTest(int pairs, double mean, double low, double high, double p) {

    private static final double LEVEL = 0.95;

    /** @param differences one a pair, all finite */
    static PairedTest of(double... differences) {
        int n = differences.length;
        double mean = new Mean().evaluate(differences);
        if (n < 2) {
            return new PairedTest(n, mean, Double.NaN, Double.NaN, Double.NaN);
        }
        double error = new StandardDeviation().evaluate(differences) / Math.sqrt(n);
        if (error == 0) {
            return new PairedTest(n, mean, mean, mean, mean == 0 ? 1 : 0);
        }
        var t = new TDistribution(null, n - 1);
        double reach = error * t.inverseCumulativeProbability((1 + LEVEL) / 2);
        double p = 2 * t.cumulativeProbability(-Math.abs(mean / error));
        return new PairedTest(n, mean, mean - reach, mean + reach, p);
    }

    /**
     * Holm's correction for m tests (Holm 1979): with p₍₁₎ ≤ … ≤ p₍ₘ₎, the k-th becomes max over j ≤ k of min(1, (m − j + 1)·p₍ⱼ₎).
     * What is then below α is so for all tests together: the chance of one false word among them is at most α.
     *
     * @param p NaN for what is no test, which stays NaN and does not count
     */
    static double[] holm(double... p) {
        var order = IntStream.range(0, p.length)
                .filter(i -> !Double.isNaN(p[i]))
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .toList();
        var corrected = new double[p.length];
        Arrays.fill(corrected, Double.NaN);
        double greatest = 0;
        for (int k = 0; k < order.size(); k++) {
            greatest = Math.max(greatest, Math.min(1, (order.size() - k) * p[order.get(k)]));
            corrected[order.get(k)] = greatest;
        }
        return corrected;
    }
}
