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
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.nn.Activation;
import latent4j.nn.Linear;
import latent4j.nn.Net;
import latent4j.nn.Network;
import org.junit.jupiter.api.Test;

class VaeGanTest {

    private static final double GAMMA = 0.3;

    private final VaeGan model = new VaeGan(
            linear("encoder", 1, new float[] {0.8f, -0.4f}, 0.1f, -0.5f),
            linear("decoder", 1, new float[] {1.5f}, -0.2f),
            discriminator(),
            GAMMA);

    private static Net discriminator() {
        var net = new Net("discriminator", Network.of(new Linear(2), Activation.TANH, new Linear(1)), new Shape(1));
        net.load(List.of(
                new float[] {0.7f, -1.2f}, new float[] {0.3f, 0.1f}, new float[] {1.1f, -0.6f}, new float[] {0.2f}));
        return net;
    }

    private static double[] features(double x) {
        return new double[] {Math.tanh(0.7 * x + 0.3), Math.tanh(-1.2 * x + 0.1)};
    }

    private static double score(double x) {
        return 1.1 * features(x)[0] - 0.6 * features(x)[1] + 0.2;
    }

    private static double decoded(double z) {
        return 1.5 * z - 0.2;
    }

    @Test
    void theThreeObjectivesAreThoseOfAlgorithm1() {
        var epsilon = noise(0);
        var prior = noise(1);
        double kl = 0;
        double comparison = 0;
        double crossEntropy = 0;
        double ofReconstructionsAndSamples = 0;
        int n = X.length;
        for (int i = 0; i < n; i++) {
            double mean = 0.8 * X[i] + 0.1;
            double logVariance = -0.4 * X[i] - 0.5;
            double reconstruction = decoded(mean + Math.exp(logVariance / 2) * epsilon[i]);
            double sample = decoded(prior[i]);
            kl += 0.5 * (Math.exp(logVariance) + mean * mean - 1 - logVariance) / n;
            for (int k = 0; k < 2; k++) {
                comparison += surprise(features(X[i])[k], features(reconstruction)[k]) / n;
            }
            double fakes = softplus(score(reconstruction)) + softplus(score(sample));
            ofReconstructionsAndSamples += fakes / n;
            crossEntropy += (softplus(-score(X[i])) + fakes) / n;
        }
        assertEquals(kl + comparison, total(model, "encoder"), 1e-5);
        // of −L_GAN the decoder reaches log(1 − Dis(x̃)) + log(1 − Dis(x_p)) only
        assertEquals(GAMMA * comparison - ofReconstructionsAndSamples, total(model, "decoder"), 1e-5);
        assertEquals(crossEntropy, total(model, "discriminator"), 1e-5);
    }

    @Test
    void noGradientReachesWhatAnotherObjectiveMoves() {
        assertEquals(List.of("encoder"), moved(model, "encoder"));
        assertEquals(List.of("decoder"), moved(model, "decoder"));
        assertEquals(List.of("discriminator"), moved(model, "discriminator"));
        // z comes to the decoder, and x̃ and x_p to the discriminator, without a way back
        assertEquals(List.of("decoder", "discriminator"), reached(model, "decoder"));
        assertEquals(List.of("discriminator"), reached(model, "discriminator"));
    }

    @Test
    void aNegativeGammaIsRefused() {
        var error = assertThrows(
                IllegalArgumentException.class,
                () -> new VaeGan(model.encoder(), model.decoder(), model.discriminator(), -1));
        assertEquals("gamma must be a finite number >= 0, got -1.0", error.getMessage());
    }
}
