package latent4j.model.gan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.data.Dataset;
import latent4j.data.Samples;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.tensor.Seed;
import latent4j.train.Trainer;
import org.junit.jupiter.api.Test;

/** Residual generators and critics fit any image and train. */
class ResidualGanTest {

    @Test
    void residualPlayersFitAnyImage() {
        for (var image : List.of(new Shape(1, 8, 9), new Shape(3, 7, 4))) {
            for (GenerativeAdversarialNetwork model :
                    List.of(HingeGan.residual(image, 3, 4, 6), WassersteinGradientPenalty.residual(image, 3, 4, 6))) {
                assertEquals(image, model.shape());
                var records = Samples.of(image, new Seed(1).uniform(20 * (int) image.size()));
                var run = Trainer.epochs(1).batch(4).watchedBy().fit(model, new Dataset("noise", records, records));
                assertTrue(run.history().training("generator").values().length >= 1);
                for (float value : model.draw(3, 1).toArray()) {
                    assertTrue(value >= 0 && value <= 1, "image values must lie in [0, 1], got " + value);
                }
            }
        }
    }
}
