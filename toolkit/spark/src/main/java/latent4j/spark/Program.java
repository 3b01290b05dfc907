package latent4j.spark;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import latent4j.study.SparkSubmit;
import org.apache.spark.SparkException;
import org.apache.spark.sql.SparkSession;

/** What the programs for {@code spark-submit} have in common: one clear reason where they fail. */
final class Program {

    /** One of our errors in the text of Spark's. */
    private static final Pattern OURS =
            Pattern.compile("java\\.lang\\.Illegal(?:Argument|State)Exception: (.*?)(?=\n\tat |\\z)", Pattern.DOTALL);

    private Program() {}

    /** What a program does. */
    interface Work {
        void on(SparkSession spark);
    }

    /**
     * Runs a program in a session of its own and ends the process, with status 2 where it failed.
     *
     * @param prepare what can be refused before there is a session
     */
    static void run(String name, Supplier<Work> prepare) {
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
        int status = 0;
        SparkSession spark = null;
        try {
            tieToStarter();
            var work = prepare.get();
            Optional.ofNullable(System.getProperty("spark.master")).ifPresent(SparkSubmit::requireMaster);
            spark = SparkSession.builder().appName("Latent4J " + name).getOrCreate();
            Executors.check(spark);
            work.on(spark);
        } catch (Throwable e) {
            status = 2;
            e.printStackTrace();
            // one line, whatever its breaks: whoever started us looks for it
            System.out.println(SparkSubmit.ERROR + reason(e).replace('\n', '\u0085'));
        } finally {
            if (spark != null) {
                spark.stop();
            }
        }
        System.out.flush();
        System.exit(status);
    }

    /** Our own words where there are some in the chain of causes, else Spark's. */
    static String reason(Throwable error) {
        for (var cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalArgumentException || cause instanceof IllegalStateException) {
                return cause.getMessage();
            }
        }
        var told = OURS.matcher(String.valueOf(error.getMessage())); // by a task
        if (told.find()) {
            return told.group(1);
        }
        var last = error;
        while (last instanceof SparkException && last.getCause() != null) {
            last = last.getCause();
        }
        var message = last.getMessage() == null ? last.toString() : last.getMessage();
        int trace = message.indexOf("\n\nDriver stacktrace");
        return last.getClass().getSimpleName() + ": " + (trace < 0 ? message : message.substring(0, trace));
    }

    /** Started by the toolkit, it ends with what started it: its input closes then. */
    private static void tieToStarter() {
        if (!Boolean.getBoolean("spark.latent4j.tied")) {
            return;
        }
        var thread = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // nothing is said to us
                        }
                    } catch (IOException e) {
                        // the same as its end
                    }
                    System.exit(3); // not halt: Spark gives its executors back first
                },
                "until the starter ends");
        thread.setDaemon(true);
        thread.start();
    }
}
