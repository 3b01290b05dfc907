package latent4j.model.vae;

import static latent4j.model.vae.Steps.SHAPE;
import static latent4j.model.vae.Steps.part;
import static latent4j.model.vae.Steps.total;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.data.Samples;
import latent4j.loss.FixedGaussian;
import latent4j.model.Inference;
import latent4j.model.Step;
import latent4j.model.VariationalAutoencoder;
import latent4j.nn.Linear;
import latent4j.nn.Net;
import latent4j.nn.Network;
import latent4j.tensor.Kernels;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Test;

class IwaeTest {

    /** Each weight written out from the networks' own numbers. */
    @Test
    void theBoundIsItsEquation() {
        var vae = Vae.small(SHAPE);
        var model = new Iwae(vae, 3);
        try (var tape = Tape.evaluation()) {
            var elbo = model.elbo(Steps.step(0, 10));
            int n = Steps.BATCH;
            var z = elbo.z().toFloatArray();
            var x = elbo.x().toFloatArray();
            var logits = elbo.output().toFloatArray();
            var heads = Steps.heads(vae);
            assertEquals(3 * n * 2, z.length);
            double expected = 0;
            for (int i = 0; i < n; i++) {
                double sum = 0;
                for (int k = 3 * i; k < 3 * i + 3; k++) {
                    double logWeight = 0;
                    for (int j = 0; j < 2; j++) {
                        double mean = heads[i][j];
                        double variance = Math.exp(heads[i][2 + j]);
                        double code = z[2 * k + j];
                        logWeight += -0.5 * code * code
                                + 0.5 * (code - mean) * (code - mean) / variance
                                + 0.5 * Math.log(variance);
                    }
                    for (int j = 0; j < 16; j++) {
                        double l = logits[16 * k + j];
                        assertEquals(Steps.DATA.row(i)[j], x[16 * k + j]);
                        logWeight += x[16 * k + j] * l - Math.log1p(Math.exp(l));
                    }
                    sum += Math.exp(logWeight);
                }
                expected -= Math.log(sum / 3) / n;
            }
            assertEquals(expected, Steps.read(model.loss(elbo, Steps.step(0, 10))), 1e-4);
        }
        assertEquals(
                part(model, "reconstruction") + part(model, "KL"),
                part(model, VariationalAutoencoder.NEGATIVE_ELBO),
                1e-4);
        assertTrue(total(model, 0) < part(model, VariationalAutoencoder.NEGATIVE_ELBO) + 0.1);
        assertThrows(IllegalArgumentException.class, () -> new Iwae(vae, 0));
    }

    private static Net linear(String name, double[][] matrix, double[] shift) {
        var net = new Net(name, Network.of(new Linear(matrix.length)), new Shape(matrix[0].length));
        var weights = new float[matrix.length * matrix[0].length];
        var biases = new float[shift.length];
        for (int i = 0; i < matrix.length; i++) {
            biases[i] = (float) shift[i];
            for (int j = 0; j < matrix[i].length; j++) {
                weights[i * matrix[i].length + j] = (float) matrix[i][j];
            }
        }
        net.load(List.of(weights, biases));
        return net;
    }

    /**
     * Probabilistic PCA: x = w·z + σε in two dimensions, so that x ~ N(0, w·wᵀ + σ²I) exactly. The encoder's posterior is a
     * poor one; the more samples, the nearer its bound comes to log p(x), from below.
     */
    @Test
    void theBoundRisesWithKUpToTheExactLogLikelihoodOfALinearModel() {
        double sigma = 0.5;
        double[] w = {1.2, -0.7};
        int n = 4000;
        var noise = new Seed(9).normal(3 * n);
        var values = new float[2 * n];
        double exact = 0;
        double determinant = sigma * sigma * (sigma * sigma + w[0] * w[0] + w[1] * w[1]);
        for (int i = 0; i < n; i++) {
            double x = w[0] * noise[3 * i] + sigma * noise[3 * i + 1];
            double y = w[1] * noise[3 * i] + sigma * noise[3 * i + 2];
            values[2 * i] = (float) x;
            values[2 * i + 1] = (float) y;
            double squares = (w[1] * w[1] + sigma * sigma) * x * x
                    - 2 * w[0] * w[1] * x * y
                    + (w[0] * w[0] + sigma * sigma) * y * y;
            exact += (-0.5 * squares / determinant - 0.5 * Math.log(determinant) - Math.log(2 * Math.PI)) / n;
        }
        var data = Samples.of(new Shape(2), values);
        var decoder = linear("decoder", new double[][] {{w[0]}, {w[1]}}, new double[2]);
        var encoder = linear("encoder", new double[][] {{0.3, -0.1}, {0, 0}}, new double[] {0.2, -0.5});
        var vae = new Vae(encoder, decoder, new FixedGaussian(sigma));
        double before = bound(vae, data);
        System.out.println("linear model: exact " + exact + ", ELBO " + before);
        for (int k : new int[] {2, 5, 20, 100}) {
            double bound = bound(new Iwae(vae, k), data);
            System.out.println("linear model: k = " + k + ": " + bound);
            assertTrue(bound > before && bound < exact, k + " samples: " + bound + ", exact " + exact);
            before = bound;
        }
        assertEquals(exact, before, 0.02);
    }

    private static double bound(VariationalAutoencoder vae, Samples data) {
        var sum = new double[1];
        Inference.inBatches(data.size(), (from, to) -> {
            var step = new Step(Inference.array(data, from, to), null, new Seed(5).child(from), 0, 0);
            var total = vae.objectives().get(0).loss().apply(step).total();
            sum[0] -= Kernels.current().read(List.of(total))[0] * (to - from) / data.size();
        });
        return sum[0];
    }
}
