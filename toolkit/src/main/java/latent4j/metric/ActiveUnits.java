package latent4j.metric;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import latent4j.data.Samples;
import latent4j.model.Model;
import latent4j.model.VariationalAutoencoder;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * Which dimensions of a VAE's codes depend on the record: dimension j is active where A_j = Var_x(E[z_j|x]) > 0.01 (Burda et
 * al. 2016, section 5.2). The others hold noise alone, which the decoder has learned to ignore.
 *
 * @param variances A_j of each dimension, over the records
 * @param records how many
 */
public record ActiveUnits(double[] variances, int records) {

    /** From which variance on a dimension counts (Burda et al. 2016, section 5.2). */
    public static final double THRESHOLD = 0.01;

    /**
     * The variances over records.
     *
     * @param records at least 2, with labels where the model is conditional
     * @throws IllegalArgumentException if the model's codes are not means of a Gaussian q(z|x), or the records all the same
     */
    public static ActiveUnits of(Model model, Samples records) {
        if (!(model instanceof VariationalAutoencoder vae)) {
            throw new IllegalArgumentException("active units are those of a VAE's Gaussian codes, and "
                    + model.getClass().getSimpleName() + " has none of this kind");
        }
        LikelihoodScale.of(vae.likelihood(), vae.shape(), records); // refuses what has no variance
        var codes = vae.encode(records);
        int d = vae.latent();
        var variances = new double[d];
        for (int j = 0; j < d; j++) {
            var values = new double[codes.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = codes.row(i)[j];
            }
            double error = LogLikelihood.standardError(values);
            variances[j] = error * error * values.length;
        }
        return new ActiveUnits(variances, codes.size());
    }

    /** How many dimensions are active. */
    public int count() {
        return (int) Arrays.stream(variances).filter(v -> v > THRESHOLD).count();
    }

    /** How many are active, as a measure. */
    public Measure measure() {
        return Measure.of("active units", count(), "", Measure.Better.NEITHER, records)
                .by("of " + variances.length + ", variance of E[z|x] > " + THRESHOLD);
    }

    /** One row a dimension: its number from 0, A_j, and whether it is active. */
    public Table toTable() {
        return Table.create(
                "active units",
                IntColumn.create("dimension", IntStream.range(0, variances.length)),
                DoubleColumn.create("variance of E[z|x]", variances),
                BooleanColumn.create(
                        "active",
                        Arrays.stream(variances).mapToObj(v -> v > THRESHOLD).toArray(Boolean[]::new)));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%d of %d units active (variance of E[z|x] > %s)", count(), variances.length, THRESHOLD);
    }
}
