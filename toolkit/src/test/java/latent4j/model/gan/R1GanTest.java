package latent4j.model.gan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.data.Dataset;
import latent4j.data.Samples;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.model.Step;
import latent4j.nn.Affine;
import latent4j.nn.Linear;
import latent4j.nn.Net;
import latent4j.nn.Network;
import latent4j.nn.Sgd;
import latent4j.tensor.Arrays;
import latent4j.tensor.Kernels;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import latent4j.train.Trainer;
import org.junit.jupiter.api.Test;

class R1GanTest {

    private static final Shape NUMBER = new Shape(1);

    @Test
    void thePenaltyIsHalfGammaTimesTheSquaredSlopeAtTheData() {
        var nets = Gan.small(new Shape(1, 8, 8));
        var plain = nets.objectives().get(0);
        var penalised = new R1Gan(nets.generator(), nets.discriminator(), 6)
                .objectives()
                .get(0);
        try (var tape = Tape.training()) {
            var x = Arrays.of(new Seed(1).uniform(6 * 64), new Shape(6, 1, 8, 8));
            var terms = penalised.loss().apply(new Step(x, null, new Seed(2), 0, 0));
            var norm = Kernels.current().gradientNorm(nets.discriminator()::apply, x);
            var read = Kernels.current()
                    .read(List.of(
                            terms.total(),
                            plain.loss()
                                    .apply(new Step(x, null, new Seed(2), 0, 0))
                                    .total(),
                            norm.square().mean(),
                            terms.parts().get("gradient penalty").value()));
            assertEquals(read[1] + 3 * read[2], read[0], 1e-6);
            assertEquals(read[2], read[3], 1e-7);
            assertTrue(read[2] > 1e-4, "slope² " + read[2]);
        }
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        var nets = Gan.small(NUMBER);
        var error = assertThrows(
                IllegalArgumentException.class, () -> new R1Gan(nets.generator(), nets.discriminator(), 0));
        assertEquals("gamma must be a finite number > 0, got 0.0", error.getMessage());
        var mixing = Gan.convolutional(new Shape(1, 8, 8), 4, 4);
        assertThrows(IllegalArgumentException.class, () -> R1Gan.of(mixing));
    }

    /** θ, always, whatever z: the generator of the Dirac-GAN. */
    private static Net point() {
        return new Net("generator", Network.of(new Affine(0, 1), new Linear(1, false)), NUMBER);
    }

    /** D(x) = ψx. */
    private static Net slope() {
        return new Net("discriminator", Network.of(new Linear(1, false)), NUMBER);
    }

    /** ‖(θ, ψ)‖ after so many steps of both players from θ = 0.1, ψ = 0, with data that are all 0. */
    private static double distance(GenerativeAdversarialNetwork game, int steps, double rate) {
        game.generator().load(List.of(new float[] {0.1f}));
        game.discriminator().load(List.of(new float[1]));
        var zeros = Samples.of(NUMBER, new float[steps]);
        Trainer.epochs(1)
                .batch(1)
                .optimizer(Sgd.of(rate))
                .fromItsWeights()
                .watchedBy()
                .fit(game, new Dataset("zeros", zeros, zeros.head(0)));
        return Math.hypot(
                game.generator().values().get(0)[0],
                game.discriminator().values().get(0)[0]);
    }

    /**
     * The Dirac-GAN (Mescheder et al. 2018, section 2 and lemma 4.1's example): data are all 0, samples all θ, D(x) = ψx. Near the
     * equilibrium θ' = ψ/2·(…), in all (θ, ψ)' = ((0, ½), (−½, −γ))(θ, ψ), up to signs, with eigenvalues −γ/2 ± √(γ²/4 − ¼): for
     * γ < 1 the players spiral inwards like e^{−γt/2}, and for γ = 0 they circle for ever.
     */
    @Test
    void withoutThePenaltyThePlayersCircleAndWithItTheyMeet() {
        double rate = 0.02;
        int steps = 1000; // t = 20
        double plain = distance(new Gan(point(), slope()), steps, rate);
        assertEquals(0.1, plain, 0.005, "the plain game keeps its distance");
        for (double gamma : new double[] {0.2, 0.5}) {
            double found = distance(new R1Gan(point(), slope(), gamma), steps, rate);
            double exact = closedForm(gamma, steps * rate);
            System.out.printf(
                    "Dirac-GAN, gamma %.1f: distance %.5f, closed form %.5f, plain %.5f%n", gamma, found, exact, plain);
            assertEquals(exact, found, 0.05 * exact);
            assertTrue(found < 0.15 * plain * Math.exp(gamma < 0.5 ? 0 : -2));
        }
    }

    /** ‖(θ, ψ)‖ of θ' = ½ψ, ψ' = −½θ − γψ at a time, from θ = 0.1, ψ = 0. */
    private static double closedForm(double gamma, double time) {
        double omega = Math.sqrt(0.25 - gamma * gamma / 4);
        double decay = 0.1 * Math.exp(-gamma * time / 2);
        double theta = decay * (Math.cos(omega * time) + gamma / 2 / omega * Math.sin(omega * time));
        double psi = -decay * 0.5 / omega * Math.sin(omega * time);
        return Math.hypot(theta, psi);
    }
}
