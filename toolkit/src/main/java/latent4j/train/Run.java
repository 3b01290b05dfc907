package latent4j.train;

import latent4j.model.Model;

/**
 * One training: what was trained, how, and what came of it.
 *
 * @param model the model, trained
 * @param trainer the settings
 * @param data the data set's name
 * @param compute engine, device and threads
 * @param state how it ended
 * @param seconds how long it took
 * @param history what was measured
 */
public record Run(
        Model model,
        Trainer trainer,
        String data,
        String compute,
        Progress.State state,
        double seconds,
        History history) {

    @Override
    public String toString() {
        return String.format(
                "%s on %s, %d epochs of batches of %d, seed %d: %s after %.1f s (%s)",
                model.getClass().getSimpleName(),
                data,
                trainer.epochs(),
                trainer.batch(),
                trainer.seed(),
                state.name().toLowerCase(java.util.Locale.ROOT),
                seconds,
                compute);
    }
}
