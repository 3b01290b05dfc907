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
        for (var model : new VqVae[] {VqVae.mlp(digits.shape(), 16, 32), VqVae.convolutional(digits.shape(), 32)}) {
            long start = System.nanoTime();
            var run = Trainer.epochs(6).batch(64).watchedBy().fit(model, digits);
            var history = run.history();
            var perplexity = history.validation("perplexity of codes").values();
            System.out.printf(
                    "VQ-VAE: perplexity %.1f of 32 (%s), squared error %.1f, MMD² %.4f, prior %.1f nats, %.0f s%n",
                    perplexity[perplexity.length - 1],
                    java.util.Arrays.toString(perplexity),
                    last(history.validation("squared error").values()),
                    last(history.validation("MMD²").values()),
                    last(history.validation("prior of codes").values()),
                    (System.nanoTime() - start) * 1e-9);
            assertTrue(last(perplexity) >= 16, "perplexity " + last(perplexity));
        }
    }

    private static double last(double[] values) {
        return values[values.length - 1];
    }
}
