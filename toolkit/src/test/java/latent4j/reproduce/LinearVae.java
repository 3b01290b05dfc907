package latent4j.reproduce;

import ai.djl.ndarray.types.Shape;
import java.util.Locale;
import java.util.stream.IntStream;
import latent4j.data.Dataset;
import latent4j.data.Samples;
import latent4j.metric.EvidenceLowerBound;
import latent4j.metric.LogLikelihood;
import latent4j.model.LearnedGaussian;
import latent4j.model.Schedule;
import latent4j.model.vae.Vae;
import latent4j.nn.Adam;
import latent4j.nn.Nets;
import latent4j.tensor.Seed;
import latent4j.train.Run;
import latent4j.train.Trainer;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.apache.commons.math3.stat.correlation.Covariance;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A VAE with linear networks and a learned scalar variance is probabilistic PCA (Tipping and Bishop 1999; Lucas et al. 2019,
 * section 4): at its optimum the bound is tight, and the decoder's columns span the first principal components.
 */
final class LinearVae implements Reproduction {

    private static final int D = 8;
    private static final int LATENT = 3;
    private static final double SIGMA = 0.5;

    /** Lengths of the true W's orthogonal columns: eigenvalues 16.25, 6.5, 2.5 and 0.25 five times. */
    private static final double[] LENGTHS = {4, 2.5, 1.5};

    private static final int EPOCHS = 100;

    /**
     * What came out, in nats a held-out record.
     *
     * @param exact −log p(x) by the closed form of the trained model, on all of them
     * @param elbo −ELBO on all of them
     * @param importanceSampled −log p(x) by importance sampling, on the first of them
     * @param exactOfThese the closed form on those
     * @param angle the largest angle between the decoder's columns and the first principal components of the training
     *     records, in degrees
     * @param sigma the learned standard deviation
     */
    record Result(
            double exact,
            EvidenceLowerBound elbo,
            LogLikelihood importanceSampled,
            double exactOfThese,
            double angle,
            double sigma) {

        /** How far the bound is from the closed form. */
        double gap() {
            return elbo.negative() - exact;
        }

        /** How far importance sampling is from the closed form. */
        double error() {
            return importanceSampled.negative() - exactOfThese;
        }

        Table toTable() {
            return Table.create(
                    "linear VAE",
                    StringColumn.create(
                            "what",
                            "−log p(x), closed form",
                            "−ELBO − closed form",
                            "importance-sampled − closed form",
                            "effective samples",
                            "angle to the principal components",
                            "σ (true " + SIGMA + ")"),
                    DoubleColumn.create(
                            "value", exact, gap(), error(), importanceSampled.effectiveSamples(), angle, sigma),
                    StringColumn.create("unit", "nats", "nats", "nats", "", "degrees", ""));
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "closed form %.4f nats, ELBO %.4f above, importance sampling %.5f above (%.0f of %d effective),"
                            + " angle %.3f°, σ %.4f",
                    exact,
                    gap(),
                    error(),
                    importanceSampled.effectiveSamples(),
                    importanceSampled.samples(),
                    angle,
                    sigma);
        }
    }

    @Override
    public String name() {
        return "linear-vae";
    }

    @Override
    public String about() {
        return "a linear VAE against the closed form of probabilistic PCA: bound, likelihood and subspace";
    }

    @Override
    public void run(Results results, boolean smoke) {
        var data = data(smoke ? 500 : 5000);
        results.run("linear-vae", () -> {
            var run = train(data, smoke ? 2 : EPOCHS);
            var result = measure((Vae) run.model(), data, smoke ? 50 : LogLikelihood.SAMPLES);
            System.out.println(result);
            results.table("linear-vae", result.toTable());
            return run.thinned(1);
        });
    }

    /** x = W·z + μ + σε, with W's columns at right angles in a random direction. */
    static Dataset data(int n) {
        var seed = new Seed(7);
        var axes = axes(matrix(seed.child("axes").normal(D * D), D));
        var noise = seed.child("noise").normal(2 * n * (LATENT + D));
        var values = new float[2 * n * D];
        for (int i = 0; i < 2 * n; i++) {
            int from = i * (LATENT + D);
            for (int j = 0; j < D; j++) {
                double x = 1 + SIGMA * noise[from + LATENT + j];
                for (int k = 0; k < LATENT; k++) {
                    x += axes.getEntry(j, k) * LENGTHS[k] * noise[from + k];
                }
                values[i * D + j] = (float) x;
            }
        }
        var all = Samples.of(new Shape(D), values);
        return new Dataset(
                "probabilistic PCA",
                all.rows(IntStream.range(0, n).toArray()),
                all.rows(IntStream.range(n, 2 * n).toArray()));
    }

    static Run train(Dataset data, int epochs) {
        var shape = data.shape();
        var vae = new Vae(
                Nets.mlp("encoder", shape, 2 * LATENT),
                Nets.mlpDecoder("decoder", LATENT, shape),
                LearnedGaussian.start());
        return Trainer.epochs(epochs)
                .batch(100)
                .seed(1)
                .optimizer(Adam.of(0.01))
                .schedule(Schedule.cosine())
                .validateOn(0)
                .watchedBy()
                .fit(vae, data);
    }

    /** Against the closed form of the trained model itself, on held-out records. */
    static Result measure(Vae vae, Dataset data, int samples) {
        var zero = vae.decode(Samples.of(new Shape(LATENT), new float[LATENT])).row(0);
        var w = new Array2DRowRealMatrix(D, LATENT);
        for (int k = 0; k < LATENT; k++) {
            var code = new float[LATENT];
            code[k] = 1;
            var column = vae.decode(Samples.of(new Shape(LATENT), code)).row(0);
            for (int j = 0; j < D; j++) {
                w.setEntry(j, k, column[j] - zero[j]);
            }
        }
        double sigma = ((LearnedGaussian) vae.likelihood()).standardDeviation();
        return new Result(
                -logLikelihood(data.test(), zero, w, sigma),
                EvidenceLowerBound.of(vae, data.test(), 20, 1),
                LogLikelihood.of(
                        vae, data.test().head(Math.min(1000, data.test().size())), samples, 1),
                -logLikelihood(data.test().head(Math.min(1000, data.test().size())), zero, w, sigma),
                angle(w, principal(data.train())),
                sigma);
    }

    /** The mean of log N(x; μ, W·Wᵀ + σ²I), in nats. */
    private static double logLikelihood(Samples x, float[] mean, RealMatrix w, double sigma) {
        var covariance = w.multiply(w.transpose())
                .add(MatrixUtils.createRealIdentityMatrix(D).scalarMultiply(sigma * sigma));
        var eigen = new EigenDecomposition(covariance);
        double sum = 0;
        for (int i = 0; i < x.size(); i++) {
            var difference = new double[D];
            for (int j = 0; j < D; j++) {
                difference[j] = x.row(i)[j] - mean[j];
            }
            for (int k = 0; k < D; k++) {
                double along = eigen.getEigenvector(k).dotProduct(MatrixUtils.createRealVector(difference));
                double variance = eigen.getRealEigenvalue(k);
                sum -= 0.5 * (along * along / variance + Math.log(2 * Math.PI * variance));
            }
        }
        return sum / x.size();
    }

    /** The first principal components of records, one a column. */
    private static RealMatrix principal(Samples x) {
        var covariance = new Covariance(matrix(x.toArray(), D)).getCovarianceMatrix();
        return new EigenDecomposition(covariance).getV().getSubMatrix(0, D - 1, 0, LATENT - 1);
    }

    /** The largest principal angle of two subspaces, by their bases, in degrees. */
    private static double angle(RealMatrix a, RealMatrix b) {
        var cosines = new SingularValueDecomposition(axes(a).transpose().multiply(axes(b))).getSingularValues();
        return Math.toDegrees(Math.acos(Math.min(1, cosines[LATENT - 1])));
    }

    private static RealMatrix axes(RealMatrix columns) {
        var q = new QRDecomposition(columns).getQ();
        return q.getSubMatrix(0, D - 1, 0, LATENT - 1);
    }

    private static RealMatrix matrix(float[] values, int columns) {
        var matrix = new Array2DRowRealMatrix(values.length / columns, columns);
        for (int i = 0; i < values.length; i++) {
            matrix.setEntry(i / columns, i % columns, values[i]);
        }
        return matrix;
    }
}
