package latent4j.model.vae;

import static org.junit.jupiter.api.Assertions.assertTrue;

import latent4j.data.Datasets;
import latent4j.train.Trainer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the papers of discrete codes claim, on drawn digits. */
@Tag("long")
class DiscreteClaimsTest {

    /** Of the codebook at least half is used, as the perplexity counts it. */
    @Test
    void theCodebookIsUsed() {
        var digits = Datasets.digits(4000, 500);
        var run = Trainer.epochs(6).batch(64).watchedBy().fit(VqVae.mlp(digits.shape(), 16, 32), digits);
        var history = run.history();
        double perplexity = last(history.validation("perplexity of codes").values());
        System.out.printf(
                "VQ-VAE: perplexity %.1f of 32, squared error %.1f, MMD² %.4f, prior %.1f nats%n",
                perplexity,
                last(history.validation("squared error").values()),
                last(history.validation("MMD²").values()),
                last(history.validation("prior of codes").values()));
        assertTrue(perplexity >= 16, "perplexity " + perplexity);
    }

    private static double last(double[] values) {
        return values[values.length - 1];
    }
}
