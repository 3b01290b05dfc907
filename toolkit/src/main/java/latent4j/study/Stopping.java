package latent4j.study;

/** That a process which is told to stop, as by Ctrl-C, first writes its checkpoint. */
final class Stopping {

    private static final long PATIENCE = 25_000; // milliseconds

    private Stopping() {}

    /** From now on the end of this process interrupts the thread, and waits for it to end. */
    static void interrupts(Thread thread) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            thread.interrupt();
                            try {
                                thread.join(PATIENCE);
                            } catch (InterruptedException e) {
                                // then it ends at once
                            }
                        },
                        "latent4j-stopping"));
    }
}
