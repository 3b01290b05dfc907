package latent4j.study;

/** Looks on while a comparison or a study runs: a line for each run, or in a notebook the table as it grows. */
public interface Onlooker {

    /** A run is done; or all is over. */
    void done(Standing standing);

    /** A training goes on; called at each batch. */
    default void going(Standing standing) {}
}
