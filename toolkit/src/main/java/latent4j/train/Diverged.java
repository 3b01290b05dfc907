package latent4j.train;

/**
 * Training met a number that is not finite. The model holds its last good weights, and {@link #history} what was
 * measured until then.
 */
public final class Diverged extends RuntimeException {

    private final transient Run run;
    private final String objective;
    private final String term;
    private final long step;
    private final double epoch;

    Diverged(String objective, String term, double value, long step, double epoch, long goodStep, Run run) {
        super(String.format(
                "%s of objective '%s' became %s at step %d (epoch %.2f); the model is back at its weights of step %d."
                        + " Try a smaller learning rate, or look at the data for values out of range",
                term, objective, value, step, epoch, goodStep));
        this.run = run;
        this.objective = objective;
        this.term = term;
        this.step = step;
        this.epoch = epoch;
    }

    /** The training until then, its model at the last good weights. */
    public Run run() {
        return run;
    }

    /** What was measured until then. */
    public History history() {
        return run.history();
    }

    /** The objective in which it happened. */
    public String objective() {
        return objective;
    }

    /** The term that is not finite. */
    public String term() {
        return term;
    }

    /** The batch at which it happened, counted from 0 over all epochs. */
    public long step() {
        return step;
    }

    /** When it happened, in epochs. */
    public double epoch() {
        return epoch;
    }
}
