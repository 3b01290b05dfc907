package latent4j.study;

import java.util.Optional;
import java.util.function.Supplier;
import latent4j.model.Model;
import latent4j.train.Trainer;

/**
 * A model that takes part in a comparison.
 *
 * @param name what its row is called
 * @param model makes it, with networks of its own each time
 * @param trainer how it is trained, where not as all others
 */
public record Entrant(String name, Supplier<? extends Model> model, Optional<Trainer> trainer) {

    public Entrant {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a model that is compared needs a name");
        }
    }
}
