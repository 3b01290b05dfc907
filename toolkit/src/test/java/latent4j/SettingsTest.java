package latent4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import latent4j.data.Datasets;
import latent4j.loss.FixedGaussian;
import latent4j.model.Schedule;
import latent4j.model.gan.Gan;
import latent4j.model.vae.BetaVae;
import latent4j.model.vae.Vae;
import latent4j.nn.Adam;
import latent4j.nn.AdamW;
import latent4j.nn.Affine;
import latent4j.nn.GradientClip;
import latent4j.nn.LeakyRelu;
import latent4j.nn.RmsProp;
import latent4j.nn.Sgd;
import latent4j.train.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Bad settings are refused where they are said, each with its name, its value and what is allowed. */
class SettingsTest {

    @Test
    void badSettingsAreRefusedByName() {
        var usual = Trainer.epochs(1);
        var shape = new Shape(1, 8, 8);
        var refused = new LinkedHashMap<String, Executable>();
        refused.put("epochs must be >= 1, got 0", () -> Trainer.epochs(0));
        refused.put("batch must be >= 1, got 0", () -> usual.batch(0));
        refused.put("validateOn must be >= 0, got -1", () -> usual.validateOn(-1));
        refused.put("average must be in (0, 1), got 1.0", () -> usual.average(1));
        refused.put("every must be >= 1, got 0", () -> usual.checkpoint(Path.of("checkpoints"), 0));
        refused.put("learningRate must be a finite number > 0, got -0.001", () -> Adam.of(-1e-3));
        refused.put("learningRate must be a finite number > 0, got NaN", () -> Sgd.of(Double.NaN));
        refused.put(
                "learningRate must be a finite number > 0, got Infinity", () -> RmsProp.of(Double.POSITIVE_INFINITY));
        refused.put("beta1 must be in [0, 1), got 1.0", () -> Adam.of(1e-3).beta1(1));
        refused.put("beta2 must be in [0, 1), got -0.1", () -> new Adam(1e-3, 0.9, -0.1, 1e-8, 0));
        refused.put("epsilon must be a finite number > 0, got 0.0", () -> new Adam(1e-3, 0.9, 0.999, 0, 0));
        refused.put("weightDecay must be a finite number >= 0, got -1.0", () -> AdamW.of(1e-3)
                .weightDecay(-1));
        refused.put("momentum must be in [0, 1), got 1.5", () -> Sgd.of(1e-3).momentum(1.5));
        refused.put("bound must be a finite number > 0, got 0.0", () -> GradientClip.byNorm(0));
        refused.put("length must be a finite number > 0, got 0.0", () -> Schedule.constant()
                .warmUp(0));
        refused.put("beta must be a finite number >= 0, got -1.0", () -> BetaVae.mlp(shape, 2, -1));
        refused.put("beta must be a finite number >= 0, got NaN", () -> BetaVae.mlp(shape, 2, Double.NaN));
        refused.put("latent must be >= 1, got 0", () -> Vae.mlp(shape, 0));
        refused.put("latent must be >= 1, got -2", () -> Vae.convolutional(shape, -2));
        refused.put("latent must be >= 1, got -1", () -> Gan.convolutional(shape, -1));
        refused.put("units must be >= 1, got 0", () -> Gan.mlp(shape, 2, 0));
        refused.put("slope must be in [0, 1), got 1.0", () -> new LeakyRelu(1));
        refused.put("factor must be a finite number, got NaN", () -> new Affine(Double.NaN, 0));
        refused.put("standardDeviation must be a finite number > 0, got 0.0", () -> new FixedGaussian(0));
        refused.put("train must be >= 0, got -1", () -> Datasets.digits(-1, 1));
        refused.put("sd must be a finite number > 0, got Infinity", () -> Datasets.ring(8, 1, 1.0 / 0, 10, 0));
        refused.put("side must be >= 1, got 0", () -> Datasets.grid(0, 1, 0.1, 10, 0));
        refused.forEach((message, setting) -> assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, setting, message).getMessage()));
    }
}
