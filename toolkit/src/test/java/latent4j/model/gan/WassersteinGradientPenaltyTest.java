package latent4j.model.gan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import java.util.List;
import latent4j.data.Dataset;
import latent4j.data.Datasets;
import latent4j.data.Samples;
import latent4j.model.Inference;
import latent4j.model.Schedule;
import latent4j.model.Step;
import latent4j.nn.Adam;
import latent4j.nn.Affine;
import latent4j.nn.Net;
import latent4j.nn.Network;
import latent4j.nn.Sgd;
import latent4j.tensor.Compute;
import latent4j.tensor.Kernels;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import latent4j.train.Trainer;
import org.junit.jupiter.api.Test;

class WassersteinGradientPenaltyTest {

    private static final Shape IMAGE = new Shape(1, 8, 8);

    @Test
    void theTotalIsTheLossAndTenTimesThePenalty() {
        var model = WassersteinGradientPenalty.small(IMAGE);
        assertEquals(10, model.penalty());
        try (var tape = Tape.training()) {
            var x = latent4j.tensor.Arrays.of(new Seed(1).uniform(6 * 64), new Shape(6, 1, 8, 8));
            var terms = model.objectives().get(0).loss().apply(new Step(x, null, new Seed(2), 0, 0));
            var read = Kernels.current()
                    .read(List.of(
                            terms.total(),
                            terms.parts().get("Wasserstein estimate").value(),
                            terms.parts().get("gradient penalty").value()));
            assertEquals(-read[1] + 10 * read[2], read[0], 1e-6);
            assertTrue(read[2] > 0.01, "an untrained critic's slope is far from 1, penalty " + read[2]);
        }
    }

    @Test
    void theGeneratorMovesAtEveryFifthBatch() {
        var data = Datasets.digits(130, 20);
        var run = Trainer.epochs(1).batch(10).watchedBy().fit(WassersteinGradientPenalty.small(data.shape()), data);
        assertEquals(13, run.history().training("discriminator").values().length);
        assertEquals(3, run.history().training("generator").values().length);
        assertEquals(1, run.history().validation("gradient penalty").values().length);
        assertEquals(Adam.of(1e-4).beta1(0).beta2(0.9), run.optimizers().get("generator"));
    }

    @Test
    void thePenaltyKeepsTheSlopeNearOne() {
        double kept = slope(10);
        double free = slope(1e-6);
        assertTrue(kept > 0.5 && kept < 2, "mean slope " + kept);
        assertTrue(free > 4, "mean slope without the penalty " + free);
    }

    private static double slope(double penalty) {
        var data = Datasets.digits(640, 20);
        var nets = WassersteinGradientPenalty.small(data.shape());
        var model = new WassersteinGradientPenalty(nets.generator(), nets.discriminator(), penalty, 5);
        Trainer.epochs(10).batch(32).optimizer(Adam.of(1e-3)).watchedBy().fit(model, data);
        try (var tape = Tape.evaluation()) {
            var x = Inference.array(data.test(), 0, 20);
            return Kernels.current()
                    .gradientNorm(model.discriminator()::apply, x)
                    .mean()
                    .getFloat();
        }
    }

    @Test
    void aCriticWithBatchNormalisationIsRefusedWithTheReason() {
        var gan = Gan.convolutional(IMAGE, 4, 4);
        var error = assertThrows(
                IllegalArgumentException.class,
                () -> WassersteinGradientPenalty.of(gan.generator(), gan.discriminator()));
        assertTrue(error.getMessage().contains("batch normalisation"), error.getMessage());
        var block = new SequentialBlock()
                .add(Linear.builder().setUnits(3).build())
                .add(BatchNorm.builder().build())
                .add(Linear.builder().setUnits(1).build());
        block.initialize(Compute.current().manager(), DataType.FLOAT32, new Shape(2, 4));
        var foreign = new Net("discriminator", block, new Shape(4));
        assertThrows(
                IllegalArgumentException.class,
                () -> WassersteinGradientPenalty.of(Gan.mlp(new Shape(4), 2).generator(), foreign));
        var wrong = assertThrows(
                IllegalArgumentException.class,
                () -> new WassersteinGradientPenalty(
                        gan.generator(), Gan.mlp(IMAGE, 4).discriminator(), -1, 5));
        assertTrue(wrong.getMessage().contains("penalty must be"), wrong.getMessage());
    }

    /**
     * A critic with slope s between two points at distance d gains d·s − λ(s − 1)², which is most at s = 1 + d/(2λ): trained to
     * its optimum it exceeds the 1 that the distance is defined by.
     */
    @Test
    void theSlopeBetweenTwoPointsIsOnePlusTheDistanceOverTwiceTheFactor() {
        for (var setting : new double[][] {{2, 1}, {5, 10}}) {
            double distance = setting[0];
            double penalty = setting[1];
            var plane = new Shape(2);
            var generator = new Net("generator", Network.of(new Affine(0, 0), new latent4j.nn.Linear(2)), plane);
            generator.load(List.of(new float[4], new float[] {1, -1}));
            var critic = Gan.mlp(plane, 2, 32).discriminator();
            var model = new WassersteinGradientPenalty(generator, critic, penalty, 1);
            var points = new float[2 * 10_000];
            for (int i = 0; i < points.length; i += 2) {
                points[i] = (float) (1 + 0.6 * distance);
                points[i + 1] = (float) (-1 + 0.8 * distance);
            }
            Trainer.epochs(3)
                    .batch(32)
                    .optimizer("discriminator", Adam.of(3e-3).beta1(0).beta2(0.99))
                    .optimizer("generator", Sgd.of(1e-30))
                    .schedule(Schedule.cosine())
                    .fromItsWeights()
                    .watchedBy()
                    .fit(model, new Dataset("a point", Samples.of(plane, points), Samples.of(plane, new float[0])));
            try (var tape = Tape.evaluation()) {
                int n = 200;
                var between = new float[2 * n];
                for (int i = 0; i < n; i++) {
                    between[2 * i] = (float) (1 + 0.6 * distance * (i + 0.5) / n);
                    between[2 * i + 1] = (float) (-1 + 0.8 * distance * (i + 0.5) / n);
                }
                var x = latent4j.tensor.Arrays.of(between, new Shape(n, 2));
                double slope =
                        Kernels.current().gradientNorm(critic::apply, x).mean().getFloat();
                double expected = 1 + distance / (2 * penalty);
                System.out.printf(
                        "WGAN-GP, d = %.0f, lambda = %.0f: slope %.4f, expected %.4f%n",
                        distance, penalty, slope, expected);
                assertEquals(expected, slope, 0.02 * expected);
            }
        }
    }
}
