package latent4j.nn;

import java.util.List;
import java.util.Optional;

/**
 * Everything that decides how the training of a {@link Net} goes on, as plain values: what a checkpoint keeps.
 *
 * @param values weights and running statistics, in the order of {@link Net#weights}
 * @param optimizer the rule that moved the weights last; empty where none has
 * @param moments what the rule remembers: {@link Optimizer#moments} lists, each with one array a trainable weight
 * @param steps how many steps the rule has made
 * @param average the moving averages of the values, in the same order; empty where none are kept
 */
public record NetState(
        List<float[]> values,
        Optional<Optimizer> optimizer,
        List<List<float[]>> moments,
        long steps,
        List<float[]> average) {

    public NetState {
        values = List.copyOf(values);
        moments = moments.stream().map(List::copyOf).toList();
        average = List.copyOf(average);
    }
}
