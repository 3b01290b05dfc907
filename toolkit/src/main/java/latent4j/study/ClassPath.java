package latent4j.study;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URLClassLoader;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Where this process has its classes from, for another process that is to have the same. */
final class ClassPath {

    private ClassPath() {}

    /**
     * What class loaders, the kernel's environment and the command line name. A kernel's own jars come last, since some bring old
     * versions of libraries.
     */
    static String current() {
        var entries = new LinkedHashSet<Path>();
        for (var loader : List.of(Thread.currentThread().getContextClassLoader(), Study.class.getClassLoader())) {
            for (var l = loader; l != null; l = l.getParent()) {
                if (l instanceof URLClassLoader urls) {
                    for (var url : urls.getURLs()) {
                        try {
                            add(entries, Path.of(url.toURI()));
                        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
                            // a place that another process could not read either
                        }
                    }
                }
            }
        }
        addAll(entries, System.getenv("JJAVA_CLASSPATH"));
        addAll(entries, System.getenv("IJAVA_CLASSPATH"));
        addAll(entries, System.getProperty("java.class.path"));
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static void addAll(Set<Path> entries, String paths) {
        if (paths != null) {
            for (var path : paths.split(File.pathSeparator)) {
                if (!path.isBlank()) {
                    add(entries, Path.of(path));
                }
            }
        }
    }

    private static void add(Set<Path> entries, Path entry) {
        if (Files.exists(entry)) {
            entries.add(entry.toAbsolutePath().normalize());
        }
    }

    /** How every JVM of ours is started. */
    static List<String> java(long heap) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx" + (heap >> 20) + "m", "-XX:+UseSerialGC", "-Djava.awt.headless=true"));
        if (Runtime.version().feature() >= 22) { // later versions warn without it
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.matches("LATENT4J_.*|ai\\.djl\\..*|jna\\..*|DJL_.*|ENGINE_.*"))
                .filter(name -> !name.matches("LATENT4J_THREADS|ai\\.djl\\.pytorch\\.num_.*"))
                .sorted()
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        return command;
    }
}
