package latent4j.model.vae;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import latent4j.model.Conditioning;
import latent4j.model.Inference;
import latent4j.model.OneHot;
import latent4j.model.VariationalAutoencoder;
import latent4j.tensor.Arrays;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import latent4j.train.Trainer;
import org.junit.jupiter.api.Test;

class ConditionalVaeTest {

    @Test
    void classesStandBesideVectorsAndAsChannelsOfImages() {
        try (var tape = Tape.evaluation()) {
            var classes = OneHot.of(new int[] {1, 0}, 2);
            var x = Arrays.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, new Shape(2, 1, 2, 2));
            assertArrayEquals(
                    new float[] {1, 2, 3, 4, 0, 1, 5, 6, 7, 8, 1, 0},
                    Conditioning.beside(x, classes, new Shape(6)).toFloatArray());
            assertArrayEquals(
                    new float[] {1, 2, 3, 4, 0, 0, 0, 0, 1, 1, 1, 1, 5, 6, 7, 8, 1, 1, 1, 1, 0, 0, 0, 0},
                    Conditioning.beside(x, classes, Conditioning.input(new Shape(1, 2, 2), 2))
                            .toFloatArray());
        }
    }

    @Test
    void aClassIsOneHotAndInRange() {
        try (var tape = Tape.evaluation()) {
            assertArrayEquals(
                    new float[] {0, 0, 1, 1, 0, 0},
                    OneHot.of(new int[] {2, 0}, 3).toFloatArray());
            var error = assertThrows(IllegalArgumentException.class, () -> OneHot.of(new int[] {3}, 3));
            assertEquals("label must be between 0 and 2, got 3", error.getMessage());
        }
    }

    @Test
    void encoderAndDecoderSeeTheClass() {
        for (var vae : new ConditionalVae[] {
            ConditionalVae.small(Batches.SHAPE), ConditionalVae.convolutional(new Shape(1, 4, 4), 2, 2)
        }) {
            Batches.initialise(vae);
            var other = Batches.DATA.withLabels(new int[] {1, 0, 1, 0, 1, 0, 1, 0});
            assertTrue(distance(
                            vae.encode(Batches.DATA).toArray(),
                            vae.encode(other).toArray())
                    > 1e-3);
            var codes = vae.prior(4, 1);
            assertTrue(distance(
                            vae.decode(codes.withLabels(new int[] {0, 0, 0, 0})).toArray(),
                            vae.decode(codes.withLabels(new int[] {1, 1, 1, 1})).toArray())
                    > 1e-3);
            assertEquals(2, vae.latent());
            assertEquals(Batches.SHAPE, vae.shape());
            assertArrayEquals(new int[] {0, 1, 0}, vae.draw(3, 5).labels().orElseThrow());
            assertArrayEquals(new int[] {1, 1}, vae.draw(2, 1, 5).labels().orElseThrow());
            var error = assertThrows(IllegalArgumentException.class, () -> vae.decode(codes));
            assertTrue(error.getMessage().contains("withLabels"), error.getMessage());
            assertThrows(IllegalArgumentException.class, () -> vae.draw(1, 2, 5));
        }
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs(a[i] - b[i]) / a.length;
        }
        return sum;
    }

    /** The bound is that of a VAE whose networks see x with y and z with y. */
    @Test
    void theBoundIsThatOfThePaper() {
        var vae = ConditionalVae.small(Batches.SHAPE);
        Batches.initialise(vae);
        try (var tape = Tape.evaluation()) {
            var x = Inference.array(Batches.DATA, 0, 8);
            var y = OneHot.of(new int[] {0, 1, 0, 1, 0, 1, 0, 1}, 2);
            var heads = vae.encoder().apply(Conditioning.beside(x, y, new Shape(18)));
            var posterior = latent4j.loss.Gaussian.of(heads);
            var z = posterior.sample(Batches.step().normal(2));
            var output = vae.decoder().apply(Conditioning.beside(z, y, new Shape(4)));
            double expected = Batches.read(posterior
                    .klToStandardNormal()
                    .sub(vae.likelihood().logLikelihood(x, output))
                    .mean());
            assertEquals(expected, Batches.read(Batches.terms(vae, 0).total()), 1e-4);
        }
        assertEquals(
                VariationalAutoencoder.NEGATIVE_ELBO, vae.objectives().get(0).name());
    }

    @Test
    void dataWithoutClassesIsRefused() {
        var unlabelled = latent4j.data.Samples.of(Batches.SHAPE, new Seed(1).uniform(16 * 8));
        var vae = ConditionalVae.small(Batches.SHAPE);
        var error = assertThrows(
                RuntimeException.class,
                () -> Trainer.epochs(1).batch(4).watchedBy().fit(vae, unlabelled));
        assertTrue(error.getMessage().contains("labels"), error.getMessage());
    }
}
