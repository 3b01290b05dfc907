package latent4j.metric;

import java.util.List;
import java.util.Locale;
import latent4j.data.Samples;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import tech.tablesaw.api.Table;

/**
 * Separated attribute predictability, SAP (Kumar et al. 2018, section 3): the mean over factors of the difference between the
 * two greatest scores of a column, where the score of dimension i for factor j is the R² of linear regression, (Cov(z_i, v_j) /
 * (σ_i σ_j))². Factors are numbers; dimensions that never change score 0.
 *
 * @param value SAP, in [0, 1]
 * @param scores R²: a code's dimension a row, a factor a column
 * @param factors what the factors are called
 * @param count from how many codes
 */
public record SeparatedAttributePredictability(double value, double[][] scores, List<String> factors, int count) {

    /**
     * SAP of codes with the factors of their records.
     *
     * @param factors which factors count; all where none is named
     */
    public static SeparatedAttributePredictability of(Samples codes, String... factors) {
        var both = CodesAndFactors.of(codes, factors);
        var correlation = new PearsonsCorrelation();
        var scores = new double[both.codes().length][both.names().size()];
        double sum = 0;
        for (int k = 0; k < both.names().size(); k++) {
            for (int j = 0; j < scores.length; j++) {
                var z = both.codes()[j];
                scores[j][k] =
                        CodesAndFactors.isConstant(z) ? 0 : Math.pow(correlation.correlation(z, both.factors()[k]), 2);
            }
            sum += CodesAndFactors.gap(scores, k);
        }
        return new SeparatedAttributePredictability(sum / both.names().size(), scores, both.names(), both.count());
    }

    /** R², a code's dimension a row, a factor a column. */
    public Table toTable() {
        return CodesAndFactors.table("R²", factors, scores);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "SAP %.3f of %s, from %,d codes", value, factors, count);
    }
}
