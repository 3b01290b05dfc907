package latent4j.spark;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import latent4j.data.Hash;
import latent4j.study.Study;
import latent4j.tensor.Compute;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.SparkSession;

/** Whether those who are to compute have the same toolkit as the driver, and an engine that starts. */
final class Executors {

    private static final int KEY = 12;
    private static final long PATIENCE = 20_000;

    private Executors() {}

    /**
     * What decides results, of the toolkit in a process: its jars and DJL's version.
     *
     * @param jars SHA-256 of the toolkit's jar and of its part for Spark, short
     * @param djl DJL's version
     * @param place where the toolkit's jar lies there, for a reader
     */
    record Toolkit(String jars, String djl, String place) implements Serializable {

        private static Toolkit here;

        /** That of this process. */
        static synchronized Toolkit here() {
            if (here == null) {
                var jars = hash(Study.class) + " " + hash(Executors.class);
                here = new Toolkit(jars, Engine.getDjlVersion(), String.valueOf(file(Study.class)));
            }
            return here;
        }

        private static String hash(Class<?> type) {
            try {
                var file = file(type);
                return Files.isRegularFile(file)
                        ? Hash.sha256().bytes(Files.readAllBytes(file)).hex().substring(0, KEY)
                        : "no jar";
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read the toolkit's jar: " + e, e);
            }
        }

        private static Path file(Class<?> type) {
            try {
                return Path.of(
                        type.getProtectionDomain().getCodeSource().getLocation().toURI());
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e); // a file's address is one
            }
        }

        boolean isSame(Toolkit other) {
            return jars.equals(other.jars) && djl.equals(other.djl);
        }

        String words() {
            return "jars " + jars + ", DJL " + djl + " (" + place + ")";
        }
    }

    /** Why an executor cannot work for the driver. */
    static Optional<String> fault(Toolkit expected) {
        var found = Toolkit.here();
        if (!found.isSame(expected)) {
            return Optional.of("has another toolkit than the driver: expected " + expected.words() + ", found "
                    + found.words()
                    + ". Take it off the executors' class path (spark.executor.extraClassPath, Spark's folder"
                    + " jars), since what is there wins over what --jars brings");
        }
        try {
            Compute.current();
            return Optional.empty();
        } catch (RuntimeException | LinkageError e) {
            return Optional.of(
                    "cannot start the engine: " + e + ". It needs the jars pytorch-engine, pytorch-jni and"
                            + " pytorch-native-cpu for its own platform, and a home folder or DJL_CACHE_DIR in which it may write");
        }
    }

    /** Says of the executor that computes it what it lacks. A class, not a lambda: an older toolkit must be able to refuse it. */
    private static final class Check implements Function<Integer, String> {

        private static final long serialVersionUID = 1;

        private final Toolkit expected;

        Check(Toolkit expected) {
            this.expected = expected;
        }

        @Override
        public String call(Integer number) {
            return fault(expected)
                    .map(fault -> "executor " + SparkEnv.get().executorId() + " on "
                            + SparkEnv.get().blockManager().blockManagerId().host() + " " + fault)
                    .orElse("");
        }
    }

    /**
     * Asks the executors that are there before anything else is done; those that come later are asked by their first task.
     *
     * @throws IllegalStateException saying of one executor what it lacks
     */
    static void check(SparkSession spark) {
        var context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        int executors = executors(spark);
        var numbers = IntStream.range(0, 2 * executors).boxed().toList();
        List<String> faults;
        try {
            faults = context.parallelize(numbers, numbers.size())
                    .map(new Check(Toolkit.here()))
                    .collect();
        } catch (Exception e) { // Scala throws what Java would declare
            throw lacking(e);
        }
        faults.stream().filter(fault -> !fault.isEmpty()).findFirst().ifPresent(fault -> {
            throw new IllegalStateException(fault);
        });
    }

    private static RuntimeException lacking(Exception error) {
        var message = String.valueOf(error.getMessage());
        if (message.contains("ClassNotFoundException: latent4j")
                || message.contains("NoClassDefFoundError: latent4j")
                || message.contains("InvalidClassException: latent4j")) {
            return new IllegalStateException(
                    "the executors do not have the toolkit, or another version of it: pass latent4j-toolkit and the jars beside"
                            + " it by --jars, as ./lab study --on does, or put the same ones on every machine",
                    error);
        }
        return error instanceof RuntimeException runtime ? runtime : new IllegalStateException(error);
    }

    /** Waits for the first executor; a cluster that is busy may take long to give one. */
    private static int executors(SparkSession spark) {
        if (spark.sparkContext().isLocal()) {
            return 1;
        }
        long start = System.currentTimeMillis();
        boolean told = false;
        while (true) {
            int found = spark.sparkContext().getExecutorMemoryStatus().size() - 1; // the driver is among them
            if (found > 0) {
                return found;
            }
            if (!told && System.currentTimeMillis() - start > PATIENCE) {
                told = true;
                System.out.println(
                        "note: no executor yet: the cluster is busy, has no worker, or none with a free core and "
                                + spark.sparkContext().executorMemory() + " MB of memory");
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            }
        }
    }
}
