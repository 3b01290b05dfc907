package latent4j.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import latent4j.data.Samples;
import latent4j.model.ImportanceSampled;
import latent4j.model.Model;
import latent4j.model.Step;
import latent4j.tensor.Require;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/**
 * log p(x) of records by importance sampling: log 1/k Σ_i w_i with w_i = p(x, z_i)/q(z_i|x) and k codes z_i from q(z|x)
 * (Burda et al. 2016, equation 8), in nats a record. It is a lower bound on average, which rises with k to log p(x); k = 1 is
 * the ELBO. With k = 5,000 it is what papers report as −log p(x) or NLL (section 5 there).
 *
 * <p>It belongs to the model, not to what was minimised: a {@link latent4j.model.vae.BetaVae} and a {@link
 * latent4j.model.vae.Vae} compare by it. Where few of the weights hold nearly all of their sum, q(z|x) misses the true
 * posterior, and the estimate stays below log p(x): see the effective samples.
 *
 * @param scale what the numbers are, and so what they compare with
 * @param samples k
 * @param byRecord the estimate of each record's log p(x), nats
 * @param effectiveSamples (Σw)²/Σw², the mean over the records: of k samples, how many count
 * @param hash of the records
 */
public record LogLikelihood(
        LikelihoodScale scale, int samples, double[] byRecord, double effectiveSamples, String hash) {

    /** As many samples as published results take. */
    public static final int SAMPLES = 5000;

    /** How many values the networks put out at a time, at most, so that memory stays flat. */
    private static final long VALUES = 1 << 20;

    private static final int ROWS = 4096;

    /** With 5,000 samples a record. */
    public static LogLikelihood of(Model model, Samples records, long seed) {
        return of(model, records, SAMPLES, seed);
    }

    /**
     * The estimate of each record's log p(x).
     *
     * @param records at least 2, with labels where the model is conditional
     * @param samples k ≥ 1
     * @throws IllegalArgumentException if the model has no p(x, z) or no density q(z|x), or the records are not its own kind
     */
    public static LogLikelihood of(Model model, Samples records, int samples, long seed) {
        Require.atLeast("samples", 1, samples);
        var sampled = require(model);
        var scale = LikelihoodScale.of(sampled.likelihood(), sampled.shape(), records);
        var sums = sums(sampled, records, samples, seed);
        return new LogLikelihood(
                scale,
                samples,
                Arrays.stream(sums).mapToDouble(Sum::logMean).toArray(),
                Arrays.stream(sums).mapToDouble(Sum::effective).average().orElseThrow(),
                records.hash());
    }

    /**
     * The estimate of each record's log p(x) alone, nats: of any number of records, also of one.
     *
     * @param samples k ≥ 1
     * @throws IllegalArgumentException if the model has no p(x, z) or no density q(z|x), or the records are of another shape
     */
    public static double[] each(Model model, Samples records, int samples, long seed) {
        Require.atLeast("samples", 1, samples);
        var sampled = require(model);
        Require.shape("a record", sampled.shape(), records.shape());
        return Arrays.stream(sums(sampled, records, samples, seed))
                .mapToDouble(Sum::logMean)
                .toArray();
    }

    private static Sum[] sums(ImportanceSampled sampled, Samples records, int samples, long seed) {
        int rows = (int) Math.max(1, Math.min(ROWS, VALUES / records.shape().size()));
        int atOnce = Math.min(samples, rows);
        int together = rows / atOnce;
        var sums = IntStream.range(0, records.size()).mapToObj(i -> new Sum()).toArray(Sum[]::new);
        for (int from = 0; from < records.size(); from += together) {
            int to = Math.min(records.size(), from + together);
            for (int drawn = 0; drawn < samples; drawn += atOnce) {
                int k = Math.min(atOnce, samples - drawn);
                try (var tape = Tape.evaluation()) {
                    var step = Step.of(
                            records, from, to, new Seed(seed).child(from).child(drawn));
                    var logWeights = sampled.logWeights(step, k).toFloatArray();
                    for (int i = 0; i < logWeights.length; i++) {
                        sums[from + i / k].add(logWeights[i], from + i / k);
                    }
                }
            }
        }
        return sums;
    }

    private static ImportanceSampled require(Model model) {
        if (model instanceof ImportanceSampled sampled) {
            return sampled;
        }
        throw new IllegalArgumentException(model.getClass().getSimpleName()
                + " has no likelihood that importance sampling could find: that takes p(x, z) of records and codes and a"
                + " density q(z|x), as VAEs have them, and neither GANs nor autoencoders with codes that are exact");
    }

    /** Σ w and Σ w² of one record, in units of the greatest weight so far, so that nothing overflows. */
    private static final class Sum {
        private double greatest = Double.NEGATIVE_INFINITY;
        private double sum;
        private double squares;
        private int count;

        void add(double logWeight, int record) {
            if (Double.isNaN(logWeight) || logWeight == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("log p(x, z) − log q(z|x) of record " + record + " is " + logWeight
                        + ": the model's weights or the record's values are not finite");
            }
            count++;
            if (logWeight > greatest) {
                double shrink = Math.exp(greatest - logWeight);
                sum = sum * shrink + 1;
                squares = squares * shrink * shrink + 1;
                greatest = logWeight;
            } else if (logWeight > Double.NEGATIVE_INFINITY) {
                double weight = Math.exp(logWeight - greatest);
                sum += weight;
                squares += weight * weight;
            }
        }

        double logMean() {
            return greatest + Math.log(sum / count);
        }

        double effective() {
            return sum * sum / squares;
        }
    }

    /** −log p(x), nats a record: the mean over the records. */
    public double negative() {
        return -Arrays.stream(byRecord).average().orElseThrow();
    }

    /** The standard error of {@link #negative}, as other records of the same kind would change it; nats. */
    public double standardError() {
        return standardError(byRecord);
    }

    /** The sample's standard deviation by √n. */
    static double standardError(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(squares / (values.length - 1) / values.length);
    }

    /**
     * −log₂ p(x)/d: how many bits a code needs for each value of a record.
     *
     * @throws IllegalArgumentException if it is not defined: for densities of real values, and for grey levels under a
     *     {@link latent4j.loss.Bernoulli}, which is no density of them
     */
    public double bitsPerDimension() {
        return scale.bits(negative());
    }

    /**
     * By how much −log p(x) is lower than another model's on the same records; the interval is that of the difference
     * record by record, which is narrower than those of both.
     *
     * @throws IllegalArgumentException if the likelihoods are of different kinds, or the records not the same
     */
    public Measure better(LogLikelihood other) {
        scale.requireSame(other.scale);
        if (!hash.equals(other.hash)) {
            throw new IllegalArgumentException("the log-likelihoods are of different records, " + byRecord.length
                    + " and " + other.byRecord.length + " of them: take those of the same ones");
        }
        if (samples != other.samples) {
            throw new IllegalArgumentException("the bounds are of " + samples + " and " + other.samples
                    + " samples, and more samples bring a higher one: take as many for both");
        }
        var differences = new double[byRecord.length];
        Arrays.setAll(differences, i -> byRecord[i] - other.byRecord[i]);
        double mean = Arrays.stream(differences).average().orElseThrow();
        return Measure.of(
                        "gain in log p(x) (" + scale.words() + ")",
                        mean,
                        "nats",
                        Measure.Better.HIGHER,
                        byRecord.length)
                .within(normal(mean, standardError(differences)))
                .by("paired by record, " + protocol());
    }

    /** −log p(x) and, where defined, bits per dimension. */
    public List<Measure> measures() {
        var measures = new ArrayList<Measure>();
        measures.add(Measure.of(
                        "−log p(x) (" + scale.words() + ")", negative(), "nats", Measure.Better.LOWER, byRecord.length)
                .within(normal(negative(), standardError()))
                .by(protocol()));
        if (scale.scale() == latent4j.loss.Likelihood.Scale.PROBABILITY) {
            measures.add(
                    Measure.of("bits per dimension", bitsPerDimension(), "bits", Measure.Better.LOWER, byRecord.length)
                            .within(normal(bitsPerDimension(), scale.bits(standardError())))
                            .by(protocol()));
        }
        return List.copyOf(measures);
    }

    /** 95 % of the normal distribution around a mean over records. */
    static Measure.Interval normal(double mean, double standardError) {
        double half = 1.959964 * standardError;
        return new Measure.Interval(mean - half, mean + half, 0.95, "standard error over records");
    }

    private String protocol() {
        return String.format(
                Locale.ROOT,
                "importance sampling with %,d samples a record, %.3g of them effective",
                samples,
                effectiveSamples);
    }

    /** One row a record, with its log p(x) in nats. */
    public Table toTable() {
        return Table.create("log-likelihood", DoubleColumn.create("log p(x)", byRecord));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "−log p(x) = %.2f ± %.2f nats a record (%s) on %,d records, %s",
                negative(),
                standardError(),
                scale.words(),
                byRecord.length,
                protocol());
    }
}
