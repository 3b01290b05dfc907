package latent4j.study;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * One of the processes of {@link Processes}: takes runs that no other one has, until none is missing. The study comes on the first
 * line of the standard input. When that input closes, because the one who started it is gone or wants no more, it writes its
 * checkpoint and ends.
 */
final class Worker {

    /** Exit status: it could not even begin, and neither could another one. */
    static final int UNUSABLE = 3;

    /** What precedes the name of a run on the standard output, when the run begins. */
    static final String BEGINS = "begins ";

    private static final long PATIENCE = 20_000; // milliseconds, for the last checkpoint

    private Worker() {}

    /** {@code Worker FOLDER}. */
    public static void main(String[] arguments) throws IOException {
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Stopping.interrupts(Thread.currentThread()); // Ctrl-C in a terminal reaches this process too
        var study = input.readLine();
        endWith(input, Thread.currentThread());
        int status = 0;
        try {
            Here.work(Study.fromJson(study), new StudyFolder(Path.of(arguments[0])), () -> {}, Worker::say);
        } catch (RuntimeException | LinkageError e) {
            e.printStackTrace();
            System.err.println(StudyResult.reason(e)); // last, for who reads the log's end
            status = UNUSABLE;
        }
        System.out.flush();
        Runtime.getRuntime().halt(status); // the engine's threads need not be waited for
    }

    private static void say(String run) {
        System.out.println(BEGINS + run);
        System.out.flush();
    }

    private static void endWith(BufferedReader input, Thread worker) {
        var watch = new Thread(
                () -> {
                    try {
                        while (input.readLine() != null) {
                            // nothing more is said
                        }
                    } catch (IOException e) {
                        // closed, too
                    }
                    worker.interrupt();
                    try {
                        Thread.sleep(PATIENCE);
                    } catch (InterruptedException e) {
                        // nobody does
                    }
                    Runtime.getRuntime().halt(0);
                },
                "latent4j-parent");
        watch.setDaemon(true);
        watch.start();
    }
}
