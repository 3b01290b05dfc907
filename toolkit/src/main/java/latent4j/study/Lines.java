package latent4j.study;

/** Lines in a terminal: one for each run that is done, and one now and then while nothing is. */
final class Lines implements Onlooker {

    private static final long EVERY = 30_000_000_000L; // nanoseconds

    private long said = System.nanoTime();

    @Override
    public void done(Standing standing) {
        System.out.println(standing);
        said = System.nanoTime();
    }

    @Override
    public void going(Standing standing) {
        if (System.nanoTime() - said >= EVERY) {
            done(standing);
        }
    }
}
