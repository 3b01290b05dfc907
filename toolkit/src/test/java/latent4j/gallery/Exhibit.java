package latent4j.gallery;

import java.util.function.Supplier;
import latent4j.data.Dataset;
import latent4j.model.Model;
import latent4j.train.Trainer;

/** A model with the data that it learns from and the settings that suit it. */
record Exhibit(Class<?> type, String name, Supplier<Model> model, Dataset data, Trainer trainer) {

    /** The same at toy size: does it work at all? */
    Exhibit tiny() {
        var few = new Dataset(data.name(), data.train().head(128), data.test().head(64));
        return new Exhibit(type, name, model, few, Trainer.epochs(1).batch(32));
    }
}
