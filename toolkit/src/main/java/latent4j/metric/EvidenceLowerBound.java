package latent4j.metric;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import latent4j.data.Samples;
import latent4j.model.BoundedAutoencoder;
import latent4j.model.Inference;
import latent4j.model.Model;
import latent4j.model.ProbabilisticAutoencoder;
import latent4j.model.Step;
import latent4j.model.VariationalAutoencoder;
import latent4j.tensor.Require;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * The evidence lower bound of records in parts (Kingma and Welling 2014, equation 3): log p(x) ≥ E log p(x|z) −
 * KL(q(z|x) ‖ p(z)), at β = 1 whatever the model minimises; nats a record.
 *
 * @param scale what the numbers are, and so what they compare with
 * @param reconstruction −E log p(x|z), the mean over records
 * @param kl KL(q(z|x) ‖ p(z)), the mean over records
 * @param standardError of −ELBO, as other records of the same kind would change it
 * @param klByDimension what each dimension of z adds to the KL term; empty where that is no sum over dimensions
 * @param records how many
 * @param codes how many codes were drawn for each record
 */
public record EvidenceLowerBound(
        LikelihoodScale scale,
        double reconstruction,
        double kl,
        double standardError,
        double[] klByDimension,
        int records,
        int codes) {

    /** Where a model gives the bound of whole batches alone, there are about so many of them for the standard error. */
    private static final int BLOCKS = 20;

    /** The bound with one code drawn for each record. */
    public static EvidenceLowerBound of(Model model, Samples records, long seed) {
        return of(model, records, 1, seed);
    }

    /**
     * The bound of a VAE or of another autoencoder with a bound.
     *
     * @param records at least 2, with labels where the model is conditional
     * @param codes how many are drawn for each record, ≥ 1: the more, the less the result depends on the seed
     * @throws IllegalArgumentException if the model has no bound of log p(x), or the records are not its own kind
     */
    public static EvidenceLowerBound of(Model model, Samples records, int codes, long seed) {
        Require.atLeast("codes", 1, codes);
        if (model instanceof VariationalAutoencoder vae) {
            return of(vae, scale(vae, records), records, codes, new Seed(seed));
        } else if (model instanceof BoundedAutoencoder bounded) {
            return of(bounded, scale(bounded, records), records, codes, new Seed(seed));
        }
        throw new IllegalArgumentException(
                model.getClass().getSimpleName() + " has no bound of log p(x): VAEs have one, and"
                        + " neither GANs nor autoencoders with codes that are exact");
    }

    private static LikelihoodScale scale(ProbabilisticAutoencoder model, Samples records) {
        return LikelihoodScale.of(model.likelihood(), model.shape(), records);
    }

    private static EvidenceLowerBound of(
            VariationalAutoencoder vae, LikelihoodScale scale, Samples records, int codes, Seed seed) {
        int n = records.size();
        var reconstruction = new double[n];
        var kl = new double[n];
        var sums = new double[1][];
        Inference.inBatches(n, (from, to) -> {
            var step = Step.of(records, from, to, seed.child(from));
            var posterior = vae.posterior(step);
            for (int draw = 0; draw < codes; draw++) {
                var z = posterior.sample(step.normal(vae.latent()));
                var likelihood = vae.likelihood()
                        .logLikelihood(step.data(), vae.output(z, step))
                        .toFloatArray();
                var each = vae.kl(posterior, z, step).toFloatArray();
                int d = each.length / (to - from);
                sums[0] = sums[0] == null ? new double[d] : sums[0];
                for (int i = 0; i < each.length; i++) {
                    kl[from + i / d] += each[i] / (double) codes;
                    sums[0][i % d] += each[i] / ((double) codes * n);
                }
                for (int i = from; i < to; i++) {
                    reconstruction[i] -= likelihood[i - from] / (double) codes;
                }
            }
        });
        var negative = new double[n];
        Arrays.setAll(negative, i -> reconstruction[i] + kl[i]);
        boolean byDimension = sums[0].length == vae.latent();
        return new EvidenceLowerBound(
                scale,
                mean(reconstruction),
                mean(kl),
                LogLikelihood.standardError(negative),
                byDimension ? sums[0] : new double[0],
                n,
                codes);
    }

    private static EvidenceLowerBound of(
            BoundedAutoencoder model, LikelihoodScale scale, Samples records, int codes, Seed seed) {
        int n = records.size();
        int blocks = Math.min(n, BLOCKS);
        var negative = new double[blocks];
        double reconstruction = 0;
        double kl = 0;
        for (int i = 0; i < blocks; i++) {
            int from = (int) ((long) n * i / blocks);
            int to = (int) ((long) n * (i + 1) / blocks);
            for (int draw = 0; draw < codes; draw++) {
                try (var tape = Tape.evaluation()) {
                    var step = Step.of(records, from, to, seed.child(from).child(draw));
                    var bound = model.judged(step);
                    double share = (to - from) / ((double) n * codes);
                    reconstruction += share * value(bound.reconstruction());
                    kl += share * value(bound.kl());
                    negative[i] += value(bound.negative()) / codes;
                }
            }
        }
        return new EvidenceLowerBound(
                scale, reconstruction, kl, LogLikelihood.standardError(negative), new double[0], n, codes);
    }

    private static double value(NDArray scalar) {
        return scalar.toFloatArray()[0];
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    /** −ELBO = reconstruction + KL. */
    public double negative() {
        return reconstruction + kl;
    }

    /**
     * −ELBO in bits per dimension, at least what a code needs.
     *
     * @throws IllegalArgumentException if it is not defined: see {@link LogLikelihood#bitsPerDimension}
     */
    public double bitsPerDimension() {
        return scale.bits(negative());
    }

    /** −ELBO and its KL term. */
    public List<Measure> measures() {
        var protocol = codes + (codes == 1 ? " code" : " codes") + " drawn for each record";
        return List.of(
                Measure.of("−ELBO (" + scale.words() + ")", negative(), "nats", Measure.Better.LOWER, records)
                        .within(LogLikelihood.normal(negative(), standardError))
                        .by(protocol),
                Measure.of("KL(q(z|x) ‖ p(z))", kl, "nats", Measure.Better.NEITHER, records)
                        .by(protocol));
    }

    /** The KL term by dimension, one a row: dimension from 0, KL in nats; no rows where it is no sum over dimensions. */
    public Table toTable() {
        return Table.create(
                "KL by dimension",
                IntColumn.create("dimension", IntStream.range(0, klByDimension.length)),
                DoubleColumn.create("KL", klByDimension));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "−ELBO = %.2f ± %.2f nats a record (%s) on %,d records: reconstruction %.2f + KL %.2f",
                negative(),
                standardError,
                scale.words(),
                records,
                reconstruction,
                kl);
    }
}
