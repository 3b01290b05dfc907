package latent4j.train;

import latent4j.model.Model;

/**
 * Where a training is.
 *
 * @param model the model as it is now
 * @param history what was measured so far
 * @param epoch epochs done
 * @param epochs epochs asked for
 * @param step batches done, over all epochs
 * @param steps batches asked for
 * @param seconds since training began
 * @param stepsPerSecond over the recent past; 0 at the start
 * @param state running, finished, interrupted or broken off
 */
public record Progress(
        Model model,
        History history,
        int epoch,
        int epochs,
        long step,
        long steps,
        double seconds,
        double stepsPerSecond,
        State state) {

    /** How a training stands. */
    public enum State {
        RUNNING,
        FINISHED,
        INTERRUPTED,
        /** Broken off by an error, such as {@link Diverged}. */
        DIVERGED
    }

    /** Seconds until the last step at the recent speed; NaN while that is unknown. */
    public double secondsLeft() {
        return stepsPerSecond > 0 ? (steps - step) / stepsPerSecond : Double.NaN;
    }
}
