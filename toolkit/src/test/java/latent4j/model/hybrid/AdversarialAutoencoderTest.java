package latent4j.model.hybrid;

import static latent4j.model.hybrid.Played.X;
import static latent4j.model.hybrid.Played.linear;
import static latent4j.model.hybrid.Played.moved;
import static latent4j.model.hybrid.Played.noise;
import static latent4j.model.hybrid.Played.reached;
import static latent4j.model.hybrid.Played.softplus;
import static latent4j.model.hybrid.Played.surprise;
import static latent4j.model.hybrid.Played.total;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import latent4j.loss.FixedGaussian;
import org.junit.jupiter.api.Test;

class AdversarialAutoencoderTest {

    private final AdversarialAutoencoder model = new AdversarialAutoencoder(
            linear("encoder", 1, new float[] {0.8f}, 0.1f),
            linear("decoder", 1, new float[] {1.5f}, -0.2f),
            linear("discriminator", 1, new float[] {0.7f}, 0.3f),
            new FixedGaussian(1));

    private static double code(double x) {
        return 0.8 * x + 0.1;
    }

    private static double score(double z) {
        return 0.7 * z + 0.3;
    }

    @Test
    void eachPhaseMinimisesWhatThePaperSays() {
        var prior = noise(0);
        double reconstruction = 0;
        double discriminator = 0;
        double regularisation = 0;
        for (int i = 0; i < X.length; i++) {
            double z = code(X[i]);
            reconstruction += surprise(X[i], 1.5 * z - 0.2) / X.length;
            discriminator += (softplus(-score(prior[i])) + softplus(score(z))) / X.length;
            regularisation += softplus(-score(z)) / X.length;
        }
        assertEquals(reconstruction, total(model, "reconstruction"), 1e-5);
        assertEquals(discriminator, total(model, "discriminator"), 1e-5);
        assertEquals(regularisation, total(model, "regularisation"), 1e-5);
    }

    @Test
    void eachPhaseMovesItsOwnAndTheCodesAreCutOffFromTheDiscriminator() {
        assertEquals(List.of("encoder", "decoder"), moved(model, "reconstruction"));
        assertEquals(List.of("encoder", "decoder"), reached(model, "reconstruction"));
        assertEquals(List.of("discriminator"), moved(model, "discriminator"));
        assertEquals(List.of("discriminator"), reached(model, "discriminator"));
        assertEquals(List.of("encoder"), moved(model, "regularisation"));
        assertEquals(List.of("encoder", "discriminator"), reached(model, "regularisation"));
    }
}
