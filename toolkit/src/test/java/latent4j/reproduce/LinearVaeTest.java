package latent4j.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import latent4j.model.vae.Vae;
import org.junit.jupiter.api.Test;

class LinearVaeTest {

    /** Fewer records and samples than the result that is kept; the same bounds. */
    @Test
    void itsBoundIsTightAndItsSubspaceThatOfThePrincipalComponents() {
        var data = LinearVae.data(2000);
        var result = LinearVae.measure((Vae) LinearVae.train(data, 60).model(), data, 500);
        System.out.println("linear VAE: " + result);
        assertEquals(0, result.gap(), 0.05, "ELBO against the closed form, nats");
        assertEquals(0, result.error(), 0.02, "importance sampling against the closed form, nats");
        assertTrue(result.angle() < 1, "angle in degrees: " + result.angle());
        assertEquals(0.5, result.sigma(), 0.02);
    }
}
