package latent4j.study;

import java.util.Locale;
import latent4j.metric.Measure.Better;
import org.apache.commons.math3.stat.descriptive.moment.Mean;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;

/**
 * What all seeds of one model say in one measure.
 *
 * @param model the model's name
 * @param measure the measure's name
 * @param unit its unit
 * @param better which way is better
 * @param values the finite values, one a seed
 * @param mean their mean; NaN where there is none
 * @param standardError s/√n; NaN for fewer than 2 values
 * @param against how it differs from the baseline on the seeds that both have; no pairs for the baseline itself
 * @param p the test's p after Holm's correction for all models in this measure; NaN where nothing was tested
 * @param word {@code better} or {@code worse} than the baseline, {@code more} or {@code less} where neither is better, {@code not
 *     decided}, or empty where nothing was tested
 */
record Entry(
        String model,
        String measure,
        String unit,
        Better better,
        double[] values,
        double mean,
        double standardError,
        PairedTest against,
        double p,
        String word) {

    /** Below this corrected p, a difference counts. */
    static final double ALPHA = 0.05;

    static final String NOT_DECIDED = "not decided";

    static String word(Better better, double mean, double p) {
        if (!(p < ALPHA)) {
            return NOT_DECIDED;
        }
        return switch (better) {
            case LOWER -> mean < 0 ? "better" : "worse";
            case HIGHER -> mean > 0 ? "better" : "worse";
            case NEITHER -> mean > 0 ? "more" : "less";
        };
    }

    /** s/√n; NaN for fewer than 2 values. */
    static double standardError(double[] values) {
        return values.length < 2 ? Double.NaN : new StandardDeviation().evaluate(values) / Math.sqrt(values.length);
    }

    /** Their mean and its standard error; {@code –} where there are none. */
    static String text(double[] values) {
        return values.length == 0 ? "–" : text(new Mean().evaluate(values), standardError(values));
    }

    /** {@code 98.31 ± 0.42}, with as many digits as the error leaves; {@code –} where nothing was measured. */
    static String text(double mean, double standardError) {
        if (Double.isNaN(mean)) {
            return "–";
        }
        if (!(standardError > 0)) {
            return String.format(Locale.ROOT, "%.4g", mean) + (standardError == 0 ? " ± 0" : "");
        }
        int decimals = (int) Math.max(0, Math.min(8, 1 - Math.floor(Math.log10(standardError))));
        return String.format(Locale.ROOT, "%,." + decimals + "f ± %,." + decimals + "f", mean, standardError);
    }
}
