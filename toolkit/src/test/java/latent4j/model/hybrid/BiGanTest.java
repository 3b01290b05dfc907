package latent4j.model.hybrid;

import static latent4j.model.hybrid.Played.X;
import static latent4j.model.hybrid.Played.linear;
import static latent4j.model.hybrid.Played.moved;
import static latent4j.model.hybrid.Played.noise;
import static latent4j.model.hybrid.Played.reached;
import static latent4j.model.hybrid.Played.softplus;
import static latent4j.model.hybrid.Played.total;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class BiGanTest {

    private final BiGan model = new BiGan(
            linear("encoder", 1, new float[] {0.8f}, 0.1f),
            linear("generator", 1, new float[] {1.5f}, -0.2f),
            linear("features", 1, new float[] {0.7f}, 0.3f),
            linear("discriminator", 2, new float[] {1.1f, -0.6f}, 0.2f));

    /** The features of x stand first, the code beside them. */
    private static double score(double x, double z) {
        return 1.1 * (0.7 * x + 0.3) - 0.6 * z + 0.2;
    }

    @Test
    void thePlayersMinimiseTheSameWithOppositeLabels() {
        var z = noise(0);
        double discriminator = 0;
        double others = 0;
        for (int i = 0; i < X.length; i++) {
            double data = score(X[i], 0.8 * X[i] + 0.1);
            double sample = score(1.5 * z[i] - 0.2, z[i]);
            discriminator += (softplus(-data) + softplus(sample)) / X.length;
            others += (softplus(data) + softplus(-sample)) / X.length;
        }
        assertEquals(discriminator, total(model, "discriminator"), 1e-5);
        assertEquals(others, total(model, "encoder and generator"), 1e-5);
    }

    @Test
    void theDiscriminatorIsCutOffFromEncoderAndGenerator() {
        assertEquals(List.of("features", "discriminator"), moved(model, "discriminator"));
        assertEquals(List.of("features", "discriminator"), reached(model, "discriminator"));
        assertEquals(List.of("encoder", "generator"), moved(model, "encoder and generator"));
        assertEquals(
                List.of("features", "discriminator", "encoder", "generator"), reached(model, "encoder and generator"));
    }
}
