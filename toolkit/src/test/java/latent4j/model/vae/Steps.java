package latent4j.model.vae;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.data.Samples;
import latent4j.model.Batch;
import latent4j.model.Inference;
import latent4j.model.Model;
import latent4j.model.Step;
import latent4j.tensor.Kernels;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;

/** What a model's objectives come to on a fixed batch. */
final class Steps {

    static final Shape SHAPE = new Shape(1, 4, 4);
    static final int BATCH = 8;
    static final Samples DATA = Samples.of(SHAPE, new Seed(1).uniform(16 * 64));

    private Steps() {}

    static Step step(double epoch, double epochs) {
        var x = Inference.array(DATA, 0, BATCH);
        return new Step(new Batch(() -> x, null, BATCH), new Seed(2), 0, epoch, epochs);
    }

    static double total(Model model, double epoch) {
        try (var tape = Tape.evaluation()) {
            return read(model.objectives().get(0).loss().apply(step(epoch, 10)).total());
        }
    }

    /** A part of the first objective, such as KL. */
    static double part(Model model, String name) {
        try (var tape = Tape.evaluation()) {
            return read(model.objectives()
                    .get(0)
                    .loss()
                    .apply(step(0, 10))
                    .parts()
                    .get(name)
                    .value());
        }
    }

    static double read(ai.djl.ndarray.NDArray scalar) {
        return Kernels.current().read(List.of(scalar))[0];
    }

    /** The encoder's means and log-variances of the batch, side by side in each row. */
    static float[][] heads(latent4j.model.VariationalAutoencoder vae) {
        try (var tape = Tape.evaluation()) {
            var heads = vae.encoder().apply(Inference.array(DATA, 0, BATCH));
            var all = heads.toFloatArray();
            int width = all.length / BATCH;
            var rows = new float[BATCH][];
            for (int i = 0; i < BATCH; i++) {
                rows[i] = java.util.Arrays.copyOfRange(all, i * width, (i + 1) * width);
            }
            return rows;
        }
    }
}
