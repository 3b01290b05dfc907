package latent4j.model.vae;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import latent4j.data.Samples;
import latent4j.loss.Gaussian;
import latent4j.model.Inference;
import latent4j.model.OneHot;
import latent4j.tensor.Tape;
import latent4j.train.Trainer;
import org.junit.jupiter.api.Test;

/** The VAEs whose prior is learned: the VampPrior and the ladder. */
class VampPriorVaeTest {

    private static double[] doubles(float[] values) {
        var doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    /** −log p(z) = log K − log Σ_k q(z|u_k), by hand. */
    @Test
    void theKlTermIsThatOfTheMeanPosteriorOfThePseudoInputs() {
        var vae = VampPriorVae.small(Batches.SHAPE);
        Batches.initialise(vae);
        try (var tape = Tape.evaluation()) {
            var x = Inference.array(Batches.DATA, 0, 8);
            var posterior = Gaussian.of(vae.encoder().apply(x));
            var z = posterior.sample(Batches.step().normal(2));
            var components = Gaussian.of(vae.encoder().apply(vae.pseudoInputs().apply(OneHot.all(8))));
            var means = doubles(components.mean().toFloatArray());
            var logVariances = doubles(components.logVariance().toFloatArray());
            var codes = doubles(z.toFloatArray());
            var logPosterior = doubles(posterior.logDensity(z).toFloatArray());
            double kl = 0;
            for (int i = 0; i < 8; i++) {
                double density = 0;
                for (int k = 0; k < 8; k++) {
                    double log = 0;
                    for (int j = 0; j < 2; j++) {
                        double d = codes[2 * i + j] - means[2 * k + j];
                        double v = logVariances[2 * k + j];
                        log -= 0.5 * (d * d / Math.exp(v) + v + Math.log(2 * Math.PI));
                    }
                    density += Math.exp(log) / 8;
                }
                kl += (logPosterior[i] - Math.log(density)) / 8;
            }
            assertEquals(kl, Batches.part(Batches.terms(vae, 0), "KL"), 1e-4);
        }
        assertTrue(Batches.largest(Batches.gradient(vae, 0, vae.pseudoInputs())) > 0);
    }

    /** Draws of the prior have the moments of the mixture. */
    @Test
    void codesAreDrawnFromThePrior() {
        var vae = VampPriorVae.small(Batches.SHAPE);
        Trainer.epochs(30).batch(8).watchedBy().fit(vae, Batches.DATA);
        var drawn = vae.prior(4000, 1);
        try (var tape = Tape.evaluation()) {
            var components = Gaussian.of(vae.encoder().apply(vae.pseudoInputs().apply(OneHot.all(8))));
            var mean = components.mean().mean(new int[] {0}).toFloatArray();
            var second = components
                    .mean()
                    .square()
                    .add(components.logVariance().exp())
                    .mean(new int[] {0})
                    .toFloatArray();
            var found = Inference.array(drawn, 0, 4000);
            for (int j = 0; j < 2; j++) {
                double tolerance = 4 * Math.sqrt(second[j] / 4000);
                assertEquals(mean[j], found.mean(new int[] {0}).toFloatArray()[j], tolerance);
                assertEquals(second[j], found.square().mean(new int[] {0}).toFloatArray()[j], 2 * tolerance);
            }
        }
        assertArrayEquals(drawn.toArray(), vae.prior(4000, 1).toArray());
    }

    /** Both KL terms by hand, from what the networks put out. */
    @Test
    void theLaddersPosteriorIsTheProductOfEstimateAndPrior() {
        var ladder = LadderVae.small(Batches.SHAPE);
        Batches.initialise(ladder);
        try (var tape = Tape.evaluation()) {
            var x = Inference.array(Batches.DATA, 0, 8);
            var step = Batches.step();
            var features = ladder.encoder().apply(x);
            var top = Gaussian.of(ladder.top().apply(features));
            var estimate = Gaussian.of(ladder.estimate().apply(features));
            var prior = Gaussian.of(ladder.descent().apply(top.sample(step.normal(2))));
            var v = doubles(estimate.logVariance().toFloatArray());
            var vp = doubles(prior.logVariance().toFloatArray());
            var m = doubles(estimate.mean().toFloatArray());
            var mp = doubles(prior.mean().toFloatArray());
            double kl = 0;
            for (int i = 0; i < m.length; i++) {
                double variance = 1 / (Math.exp(-v[i]) + Math.exp(-vp[i]));
                double mean = variance * (m[i] * Math.exp(-v[i]) + mp[i] * Math.exp(-vp[i]));
                kl += 0.5
                        * ((variance + Math.pow(mean - mp[i], 2)) / Math.exp(vp[i]) - 1 + vp[i] - Math.log(variance))
                        / 8;
            }
            var terms = Batches.terms(ladder, 0);
            assertEquals(kl, Batches.part(terms, "KL of z₁"), 1e-4);
            assertEquals(Batches.read(top.klToStandardNormal().mean()), Batches.part(terms, "KL of z₂"), 1e-5);
            assertEquals(
                    Batches.part(terms, "reconstruction") + kl + Batches.part(terms, "KL of z₂"),
                    Batches.read(terms.total()),
                    1e-4);
        }
        Samples codes = ladder.prior(3, 1);
        assertEquals(4, codes.shape().size());
        assertArrayEquals(codes.toArray(), ladder.prior(3, 1).toArray());
    }
}
