package latent4j.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import latent4j.data.Dataset;
import latent4j.data.Samples;
import latent4j.model.BoundedAutoencoder;
import latent4j.model.ImportanceSampled;
import latent4j.model.Model;
import latent4j.model.VariationalAutoencoder;
import latent4j.tensor.Require;

/**
 * For comparisons, what models say of held-out records' probability, as far as each defines it: {@link EvidenceLowerBound},
 * {@link ActiveUnits} and {@link LogLikelihood}; nothing of GANs. The names of the measures say what the numbers are, a
 * probability, a density or a score of one likelihood, so that only those meet that compare.
 *
 * @param records on how many held-out records, ≥ 2, taken evenly from all of them
 * @param samples k of importance sampling, ≥ 1
 */
public record Likelihoods(int records, int samples) implements Metric {

    public Likelihoods {
        Require.atLeast("records", 2, records);
        Require.atLeast("samples", 1, samples);
    }

    /** On 1,000 records with 5,000 samples each: minutes for a model of pictures. */
    public Likelihoods() {
        this(1000, LogLikelihood.SAMPLES);
    }

    @Override
    public List<Measure> measure(Model model, Dataset data, long seed) {
        var measures = new ArrayList<Measure>();
        if (model instanceof VariationalAutoencoder || model instanceof BoundedAutoencoder) {
            measures.addAll(EvidenceLowerBound.of(model, evenly(data.test(), records), seed)
                    .measures());
        }
        if (model instanceof VariationalAutoencoder) {
            measures.add(ActiveUnits.of(model, data.test()).measure());
        }
        if (model instanceof ImportanceSampled) {
            measures.addAll(LogLikelihood.of(model, evenly(data.test(), records), samples, seed)
                    .measures());
        }
        return List.copyOf(measures);
    }

    /** So many of the records at equal distances, since sets may be sorted; all, if there are not more. */
    static Samples evenly(Samples all, int n) {
        return all.size() <= n
                ? all
                : all.rows(IntStream.range(0, n)
                        .map(i -> (int) ((long) i * all.size() / n))
                        .toArray());
    }
}
