package latent4j.metric;

import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import latent4j.data.Samples;
import latent4j.model.Autoencoder;
import latent4j.model.Objective;
import latent4j.tensor.Require;
import latent4j.tensor.Seed;
import org.apache.commons.math3.distribution.MixtureMultivariateNormalDistribution;
import org.apache.commons.math3.distribution.MultivariateNormalDistribution;
import org.apache.commons.math3.distribution.fitting.MultivariateNormalMixtureExpectationMaximization;
import org.apache.commons.math3.exception.ConvergenceException;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;
import org.apache.commons.math3.linear.SingularMatrixException;
import org.apache.commons.math3.util.Pair;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * An autoencoder that draws its codes from a mixture of Gaussians fitted to the codes of data, p(z) = Σ_k π_k N(z; μ_k, Σ_k),
 * instead of from its prior (Ghosh et al. 2020, section 4, «ex-post density estimation»). It is a model as any other: what
 * measures and compares the autoencoder's draws does so with these, and the difference is the hole between prior and codes.
 *
 * <p>The mixture is fitted by expectation and maximisation (Dempster et al. 1977; Commons Math), with full covariances, to codes
 * standardised by their means and standard deviations, of at most {@value #MOST} records. It starts from the clusters of k-means,
 * each with its own covariance and a thousandth of the codes' variance more. It ends when the mean log-likelihood rises by less
 * than 10⁻⁴ nats, or after 200 rounds: then {@code converged} is false and the mixture is the last. Where a component shrinks to
 * nothing (a singular covariance), the fit begins again with one component fewer. Dimensions that never change are kept as they
 * are.
 *
 * @param autoencoder what decodes
 * @param weights π_k, of sum 1
 * @param means μ_k, in the codes' own unit
 * @param covariances Σ_k, in the codes' own unit
 * @param logLikelihood the mean log-density of the codes fitted, in nats per code, over the dimensions that change
 * @param converged whether the fit came to its end
 * @param count to how many codes it was fitted
 */
public record MixtureSampler(
        Autoencoder autoencoder,
        double[] weights,
        double[][] means,
        double[][][] covariances,
        double logLikelihood,
        boolean converged,
        int count)
        implements Autoencoder {

    /** To how many codes it is fitted at most. */
    public static final int MOST = 5_000;

    private static final int ROUNDS = 200;
    private static final double RISE = 1e-4;
    private static final double RIDGE = 1e-3;

    /**
     * Fitted to the codes of records.
     *
     * @param components k ≥ 1; 10 in the paper
     * @param seed where k-means starts
     * @throws IllegalArgumentException if there are fewer than 10 codes a component and dimension, or no fit is to be had
     */
    public static MixtureSampler fit(Autoencoder autoencoder, Samples records, int components, long seed) {
        Require.atLeast("components", 1, components);
        var codes = autoencoder.encode(Judge.first(MOST, records));
        int needed = 10 * components * autoencoder.latent();
        if (codes.size() < needed) {
            throw new IllegalArgumentException("expected at least " + needed + " records for " + components
                    + " components in " + autoencoder.latent() + " dimensions, got " + codes.size());
        }
        var columns = Columns.of(codes);
        var changing = IntStream.range(0, autoencoder.latent())
                .filter(j -> columns.sd()[j] > 0)
                .toArray();
        if (changing.length < 2) { // Commons Math fits no fewer
            throw new IllegalArgumentException("expected codes of at least 2 dimensions that change over "
                    + codes.size() + " records, got " + changing.length);
        }
        var standardised = columns.standardised(codes);
        var data = new double[codes.size()][];
        for (int i = 0; i < data.length; i++) {
            var row = standardised.row(i);
            data[i] = Arrays.stream(changing).mapToDouble(j -> row[j]).toArray();
        }
        for (int k = components; k >= 1; k--) {
            try {
                return fitted(autoencoder, columns, changing, data, k, seed);
            } catch (SingularMatrixException | NonPositiveDefiniteMatrixException collapsed) {
                // one component fewer; a single one needs no more than codes that do not lie in a plane
            }
        }
        throw new IllegalArgumentException("no mixture fits these " + data.length
                + " codes: they lie on fewer than their " + changing.length + " dimensions");
    }

    private static MixtureSampler fitted(
            Autoencoder autoencoder, Columns columns, int[] changing, double[][] data, int k, long seed) {
        var start = start(data, k, seed);
        double logLikelihood;
        boolean converged = true;
        MixtureMultivariateNormalDistribution mixture;
        if (k == 1) {
            mixture = start; // the fit of one Gaussian is in closed form
            logLikelihood = Arrays.stream(data)
                    .mapToDouble(row -> Math.log(start.density(row)))
                    .average()
                    .orElseThrow();
        } else {
            var fit = new MultivariateNormalMixtureExpectationMaximization(data);
            try {
                fit.fit(start, ROUNDS, RISE);
            } catch (ConvergenceException e) {
                converged = false; // the last mixture is there all the same
            }
            mixture = fit.getFittedModel();
            logLikelihood = fit.getLogLikelihood();
        }
        if (!Double.isFinite(logLikelihood)) {
            throw new SingularMatrixException(); // a code so far from all components that its density is 0
        }
        int latent = autoencoder.latent();
        var weights = new double[k];
        var means = new double[k][];
        var covariances = new double[k][latent][latent];
        for (int c = 0; c < k; c++) {
            var component = mixture.getComponents().get(c);
            weights[c] = component.getFirst();
            means[c] = columns.mean().clone();
            var covariance = component.getSecond().getCovariances();
            new CholeskyDecomposition(covariance);
            for (int i = 0; i < changing.length; i++) {
                double sd = columns.sd()[changing[i]];
                means[c][changing[i]] += sd * component.getSecond().getMeans()[i];
                for (int j = 0; j < changing.length; j++) {
                    covariances[c][changing[i]][changing[j]] =
                            sd * columns.sd()[changing[j]] * covariance.getEntry(i, j);
                }
            }
        }
        double scale = Arrays.stream(changing)
                .mapToDouble(j -> Math.log(columns.sd()[j]))
                .sum();
        return new MixtureSampler(
                autoencoder, weights, means, covariances, logLikelihood - scale, converged, data.length);
    }

    /** The clusters of k-means, each a Gaussian. */
    private static MixtureMultivariateNormalDistribution start(double[][] data, int k, long seed) {
        var clusters = k == 1
                ? new int[data.length]
                : Clusters.kMeans(samples(data), k, seed).of();
        var components = new ArrayList<Pair<Double, MultivariateNormalDistribution>>();
        for (int c = 0; c < k; c++) {
            int cluster = c;
            var members = IntStream.range(0, data.length)
                    .filter(i -> clusters[i] == cluster)
                    .mapToObj(i -> data[i])
                    .toArray(double[][]::new);
            if (members.length < 2) {
                throw new SingularMatrixException();
            }
            components.add(new Pair<>(members.length / (double) data.length, gaussian(members, k == 1 ? 0 : RIDGE)));
        }
        return new MixtureMultivariateNormalDistribution(components);
    }

    private static MultivariateNormalDistribution gaussian(double[][] members, double ridge) {
        int d = members[0].length;
        var mean = new double[d];
        for (var row : members) {
            for (int j = 0; j < d; j++) {
                mean[j] += row[j] / members.length;
            }
        }
        var covariance = new Array2DRowRealMatrix(d, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                double sum = i == j ? ridge : 0;
                for (var row : members) {
                    sum += (row[i] - mean[i]) * (row[j] - mean[j]) / members.length;
                }
                covariance.setEntry(i, j, sum);
            }
        }
        return new MultivariateNormalDistribution(mean, covariance.getData());
    }

    private static Samples samples(double[][] data) {
        int d = data[0].length;
        var values = new float[data.length * d];
        for (int i = 0; i < data.length; i++) {
            for (int j = 0; j < d; j++) {
                values[i * d + j] = (float) data[i][j];
            }
        }
        return Samples.of(new Shape(d), values);
    }

    /** {@code n} codes from the mixture; the same seed draws the same ones. {@code draw} decodes them. */
    @Override
    public Samples prior(int n, long seed) {
        Require.atLeast("n", 1, n);
        int latent = latent();
        var roots = Arrays.stream(covariances).map(MixtureSampler::root).toList();
        var choice = new Seed(seed).child("component").uniform(n);
        var noise = new Seed(seed).child("prior").normal(Math.multiplyExact(n, latent));
        var values = new float[n * latent];
        for (int i = 0; i < n; i++) {
            int k = 0;
            double left = choice[i];
            while (k < weights.length - 1 && left >= weights[k]) {
                left -= weights[k++];
            }
            for (int a = 0; a < latent; a++) {
                double sum = means[k][a];
                for (int b = 0; b <= a; b++) {
                    sum += roots.get(k)[a][b] * noise[i * latent + b];
                }
                values[i * latent + a] = (float) sum;
            }
        }
        return Samples.of(new Shape(latent), values);
    }

    /** L with L·Lᵀ = Σ; rows of dimensions that never change are 0. */
    private static double[][] root(double[][] covariance) {
        int d = covariance.length;
        var root = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                double rest = covariance[i][j];
                for (int k = 0; k < j; k++) {
                    rest -= root[i][k] * root[j][k];
                }
                if (i == j) {
                    root[i][i] = Math.sqrt(Math.max(0, rest));
                } else {
                    root[i][j] = root[j][j] > 0 ? rest / root[j][j] : 0;
                }
            }
        }
        return root;
    }

    /** What the autoencoder minimises; training it further leaves the mixture behind. */
    @Override
    public List<Objective> objectives() {
        return autoencoder.objectives();
    }

    @Override
    public Shape shape() {
        return autoencoder.shape();
    }

    @Override
    public int latent() {
        return autoencoder.latent();
    }

    @Override
    public Samples encode(Samples x) {
        return autoencoder.encode(x);
    }

    @Override
    public Samples decode(Samples codes) {
        return autoencoder.decode(codes);
    }

    @Override
    public void export(Path file) {
        autoencoder.export(file);
    }

    /** Refused: the mixture is no network. */
    @Override
    public void save(Path file) {
        throw new IllegalStateException("save the autoencoder and fit the mixture again with the same seed");
    }

    /** One component a row: weight and mean in each dimension. */
    public Table toTable() {
        var table = Table.create(
                "mixture",
                IntColumn.create("component", IntStream.range(0, weights.length).toArray()),
                DoubleColumn.create("weight", weights));
        for (int j = 0; j < latent(); j++) {
            int dimension = j;
            table.addColumns(DoubleColumn.create(
                    "mean" + j,
                    Arrays.stream(means).mapToDouble(mean -> mean[dimension]).toArray()));
        }
        return table;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "mixture of %d Gaussians for the codes of %s: %.3f nats per code, fitted to %,d codes, %s",
                weights.length,
                autoencoder.getClass().getSimpleName(),
                logLikelihood,
                count,
                converged ? "converged" : "not converged");
    }
}
