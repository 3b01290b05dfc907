package latent4j.model.gan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.nn.Linear;
import latent4j.nn.Net;
import latent4j.nn.Network;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Test;

class EnergyBasedGanTest {

    private static final Shape PLANE = new Shape(2);

    /** Enc(x) = x/2, Dec(s) = s: so that the energy of x is ‖x‖/2 and its code x/2. */
    private static EnergyBasedGan halving(double margin, double pullingAway) {
        var network = Network.of(new Linear(2, false), new Linear(2, false));
        var autoencoder = new Net("discriminator", network, PLANE);
        autoencoder.load(List.of(new float[] {0.5f, 0, 0, 0.5f}, new float[] {1, 0, 0, 1}));
        return new EnergyBasedGan(EnergyBasedGan.small(PLANE).generator(), autoencoder, margin, pullingAway);
    }

    @Test
    void theEnergyIsTheReconstructionsDistance() {
        var model = halving(0.3, 2);
        try (var tape = Tape.training()) {
            var step = Steps.of(PLANE, 0, 0, 0);
            var x = step.data().toFloatArray();
            var samples = step.uniform(2);
            var y = samples.toFloatArray();
            double real = 0;
            double fake = 0;
            double hinge = 0;
            double pull = 0;
            for (int i = 0; i < 3; i++) {
                real += Math.hypot(x[2 * i], x[2 * i + 1]) / 2 / 3;
                double energy = Math.hypot(y[2 * i], y[2 * i + 1]) / 2;
                fake += energy / 3;
                hinge += Math.max(0, 0.3 - energy) / 3;
                for (int j = 0; j < 3; j++) {
                    double cosine = (y[2 * i] * y[2 * j] + y[2 * i + 1] * y[2 * j + 1])
                            / (Math.hypot(y[2 * i], y[2 * i + 1]) * Math.hypot(y[2 * j], y[2 * j + 1]));
                    pull += i == j ? 0 : cosine * cosine / 6;
                }
            }
            var discriminator = model.discriminatorTerms(step, samples);
            assertEquals(real + hinge, discriminator.total().getFloat(), 1e-5);
            assertEquals(
                    fake, discriminator.parts().get("energy of samples").value().getFloat(), 1e-5);
            assertEquals(
                    fake + 2 * pull, model.generatorTerms(step, samples).total().getFloat(), 1e-5);
        }
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertEquals(
                "margin must be a finite number > 0, got 0.0",
                assertThrows(IllegalArgumentException.class, () -> halving(0, 0.1))
                        .getMessage());
        assertEquals(
                "pullingAway must be a finite number >= 0, got -0.1",
                assertThrows(IllegalArgumentException.class, () -> halving(1, -0.1))
                        .getMessage());
    }
}
