package latent4j.model.vae;

import static org.junit.jupiter.api.Assertions.assertTrue;

import latent4j.TrainedClassifier;
import latent4j.data.Datasets;
import latent4j.train.Trainer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the papers of conditions, learned priors and levels claim, on drawn digits. */
@Tag("long")
class PriorClaimsTest {

    /** An independent classifier finds the asked class in at least 95 % of the samples. */
    @Test
    void aConditionalVaeDrawsTheAskedClass() {
        var digits = Datasets.digits(20_000, 500);
        var vae = ConditionalVae.mlp(digits.shape(), 4, 10);
        Trainer.epochs(8).batch(64).watchedBy().fit(vae, digits);
        var classifier = TrainedClassifier.of(Datasets.digits(20_000, 500, 77), 8);
        int right = 0;
        for (int label = 0; label < 10; label++) {
            double accuracy = classifier.accuracy(vae.draw(100, label, 3));
            right += (int) Math.round(100 * accuracy);
        }
        System.out.println("conditional VAE: " + right + " of 1000 samples show the asked class");
        assertTrue(right >= 950, right + " of 1000");
    }

    /** Tomczak and Welling 2018, table 1: the bound is at least that of the standard prior, for the same seeds. */
    @Test
    void theVampPriorsBoundIsNoWorse() {
        var digits = Datasets.digits(4000, 500);
        double gain = 0;
        for (int seed = 0; seed < 3; seed++) {
            var vae = Vae.mlp(digits.shape(), 16);
            var vamp = VampPriorVae.mlp(digits.shape(), 16, 50);
            Trainer.epochs(10).batch(64).seed(seed).watchedBy().fit(vae, digits);
            Trainer.epochs(10).batch(64).seed(seed).watchedBy().fit(vamp, digits);
            double plain = vae.negativeElbo(digits.test(), 1);
            double learned = vamp.negativeElbo(digits.test(), 1);
            System.out.printf("seed %d: −ELBO with N(0, I) %.2f, with the VampPrior %.2f%n", seed, plain, learned);
            gain += (plain - learned) / 3;
        }
        assertTrue(gain >= 0, "mean gain " + gain + " nats");
    }

    /** Sønderby et al. 2016, section 3: the second level carries information. */
    @Test
    void theLaddersSecondLevelIsActive() {
        var digits = Datasets.digits(4000, 500);
        var ladder = LadderVae.mlp(digits.shape(), 16, 4);
        var run = Trainer.epochs(10).batch(64).watchedBy().fit(ladder, digits);
        var top = run.history().validation("KL of z₂").values();
        System.out.println("ladder: KL of z₂ by epoch " + java.util.Arrays.toString(top) + ", −ELBO "
                + ladder.negativeElbo(digits.test(), 1));
        assertTrue(top[top.length - 1] > 0.1, "KL of z₂ " + top[top.length - 1]);
    }
}
