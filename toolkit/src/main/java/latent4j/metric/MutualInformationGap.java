package latent4j.metric;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import latent4j.data.Samples;
import tech.tablesaw.api.Table;

/**
 * The mutual information gap, MIG (Chen et al. 2018, equation 6): (1/K) Σ_k (I(z_j(k); v_k) − max_{j≠j(k)} I(z_j; v_k)) /
 * H(v_k), where j(k) is the code's dimension that says most of factor v_k: 1 where each factor is said by one dimension alone,
 * 0 where two say the same. Codes are the posteriors' means; codes and factors are put into 20 bins of equally many records
 * each (Locatello et al. 2019 take 20 bins of equal width, which a single far code makes empty).
 *
 * @param value MIG, in [0, 1]
 * @param information I(z_j; v_k) in nats: a code's dimension a row, a factor a column
 * @param entropies H(v_k) of each factor's bins, nats
 * @param factors what the factors are called
 * @param count from how many codes
 */
public record MutualInformationGap(
        double value, double[][] information, double[] entropies, List<String> factors, int count) {

    static final int BINS = 20;

    /**
     * MIG of codes with the factors of their records, such as {@code vae.encode(records)}.
     *
     * @param factors which factors count; all where none is named
     */
    public static MutualInformationGap of(Samples codes, String... factors) {
        var both = CodesAndFactors.of(codes, factors);
        int latent = both.codes().length;
        var z = IntStream.range(0, latent)
                .mapToObj(j -> MutualInformation.bins(both.codes()[j], BINS))
                .toList();
        var information = new double[latent][both.names().size()];
        var entropies = new double[both.names().size()];
        double sum = 0;
        for (int k = 0; k < entropies.length; k++) {
            var v = MutualInformation.bins(both.factors()[k], BINS);
            entropies[k] = MutualInformation.entropy(v);
            for (int j = 0; j < latent; j++) {
                information[j][k] = MutualInformation.of(z.get(j), v);
            }
            sum += CodesAndFactors.gap(information, k) / entropies[k];
        }
        return new MutualInformationGap(sum / entropies.length, information, entropies, both.names(), both.count());
    }

    /** The mutual information in nats, a code's dimension a row, a factor a column. */
    public Table toTable() {
        return CodesAndFactors.table("mutual information in nats", factors, information);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "MIG %.3f of %s, from %,d codes", value, factors, count);
    }
}
