package latent4j.model.vae;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import latent4j.model.Inference;
import latent4j.model.OneHot;
import latent4j.tensor.Kernels;
import latent4j.tensor.Tape;
import org.junit.jupiter.api.Test;

class VqVaeTest {

    private static VqVae[] models() {
        var models = new VqVae[] {VqVae.small(Batches.SHAPE), VqVae.convolutional(Batches.SHAPE, 8)};
        for (var model : models) {
            Batches.initialise(model);
        }
        return models;
    }

    /** The rows of an array [rows, d]. */
    private static float[][] rows(NDArray x, int d) {
        var values = x.toFloatArray();
        var rows = new float[values.length / d][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = java.util.Arrays.copyOfRange(values, i * d, (i + 1) * d);
        }
        return rows;
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.pow(a[i] - b[i], 2);
        }
        return sum;
    }

    /** Equation 3 by hand: the nearest vector of each place, its distance twice, and the likelihood given it. */
    @Test
    void theLossIsThatOfThePaper() {
        var model = models()[0];
        try (var tape = Tape.evaluation()) {
            var x = Inference.array(Batches.DATA, 0, 8);
            var vectors = rows(model.encoder().apply(x), 4); // two places of 4 numbers each
            var book = rows(model.codebook().apply(OneHot.all(4)), 4);
            double distances = 0;
            var quantised = new float[8 * 8];
            for (int i = 0; i < vectors.length; i++) {
                int nearest = 0;
                for (int k = 1; k < 4; k++) {
                    nearest = distance(vectors[i], book[k]) < distance(vectors[i], book[nearest]) ? k : nearest;
                }
                distances += distance(vectors[i], book[nearest]) / 8;
                System.arraycopy(book[nearest], 0, quantised, 4 * i, 4);
            }
            var z = latent4j.tensor.Arrays.of(quantised, new Shape(8, 8));
            double reconstruction = -Batches.read(model.likelihood()
                    .logLikelihood(x, model.decoder().apply(z))
                    .mean());
            var terms = Batches.terms(model, 0);
            assertEquals(reconstruction, Batches.part(terms, "reconstruction"), 1e-4);
            assertEquals(distances, Batches.part(terms, "‖z − e‖²"), 1e-4);
            assertEquals(reconstruction + 1.25 * distances, Batches.read(terms.total()), 1e-4);
            assertArrayEquals(quantised, model.encode(Batches.DATA).toArray(), 1e-6f);
        }
    }

    /**
     * The gradient passes straight through: with β = 0 the encoder's is what it would be if the decoder had been given the
     * encoder's vectors, moved by a constant onto the codebook's; and the codebook learns from the distance alone.
     */
    @Test
    void theGradientPassesStraightThrough() {
        for (var model : models()) {
            var without = new VqVae(
                    model.encoder(), model.decoder(), model.likelihood(), model.codebook(), model.codePrior(), 0);
            var found = Batches.gradient(without, 0, model.encoder());
            float[] expected;
            var codes = model.encode(Batches.DATA);
            try (var tape = Tape.training()) {
                var x = Inference.array(Batches.DATA, 0, 8);
                var output = model.encoder().apply(x);
                var shape = new Shape(8).addAll(model.decoder().input());
                var shift = Tape.stopped(Inference.array(codes, 0, 8).sub(output.reshape(shape)));
                var total = model.reconstruction(x, output.reshape(shape).add(shift));
                expected = tape.gradients(total, model.encoder().trainable())
                        .get(0)
                        .toFloatArray();
            }
            assertTrue(Batches.largest(found) > 1e-6);
            assertArrayEquals(expected, found, 1e-5f);
            // The prior moves nothing of the autoencoder, nor the autoencoder the prior.
            assertEquals(0, Batches.largest(Batches.gradient(model, 1, model.encoder())));
            assertEquals(0, Batches.largest(Batches.gradient(model, 1, model.codebook())));
            assertEquals(
                    0,
                    Batches.largest(Batches.gradient(model, 0, model.codePrior().net())));
        }
    }

    /** sg[·] apart, the codebook's gradient is that of ‖z − e‖², and the encoder's commitment the same times β. */
    @Test
    void theCodebookLearnsFromTheDistanceAlone() {
        var model = models()[0];
        var found = Batches.gradient(model, 0, model.codebook());
        try (var tape = Tape.training()) {
            var vectors = Tape.stopped(
                    model.encoder().apply(Inference.array(Batches.DATA, 0, 8)).reshape(16, 4));
            var kernels = Kernels.current();
            var book = model.codebook().apply(OneHot.all(4));
            var nearest = kernels.oneHotOfLargest(
                    kernels.pairwiseSquaredDistances(vectors, book).neg());
            var difference = vectors.sub(model.codebook().apply(nearest));
            var total = kernels.affine(difference.square().sum(), 1.0 / 8, 0);
            assertArrayEquals(
                    tape.gradients(total, model.codebook().trainable()).get(0).toFloatArray(), found, 1e-5f);
        }
    }

    @Test
    void drawsAreMadeOfTheCodebook() {
        for (var model : models()) {
            int d = (int) model.codebook().output().size();
            var codes = model.prior(3, 1);
            assertEquals(model.decoder().input(), codes.shape());
            assertEquals(Batches.SHAPE, model.draw(3, 1).shape());
            var all = new ArrayList<float[]>();
            try (var tape = Tape.evaluation()) {
                all.addAll(java.util.List.of(rows(
                        model.codebook()
                                .apply(OneHot.all((int) model.codebook().input().size())),
                        d)));
            }
            // Places of an image stand in its last two dimensions.
            boolean grid = codes.shape().dimension() == 3;
            int places = model.codePrior().places();
            for (int i = 0; i < 3; i++) {
                var row = codes.row(i);
                for (int place = 0; place < places; place++) {
                    var vector = new float[d];
                    for (int j = 0; j < d; j++) {
                        vector[j] = grid ? row[j * places + place] : row[place * d + j];
                    }
                    assertTrue(all.stream().anyMatch(e -> distance(e, vector) < 1e-10));
                }
            }
        }
    }
}
