package latent4j.model.vae;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import latent4j.data.Datasets;
import latent4j.model.Inference;
import latent4j.tensor.Arrays;
import latent4j.tensor.Tape;
import latent4j.train.Trainer;
import org.junit.jupiter.api.Test;

/** The categorical and the joint VAE. */
class CategoricalVaeTest {

    /** With one variable of k values, log p(x) = log Σ p(x|z)/k and the bound's expectation are sums over k. */
    @Test
    void theBoundIsBelowTheExactLogLikelihoodAndTheKlBelowLogK() {
        int k = 5;
        var digits = Datasets.digits(500, 100);
        var vae = CategoricalVae.mlp(digits.shape(), 1, k);
        Trainer.epochs(6).batch(50).watchedBy().fit(vae, digits);
        var x = digits.test();
        double exact = 0;
        double bound = 0;
        try (var tape = Tape.evaluation()) {
            var array = Inference.array(x, 0, 100);
            var logLikelihoods = new float[k][];
            for (int c = 0; c < k; c++) {
                var code = new float[100 * k];
                for (int i = 0; i < 100; i++) {
                    code[i * k + c] = 1;
                }
                var output = vae.decoder().apply(Arrays.of(code, new Shape(100, k)));
                logLikelihoods[c] =
                        vae.likelihood().logLikelihood(array, output).toFloatArray();
            }
            var logits = vae.encoder().apply(array).toFloatArray();
            for (int i = 0; i < 100; i++) {
                double largest = Double.NEGATIVE_INFINITY;
                double sum = 0;
                for (int c = 0; c < k; c++) {
                    largest = Math.max(largest, logLikelihoods[c][i]);
                    sum += Math.exp(logits[i * k + c]);
                }
                double density = 0;
                double kl = Math.log(k);
                for (int c = 0; c < k; c++) {
                    density += Math.exp(logLikelihoods[c][i] - largest) / k;
                    double q = Math.exp(logits[i * k + c]) / sum;
                    kl += q > 0 ? q * Math.log(q) : 0;
                    bound += q * logLikelihoods[c][i] / 100;
                }
                assertTrue(kl >= -1e-5 && kl <= Math.log(k) + 1e-5, "KL " + kl);
                bound -= kl / 100;
                exact += (largest + Math.log(density)) / 100;
            }
        }
        double judged = 0;
        for (int seed = 0; seed < 20; seed++) {
            judged -= vae.negativeElbo(x, seed) / 20;
        }
        System.out.printf("categorical VAE: log p(x) %.3f, bound %.3f, its estimate %.3f%n", exact, bound, judged);
        assertTrue(bound <= exact + 1e-4, bound + " above " + exact);
        assertEquals(bound, judged, 0.5);
    }

    @Test
    void codesAreOneHot() {
        var vae = CategoricalVae.small(Batches.SHAPE);
        Batches.initialise(vae);
        for (var codes : new float[][] {
            vae.encode(Batches.DATA).toArray(), vae.prior(8, 1).toArray()
        }) {
            assertEquals(8 * 8, codes.length);
            for (int group = 0; group < 16; group++) {
                double sum = 0;
                for (int c = 0; c < 4; c++) {
                    assertTrue(codes[4 * group + c] == 0 || codes[4 * group + c] == 1);
                    sum += codes[4 * group + c];
                }
                assertEquals(1, sum);
            }
        }
    }

    @Test
    void theJointVaeAddsBothDistancesFromTheCapacities() {
        var vae = JointVae.small(Batches.SHAPE);
        Batches.initialise(vae);
        try (var tape = Tape.evaluation()) {
            // At epoch 0 the capacities are 0: |KL − 0| = KL.
            var terms = Batches.terms(vae, 0);
            double kl = Batches.part(terms, "KL");
            double categorical = Batches.part(terms, "KL of the category");
            assertTrue(kl > 0 && categorical > 0);
            assertEquals(
                    Batches.part(terms, "reconstruction") + 10 * (kl + categorical), Batches.read(terms.total()), 1e-3);
        }
    }

    /** The capacities are what the KL terms come to. */
    @Test
    void theJointVaesKlTermsComeToTheirCapacities() {
        var digits = Datasets.digits(2000, 200);
        var vae = JointVae.mlp(digits.shape(), 4, 10, 30, 6);
        var run = Trainer.epochs(9).batch(50).watchedBy().fit(vae, digits);
        var kl = run.history().validation("KL").values();
        var categorical = run.history().validation("KL of the category").values();
        double last = kl[kl.length - 1];
        double lastCategorical = categorical[categorical.length - 1];
        System.out.printf(
                "JointVAE: KL %.2f of 6, of the category %.2f of %.2f%n", last, lastCategorical, Math.log(10));
        assertEquals(6, last, 1);
        assertEquals(Math.log(10), lastCategorical, 0.5);
    }
}
