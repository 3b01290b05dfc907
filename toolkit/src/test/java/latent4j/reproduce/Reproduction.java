package latent4j.reproduce;

/**
 * A result that the project states, and how to get it again: {@code ./lab reproduce NAME}. What extends it in this package is
 * found by scanning.
 */
interface Reproduction {

    /** What it is called on the command line and under {@code data/results/}. */
    String name();

    /** What it shows, in one sentence. */
    String about();

    /**
     * Trains and measures what is not there yet, and writes tables, charts and the runs' files.
     *
     * @param smoke at toy size, in seconds: does it work at all?
     */
    void run(Results results, boolean smoke);
}
