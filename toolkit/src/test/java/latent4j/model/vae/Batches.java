package latent4j.model.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.data.Samples;
import latent4j.model.Model;
import latent4j.model.Step;
import latent4j.model.Terms;
import latent4j.nn.Net;
import latent4j.tensor.Kernels;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;

/** One batch of a model's objective, read into Java. */
final class Batches {

    static final Shape SHAPE = new Shape(1, 4, 4);
    static final Samples DATA =
            Samples.of(SHAPE, new Seed(1).uniform(16 * 8)).withLabels(new int[] {0, 1, 0, 1, 0, 1, 0, 1});

    private Batches() {}

    static void initialise(Model model) {
        model.nets().forEach(net -> net.initialise(new Seed(11)));
    }

    static Step step() {
        return Step.of(DATA, 0, 8, new Seed(2));
    }

    static Terms terms(Model model, int objective) {
        return model.objectives().get(objective).loss().apply(step());
    }

    static double read(NDArray scalar) {
        return Kernels.current().read(List.of(scalar))[0];
    }

    static double part(Terms terms, String name) {
        return read(terms.parts().get(name).value());
    }

    /** The gradient of an objective with respect to a network's first weight. */
    static float[] gradient(Model model, int objective, Net net) {
        try (var tape = Tape.training()) {
            return tape.gradients(terms(model, objective).total(), net.trainable())
                    .get(0)
                    .toFloatArray();
        }
    }

    static double largest(float[] values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
