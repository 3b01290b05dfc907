package latent4j.model;

import java.util.List;
import java.util.function.Function;
import latent4j.nn.Net;
import latent4j.tensor.Require;

/**
 * What some of a model's networks minimise.
 *
 * @param name what the history calls the total, such as {@code negative ELBO} or {@code discriminator}
 * @param moves the networks whose weights it moves; no other weight moves. (Running statistics of batch normalisation follow
 *     every batch that passes in training, whoever moves, as in PyTorch)
 * @param every it is due at every so many-th batch
 * @param loss the terms for one batch
 */
public record Objective(String name, List<Net> moves, int every, Function<Step, Terms> loss) {

    public Objective {
        if (moves.isEmpty()) {
            throw new IllegalArgumentException("objective '" + name + "' moves no network");
        }
        Require.atLeast("every", 1, every);
        moves = List.copyOf(moves);
    }

    /** An objective that is due at every batch. */
    public static Objective of(String name, List<Net> moves, Function<Step, Terms> loss) {
        return new Objective(name, moves, 1, loss);
    }
}
