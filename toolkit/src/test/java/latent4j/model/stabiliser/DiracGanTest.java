package latent4j.model.stabiliser;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.data.Samples;
import latent4j.loss.Adversarial;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.model.Schedule;
import latent4j.model.Stabiliser;
import latent4j.model.Step;
import latent4j.nn.Linear;
import latent4j.nn.Net;
import latent4j.nn.Network;
import latent4j.nn.Sgd;
import latent4j.train.Trainer;
import org.junit.jupiter.api.Test;

/**
 * The simplest game that does not converge (Mescheder et al. 2018, section 2): the data are one point at 0, the generator's
 * samples one point at θ, and the score of x is ψ·x. Without help the players of the minimax game circle around the equilibrium
 * (0, 0) for ever. (Those of the non-saturating game come nearer, very slowly.)
 */
class DiracGanTest {

    private static final double START = Math.sqrt(2); // from (1, 1)

    /** Its generator is of the constant 1. */
    public record DiracGan(Net generator, Net discriminator) implements GenerativeAdversarialNetwork {

        static DiracGan atOne() {
            var game = new DiracGan(net("generator"), net("discriminator"));
            game.generator.load(List.of(new float[] {1}));
            game.discriminator.load(List.of(new float[] {1}));
            return game;
        }

        private static Net net(String name) {
            return new Net(name, Network.of(new Linear(1, false)), new Shape(1));
        }

        @Override
        public NDArray generatorLoss(NDArray fake) {
            return Adversarial.minimax(fake);
        }

        @Override
        public NDArray generate(Step step) {
            return generator.apply(latent4j.tensor.Arrays.filled(new Shape(step.batch(), 1), values -> {
                for (int i = 0; i < step.batch(); i++) {
                    values.put(1);
                }
            }));
        }
    }

    /** The players' distance √(θ² + ψ²) from the equilibrium after 1,000 steps of gradient descent with rate 0.1. */
    private static double distance(Stabiliser... stabilisers) {
        var game = DiracGan.atOne().with(stabilisers);
        var data = Samples.of(new Shape(1), new float[6400]);
        Trainer.epochs(10)
                .batch(64)
                .optimizer(Sgd.of(0.1))
                .validateOn(0)
                .fromItsWeights()
                .watchedBy()
                .fit(game, data);
        double distance = Math.hypot(
                game.generator().values().get(0)[0],
                game.discriminator().values().get(0)[0]);
        System.out.printf("Dirac-GAN with %s: distance %.5f%n", List.of(stabilisers), distance);
        return distance;
    }

    @Test
    void thePlayersCircleWithoutHelp() {
        assertTrue(distance() > START / 2);
    }

    @Test
    void instanceNoiseBringsThemTogether() {
        assertTrue(distance(new InstanceNoise(1, Schedule.constant())) < START / 10);
    }

    @Test
    void theGradientPenaltyAtDataOrSamplesBringsThemTogether() {
        assertTrue(distance(ZeroCentredPenalty.r1(1)) < START / 100);
        assertTrue(distance(ZeroCentredPenalty.r2(1)) < START / 100);
    }

    @Test
    void unrollingBringsThemTogether() {
        assertTrue(distance(new Unrolling(5, 0.1)) < START / 100);
    }

    /** Gulrajani's slope of 1 is not the equilibrium's slope of 0 (Mescheder et al. 2018, section 2.3). */
    @Test
    void thePenaltyOfWassersteinGansDoesNot() {
        assertTrue(distance(new PenaltyBetween(1)) > START / 10);
    }
}
