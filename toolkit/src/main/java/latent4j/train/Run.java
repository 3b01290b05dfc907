package latent4j.train;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import latent4j.model.Model;
import latent4j.nn.Optimizer;

/**
 * One training: what was trained, how, and what came of it.
 *
 * @param model the model, trained
 * @param trainer the settings
 * @param optimizers which optimiser moved which network, by its name
 * @param data the data set's name
 * @param compute engine, device and threads
 * @param state how it ended
 * @param seconds how long it took
 * @param history what was measured
 */
public record Run(
        Model model,
        Trainer trainer,
        Map<String, Optimizer> optimizers,
        String data,
        String compute,
        Progress.State state,
        double seconds,
        History history) {

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s on %s, %d epochs of batches of %d, seed %d, learning rates %s: %s after %.1f s (%s)",
                model.getClass().getSimpleName(),
                data,
                trainer.epochs(),
                trainer.batch(),
                trainer.seed(),
                optimizers.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue().learningRate())
                        .collect(Collectors.joining(", ")),
                state.name().toLowerCase(Locale.ROOT),
                seconds,
                compute);
    }
}
