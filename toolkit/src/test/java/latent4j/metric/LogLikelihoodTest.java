package latent4j.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import latent4j.data.Dataset;
import latent4j.data.Samples;
import latent4j.loss.DiagonalGaussian;
import latent4j.loss.DiscretisedLogistic;
import latent4j.loss.FixedGaussian;
import latent4j.model.ImportanceSampled;
import latent4j.model.Model;
import latent4j.model.Step;
import latent4j.model.VariationalAutoencoder;
import latent4j.model.gan.Gan;
import latent4j.model.hybrid.AdversarialVariationalBayes;
import latent4j.model.vae.Ae;
import latent4j.model.vae.BetaVae;
import latent4j.model.vae.CategoricalVae;
import latent4j.model.vae.ConditionalVae;
import latent4j.model.vae.Iwae;
import latent4j.model.vae.JointVae;
import latent4j.model.vae.LadderVae;
import latent4j.model.vae.Vae;
import latent4j.model.vae.VampPriorVae;
import latent4j.model.vae.VqVae;
import latent4j.nn.Linear;
import latent4j.nn.Net;
import latent4j.nn.Network;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Test;

class LogLikelihoodTest {

    private static final Shape IMAGE = new Shape(1, 2, 3);

    /** Pictures of 0 and 1. */
    private static final Samples BINARY = Samples.of(IMAGE, new Seed(1).uniform(12 * 6))
            .withLabels(IntStream.range(0, 12).map(i -> i % 2).toArray())
            .binarised(2);

    /** x = w·z + σε: log p(x) is that of N(0, w·wᵀ + σ²I). */
    private static final double[] W = {1.2, -0.7};

    private static final double SIGMA = 0.5;
    private static final Samples POINTS = points(400);

    private static Samples points(int n) {
        var noise = new Seed(9).normal(3 * n);
        var values = new float[2 * n];
        for (int i = 0; i < 2 * n; i++) {
            values[i] = (float) (W[i % 2] * noise[i / 2 * 3] + SIGMA * noise[i / 2 * 3 + 1 + i % 2]);
        }
        return Samples.of(new Shape(2), values);
    }

    /** log N(x; 0, w·wᵀ + σ²I), written out. */
    private static double exact(float[] x) {
        double variance = SIGMA * SIGMA;
        double determinant = variance * (variance + W[0] * W[0] + W[1] * W[1]);
        double squares = (W[1] * W[1] + variance) * x[0] * x[0]
                - 2 * W[0] * W[1] * x[0] * x[1]
                + (W[0] * W[0] + variance) * x[1] * x[1];
        return -0.5 * squares / determinant - 0.5 * Math.log(determinant) - Math.log(2 * Math.PI);
    }

    private static Net linear(String name, int inputs, float[] weights, float[] biases) {
        var net = new Net(name, Network.of(new Linear(biases.length)), new Shape(inputs));
        net.load(List.of(weights, biases));
        return net;
    }

    /** The linear model with a poor q(z|x) = N(0.3·x₁ − 0.1·x₂ + 0.2, e^{−0.5}). */
    private static Vae linearVae() {
        return new Vae(
                linear("encoder", 2, new float[] {0.3f, -0.1f, 0, 0}, new float[] {0.2f, -0.5f}),
                linear("decoder", 1, new float[] {(float) W[0], (float) W[1]}, new float[2]),
                new FixedGaussian(SIGMA));
    }

    @Test
    void ofALinearModelItIsTheClosedForm() {
        var found = LogLikelihood.of(linearVae(), POINTS, 1);
        assertEquals(5000, found.samples());
        double mean = 0;
        for (int i = 0; i < POINTS.size(); i++) {
            double exact = exact(POINTS.row(i));
            assertEquals(exact, found.byRecord()[i], 0.5, "record " + i);
            mean += exact / POINTS.size();
        }
        assertEquals(-mean, found.negative(), 0.01);
        assertTrue(found.effectiveSamples() > 100 && found.effectiveSamples() < 5000, found.toString());
    }

    @Test
    void eachRecordIsEstimatedAlsoAlone() {
        var all = LogLikelihood.of(linearVae(), POINTS, 50, 3).byRecord();
        assertArrayEquals(all, LogLikelihood.each(linearVae(), POINTS, 50, 3));
        var one = LogLikelihood.each(linearVae(), POINTS.rows(1), 5000, 3);
        assertEquals(1, one.length);
        assertEquals(exact(POINTS.row(1)), one[0], 0.5);
    }

    /** E[1/k Σ w] = p(x) for every k: the mean over many repeats, within 4 of its standard errors. */
    @Test
    void theWeightsHaveNoBias() {
        var one = POINTS.rows(0, 1);
        var ratios = new double[400];
        for (int seed = 0; seed < ratios.length; seed++) {
            double estimate = LogLikelihood.of(linearVae(), one, 3, seed).byRecord()[0];
            ratios[seed] = Math.exp(estimate - exact(one.row(0)));
        }
        double mean = Arrays.stream(ratios).average().orElseThrow();
        assertEquals(1, mean, 4 * LogLikelihood.standardError(ratios));
        assertTrue(LogLikelihood.standardError(ratios) < 0.1);
    }

    /** k = 1 is the ELBO, here in closed form, and more samples bring it nearer to log p(x). */
    @Test
    void theBoundRisesFromTheElboWithK() {
        var vae = linearVae();
        double elbo = 0;
        double exact = 0;
        double s2 = Math.exp(-0.5);
        for (int i = 0; i < POINTS.size(); i++) {
            var x = POINTS.row(i);
            double m = 0.3 * x[0] - 0.1 * x[1] + 0.2;
            double squares = 0;
            for (int j = 0; j < 2; j++) {
                squares += Math.pow(x[j] - W[j] * m, 2) + W[j] * W[j] * s2;
            }
            double likelihood = -0.5 * squares / (SIGMA * SIGMA) - Math.log(2 * Math.PI * SIGMA * SIGMA);
            double kl = 0.5 * (s2 + m * m - 1 + 0.5);
            elbo += (likelihood - kl) / POINTS.size();
            exact += exact(x) / POINTS.size();
        }
        var bound = EvidenceLowerBound.of(vae, POINTS, 500, 3);
        assertEquals(-elbo, bound.negative(), 0.02);
        var plane = new RateDistortion(1000, 500).measure(vae, new Dataset("points", POINTS, POINTS), 3);
        assertEquals(
                List.of(bound.kl(), bound.reconstruction(), bound.negative()),
                plane.stream().map(Measure::value).toList());
        var single = IntStream.range(0, 100)
                .mapToDouble(seed -> LogLikelihood.of(vae, POINTS, 1, seed).negative())
                .toArray();
        double before = Arrays.stream(single).average().orElseThrow();
        assertEquals(-elbo, before, 4 * LogLikelihood.standardError(single));
        for (int k : new int[] {2, 5, 20, 200}) {
            double next = LogLikelihood.of(vae, POINTS, k, 4).negative();
            assertTrue(next < before && next > -exact - 0.01, k + ": " + next + " after " + before);
            before = next;
        }
    }

    /** Weights of a network, so large that q(z|x) differs from the prior and p(x|z) depends on z. */
    private static <M extends Model> M sharp(M model, double factor) {
        for (var net : model.nets()) {
            var values = net.values();
            values.forEach(v -> {
                for (int i = 0; i < v.length; i++) {
                    v[i] *= (float) factor;
                }
            });
            net.load(values);
        }
        return model;
    }

    /** q(z₁|x, z₂) is narrower than the prior, so that weights would have no finite variance: its estimate says less here. */
    private static LadderVae broad(LadderVae model) {
        var values = model.estimate().values();
        var biases = values.get(values.size() - 1);
        for (int j = biases.length / 2; j < biases.length; j++) {
            biases[j] += 3;
        }
        model.estimate().load(values);
        return model;
    }

    /** Σ_j log p(x_j|mean_j) of a picture. */
    private static double bernoulli(float[] x, float[] mean, int from) {
        double sum = 0;
        for (int j = 0; j < x.length; j++) {
            sum += Math.log(x[j] == 1 ? mean[from + j] : 1 - mean[from + j]);
        }
        return sum;
    }

    /** log p(x) without q: the mean of p(x|z) over codes from the model's own prior. */
    private static double fromPrior(Samples decoded, float[] x, int every, int first) {
        double sum = 0;
        int count = 0;
        for (int i = first; i < decoded.size(); i += every) {
            sum += Math.exp(bernoulli(x, decoded.row(i), 0));
            count++;
        }
        return Math.log(sum / count);
    }

    /** Every model that has weights: they average to p(x), found by plain sampling from the prior, and their logs to the ELBO. */
    @Test
    void everyModelsWeightsAreThoseOfItsOwnPriorAndPosterior() {
        var vae = sharp(Vae.small(IMAGE), 2);
        List<ImportanceSampled> models = List.of(
                vae,
                new BetaVae(vae, 4),
                new Iwae(vae, 7),
                sharp(VampPriorVae.small(IMAGE), 1.5),
                broad(sharp(LadderVae.small(IMAGE), 1.5)),
                sharp(CategoricalVae.small(IMAGE), 2),
                sharp(JointVae.small(IMAGE), 2),
                sharp(ConditionalVae.small(IMAGE), 2));
        for (var model : models) {
            var name = model.getClass().getSimpleName();
            boolean conditional = model instanceof ConditionalVae;
            var decoded = model.draw(30_000, 5); // of a conditional model, classes in turn
            var found = LogLikelihood.of(model, BINARY, 4000, 6);
            double sum = 0;
            for (int i = 0; i < BINARY.size(); i++) {
                double expected = fromPrior(decoded, BINARY.row(i), conditional ? 2 : 1, conditional ? i % 2 : 0);
                assertEquals(expected, found.byRecord()[i], 0.06, name + ", record " + i);
                sum += expected / BINARY.size();
            }
            double elbo = EvidenceLowerBound.of(model, BINARY, 400, 7).negative();
            assertEquals(elbo, meanOfLogWeights(model), 0.05, name);
            System.out.printf(
                    "%s: −log p(x) %.3f, by the prior %.3f, −ELBO %.3f%n", name, found.negative(), -sum, elbo);
            assertTrue(elbo > found.negative() + 0.02, name + " must have something to gain: " + elbo);
        }
    }

    private static double meanOfLogWeights(ImportanceSampled model) {
        try (var tape = Tape.evaluation()) {
            var step = Step.of(BINARY, 0, BINARY.size(), new Seed(8));
            double sum = 0;
            var logWeights = model.logWeights(step, 4000).toFloatArray();
            for (float w : logWeights) {
                sum -= w;
            }
            return sum / logWeights.length;
        }
    }

    /** 16 codes in all: log p(x) = log 1/16 Σ_z p(x|z). */
    @Test
    void ofCategoricalCodesItIsTheSumOverAllOfThem() {
        var model = sharp(CategoricalVae.small(IMAGE), 2);
        var codes = new float[16 * 8];
        for (int i = 0; i < 16; i++) {
            codes[8 * i + i / 4] = 1;
            codes[8 * i + 4 + i % 4] = 1;
        }
        var means = model.decode(Samples.of(new Shape(8), codes));
        var found = LogLikelihood.of(model, BINARY, 5000, 1);
        for (int i = 0; i < BINARY.size(); i++) {
            assertEquals(fromPrior(means, BINARY.row(i), 1, 0), found.byRecord()[i], 0.03, "record " + i);
        }
    }

    /** Weights that would all be 0, or overflow, in float64 without a common factor taken out. */
    @Test
    void weightsTooSmallForTheirExponentialCount() {
        var vae = new Vae(
                linear("encoder", 2, new float[4], new float[] {0, 0}),
                linear("decoder", 1, new float[2], new float[2]),
                new FixedGaussian(0.01));
        var far = Samples.of(new Shape(2), new float[] {3, 4, 0, 1});
        double constant = -2 * 0.5 * Math.log(2 * Math.PI * 1e-4);
        var found = LogLikelihood.of(vae, far, 10, 1);
        assertEquals(-125_000 + constant, found.byRecord()[0], 0.1);
        assertEquals(-5_000 + constant, found.byRecord()[1], 0.01);
        assertEquals(10, found.effectiveSamples(), 1e-3);
    }

    @Test
    void theSameSeedGivesTheSameAndMeasuresSayWhatTheyAre() {
        var vae = Vae.small(IMAGE);
        var found = LogLikelihood.of(vae, BINARY, 50, 1);
        assertEquals(found.negative(), LogLikelihood.of(vae, BINARY, 50, 1).negative());
        assertEquals(found.negative() / (6 * Math.log(2)), found.bitsPerDimension(), 1e-12);
        assertEquals(
                List.of("−log p(x) (probability)", "bits per dimension"),
                found.measures().stream().map(Measure::name).toList());
        assertEquals(BINARY.size(), found.toTable().rowCount());
        assertTrue(
                found.toString()
                        .matches("−log p\\(x\\) = \\S+ ± \\S+ nats a record \\(probability\\) on 12 records,"
                                + " importance sampling with 50 samples a record, \\S+ of them effective"),
                found.toString());
        double mean = -found.negative();
        double variance = Arrays.stream(found.byRecord())
                        .map(v -> (v - mean) * (v - mean))
                        .sum()
                / 11;
        assertEquals(Math.sqrt(variance / 12), found.standardError(), 1e-12);
    }

    @Test
    void modelsComparePairedOnTheSameRecords() {
        var exact = linearVae();
        var wide = new Vae(exact.encoder(), exact.decoder(), new FixedGaussian(2 * SIGMA));
        var gain = LogLikelihood.of(exact, POINTS, 500, 1).better(LogLikelihood.of(wide, POINTS, 500, 2));
        assertEquals("gain in log p(x) (density)", gain.name());
        assertTrue(gain.value() > 0 && gain.interval().orElseThrow().low() > 0, gain.toString());
    }

    private static void refused(String said, Runnable call) {
        var error = assertThrows(IllegalArgumentException.class, call::run);
        assertTrue(error.getMessage().contains(said), error.getMessage());
    }

    @Test
    void whatDoesNotCompareIsRefused() {
        var shape = new Shape(6);
        var grey = Samples.of(shape, new Seed(1).uniform(60));
        var bernoulli = LogLikelihood.of(Vae.mlp(shape, 2), grey, 5, 1);
        var gaussian = LogLikelihood.of(Vae.mlp(shape, 2, new FixedGaussian(1)), grey, 5, 1);
        var levels = LogLikelihood.of(Vae.mlp(shape, 2, new DiscretisedLogistic()), grey, 5, 1);
        refused("one is a score by Bernoulli, no density (Bernoulli) of 6 values", () -> bernoulli.better(gaussian));
        refused("the other a probability (DiscretisedLogistic)", () -> gaussian.better(levels));
        refused("do not compare", () -> levels.better(bernoulli));
        refused(
                "of different records",
                () -> levels.better(
                        LogLikelihood.of(Vae.mlp(shape, 2, new DiscretisedLogistic()), grey.head(5), 5, 1)));
        refused(
                "5 and 6 samples",
                () -> gaussian.better(LogLikelihood.of(Vae.mlp(shape, 2, new FixedGaussian(1)), grey, 6, 1)));
        refused("score by Bernoulli, no density: binarise", bernoulli::bitsPerDimension);
        refused("this is a density", gaussian::bitsPerDimension);
        assertEquals(levels.negative() / (6 * Math.log(2)), levels.bitsPerDimension(), 1e-12);
        assertEquals(1, bernoulli.measures().size());
        // one grey value among black and white ones is enough
        var almost = BINARY.toArray();
        almost[7] = 0.5f;
        refused("no density", () -> EvidenceLowerBound.of(Vae.small(IMAGE), Samples.of(IMAGE, almost), 1)
                .bitsPerDimension());
    }

    @Test
    void comparisonsKnowTheScaleBeforeTheyTrain() {
        var shape = new Shape(6);
        var metric = new Likelihoods();
        assertEquals(Optional.of("Bernoulli"), metric.scale(Vae.mlp(shape, 2)));
        assertEquals(Optional.of("density"), metric.scale(Vae.mlp(shape, 2, new FixedGaussian(1))));
        assertEquals(Optional.of("density"), metric.scale(Vae.mlp(shape, 2, new DiagonalGaussian(0.1))));
        assertEquals(Optional.of("probability"), metric.scale(Vae.mlp(shape, 2, new DiscretisedLogistic())));
        assertEquals(Optional.of("Bernoulli"), metric.scale(LadderVae.small(shape)));
        assertEquals(Optional.empty(), metric.scale(Gan.small(shape)));
    }

    @Test
    void modelsWithoutALikelihoodAreRefusedAndNothingInAComparison() {
        var nothing = List.<Model>of(Gan.small(IMAGE), Ae.small(IMAGE), VqVae.small(IMAGE));
        var data = new Dataset("binary", BINARY, BINARY);
        for (var model : nothing) {
            var name = model.getClass().getSimpleName();
            refused(name + " has no likelihood", () -> LogLikelihood.of(model, BINARY, 1));
            refused(name + " has no bound", () -> EvidenceLowerBound.of(model, BINARY, 1));
            refused(name, () -> ActiveUnits.of(model, BINARY));
            assertEquals(List.of(), new Likelihoods(12, 5).measure(model, data, 1), name);
        }
        refused(
                "AdversarialVariationalBayes",
                () -> LogLikelihood.of(AdversarialVariationalBayes.small(IMAGE), BINARY, 1));
        var all = new Likelihoods(8, 5).measure(Vae.small(IMAGE), data, 1);
        assertEquals(
                List.of(
                        "−ELBO (probability)",
                        "KL(q(z|x) ‖ p(z))",
                        "active units",
                        "−log p(x) (probability)",
                        "bits per dimension"),
                all.stream().map(Measure::name).toList());
        assertEquals(8, all.get(3).count());
        assertEquals(
                List.of("−ELBO (probability)", "KL(q(z|x) ‖ p(z))", "−log p(x) (probability)", "bits per dimension"),
                new Likelihoods(8, 5)
                        .measure(LadderVae.small(IMAGE), data, 1).stream()
                                .map(Measure::name)
                                .toList());
    }

    @Test
    void recordsThatSayNothingAreRefused() {
        var vae = Vae.small(IMAGE);
        refused("at least 2 records, got 1", () -> LogLikelihood.of(vae, BINARY.head(1), 1));
        refused("at least 2 records, got 0", () -> EvidenceLowerBound.of(vae, BINARY.head(0), 1));
        refused("all 4 records are the same", () -> ActiveUnits.of(vae, BINARY.rows(3, 3, 3, 3)));
        refused(
                "a record must have shape (1, 2, 3), got (6)",
                () -> LogLikelihood.of(vae, Samples.of(new Shape(6), BINARY.toArray()), 1));
        refused("samples must be >= 1, got 0", () -> LogLikelihood.of(vae, BINARY, 0, 1));
        refused("records must be >= 2, got 1", () -> new Likelihoods(1, 5));
        var broken = Vae.small(IMAGE);
        var values = broken.decoder().values();
        values.get(0)[0] = Float.NaN;
        broken.decoder().load(values);
        refused("of record 0 is NaN", () -> LogLikelihood.of(broken, BINARY, 5, 1));
    }

    /** Codes 2·x₁ and 0.01·x₁: variances 4·Var and 0.0001·Var. */
    @Test
    void unitsAreActiveByTheVarianceOfTheirMeans() {
        var vae = new Vae(
                linear("encoder", 2, new float[] {2, 0, 0.01f, 0, 0, 0, 0, 0}, new float[4]),
                linear("decoder", 2, new float[4], new float[2]),
                new FixedGaussian(1));
        var units = ActiveUnits.of(vae, Samples.of(new Shape(2), new float[] {1, 0, 2, 0, 6, 0}));
        assertEquals(4 * 7, units.variances()[0], 1e-4);
        assertEquals(0.0007, units.variances()[1], 1e-6);
        assertEquals(1, units.count());
        assertEquals("1 of 2 units active (variance of E[z|x] > 0.01)", units.toString());
        assertEquals(2, units.toTable().rowCount());
    }

    /** KL of each dimension by hand: ½(σ² + μ² − 1 − log σ²). */
    @Test
    void theKlTermIsTheSumOfItsDimensions() {
        var vae = new Vae(
                linear("encoder", 2, new float[] {1, 0, 0, 1, 0, 0, 0, 0}, new float[] {0, 0, 0, 1}),
                linear("decoder", 2, new float[4], new float[2]),
                new FixedGaussian(1));
        var x = Samples.of(new Shape(2), new float[] {1, 0, 3, 2});
        var bound = EvidenceLowerBound.of(vae, x, 1);
        assertEquals(0.5 * (1 + 9) / 2, bound.klByDimension()[0], 1e-5);
        assertEquals(0.5 * (Math.E - 2 + (0 + 4) / 2.0), bound.klByDimension()[1], 1e-5);
        assertEquals(bound.klByDimension()[0] + bound.klByDimension()[1], bound.kl(), 1e-5);
        double likelihood = 0.5 * (1 + 0 + 9 + 4) / 2 + Math.log(2 * Math.PI);
        assertEquals(likelihood, bound.reconstruction(), 1e-5);
        assertEquals(bound.reconstruction() + bound.kl(), bound.negative(), 1e-12);
        assertEquals(2, bound.toTable().rowCount());
        assertEquals(
                0,
                EvidenceLowerBound.of(VampPriorVae.small(IMAGE), BINARY, 1)
                        .toTable()
                        .rowCount());
    }

    @Test
    void theBoundIsTheOneThatModelsLog() {
        for (VariationalAutoencoder vae :
                List.of(Vae.small(IMAGE), BetaVae.small(IMAGE), ConditionalVae.small(IMAGE))) {
            assertEquals(
                    vae.negativeElbo(BINARY, 3),
                    EvidenceLowerBound.of(vae, BINARY, 3).negative(),
                    1e-4);
        }
    }
}
