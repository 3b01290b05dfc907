package latent4j.model;

import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import latent4j.data.Samples;
import latent4j.nn.Adam;
import latent4j.nn.Net;
import latent4j.nn.Optimizer;

/**
 * A generative model: it says what each of its networks minimises, and one trainer runs it. A variant is a record
 * of networks and settings that overrides what it does differently.
 */
public interface Model {

    /** What the networks minimise, in the order in which they move. */
    List<Objective> objectives();

    /** One record's shape: {@code (channels, height, width)} for images, {@code (d)} for vectors. */
    Shape shape();

    /** {@code n} samples; the same seed draws the same ones. */
    Samples draw(int n, long seed);

    /** The networks that training moves. */
    default List<Net> nets() {
        return objectives().stream().flatMap(o -> o.moves().stream()).distinct().toList();
    }

    /** The optimiser for its networks where the trainer names none: Adam with learning rate 10⁻³. */
    default Optimizer optimizer() {
        return Adam.of(1e-3);
    }

    /**
     * The optimiser for one of its networks: for a model whose networks differ, or that asks something of any optimiser.
     *
     * @param named what the trainer names for the network
     */
    default Optimizer optimizer(Net net, Optional<Optimizer> named) {
        return named.orElse(optimizer());
    }

    /**
     * The decay of a moving average of one of its networks' weights, where the trainer names none; 0 for no average. See
     * {@link Net#average}.
     */
    default double average(Net net) {
        return 0;
    }

    /** Writes the model with its weights to a file, whole or not at all; {@link Models#load} reads it. */
    default void save(Path file) {
        Models.save(this, file);
    }

    /** Further quantities of the model on held-out data, by name, measured after every epoch. */
    default Map<String, Double> validate(Samples heldOut, long seed) {
        return Map.of();
    }
}
