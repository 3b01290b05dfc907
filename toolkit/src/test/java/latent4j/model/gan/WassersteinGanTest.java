package latent4j.model.gan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import latent4j.data.Dataset;
import latent4j.data.Datasets;
import latent4j.nn.Adam;
import latent4j.nn.Net;
import latent4j.nn.RmsProp;
import latent4j.train.Run;
import latent4j.train.Trainer;
import org.junit.jupiter.api.Test;

class WassersteinGanTest {

    private final Dataset data = Datasets.digits(130, 20);
    private final Trainer trainer = Trainer.epochs(1).batch(10).watchedBy();

    private static float[] range(Net net) {
        var range = new float[2];
        net.values().forEach(values -> {
            for (float value : values) {
                range[0] = Math.min(range[0], value);
                range[1] = Math.max(range[1], value);
            }
        });
        return range;
    }

    private Run train(Trainer trainer) {
        return trainer.fit(WassersteinGan.small(data.shape()), data);
    }

    @Test
    void theCriticsWeightsStayWithinTheBoundWhicheverOptimiserMovesThem() {
        for (var setting : new Trainer[] {trainer, trainer.optimizer(Adam.of(0.1))}) {
            var model = (WassersteinGan) train(setting).model();
            var critic = range(model.discriminator());
            assertEquals(-0.01f, critic[0]);
            assertEquals(0.01f, critic[1]);
            var generator = range(model.generator());
            assertTrue(generator[0] < -0.05 && generator[1] > 0.05, generator[0] + " to " + generator[1]);
        }
        var own = trainer.optimizer("discriminator", Adam.of(0.1).weightsWithin(0.02));
        assertEquals(0.02f, range(((WassersteinGan) train(own).model()).discriminator())[1]);
    }

    @Test
    void theSettingsAreThePapers() {
        var run = train(trainer);
        assertEquals(13, run.history().training("discriminator").values().length);
        assertEquals(3, run.history().training("generator").values().length);
        assertEquals(RmsProp.of(5e-5), run.optimizers().get("generator"));
        assertEquals(RmsProp.of(5e-5).weightsWithin(0.01), run.optimizers().get("discriminator"));
    }

    @Test
    void theEstimateIsMinusTheCriticsLoss() {
        var history = train(trainer).history();
        var loss = history.training("discriminator").values();
        var estimate = history.training("Wasserstein estimate").values();
        for (int i = 0; i < loss.length; i++) {
            assertEquals(-loss[i], estimate[i]);
        }
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        var gan = Gan.small(data.shape());
        assertEquals(
                "bound must be a finite number > 0, got 0.0",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new WassersteinGan(gan.generator(), gan.discriminator(), 0, 5))
                        .getMessage());
        assertEquals(
                "criticSteps must be >= 1, got 0",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new WassersteinGan(gan.generator(), gan.discriminator(), 1, 0))
                        .getMessage());
    }
}
