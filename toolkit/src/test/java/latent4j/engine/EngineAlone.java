package latent4j.engine;

import ai.djl.ndarray.types.Shape;
import latent4j.data.Datasets;
import latent4j.model.vae.Vae;
import latent4j.tensor.Compute;
import latent4j.train.Trainer;

/** A process that trains a step and prints by what. */
final class EngineAlone {

    private EngineAlone() {}

    public static void main(String[] arguments) {
        var digits = Datasets.digits(16, 8);
        Trainer.epochs(1).batch(16).watchedBy().fit(Vae.small(new Shape(1, 28, 28)), digits);
        System.out.println("trained by " + Compute.current());
    }
}
