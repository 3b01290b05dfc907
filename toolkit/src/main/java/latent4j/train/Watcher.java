package latent4j.train;

/**
 * Looks on while a model trains: a live chart, a log line. It runs on the training thread, so what it
 * spends is lost to training; what it draws from the model does not change the training's randomness.
 */
public interface Watcher {

    /** Training begins: nothing has moved yet. */
    default void started(Progress progress) {}

    /** A batch is done. */
    default void stepped(Progress progress) {}

    /** An epoch is done, validation included. */
    default void epochEnded(Progress progress) {}

    /** Training is over: all epochs done, interrupted, or broken off by an error. */
    default void ended(Progress progress) {}
}
