package latent4j.train;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import latent4j.tensor.Compute;

/**
 * What a run computed on, as far as it can change a bit of the result. Two runs of the same settings are identical where
 * {@link #promisesTheBitsOf} holds.
 *
 * @param engine the engine's name
 * @param engineVersion the engine's version
 * @param device {@code cpu()} or a GPU
 * @param threads how many threads one operation used
 * @param cpu the processor's model and its widest vector instructions
 * @param system the operating system
 * @param java the version of Java
 * @param djl the version of DJL
 * @param toolkit the version of this toolkit
 */
public record Machine(
        String engine,
        String engineVersion,
        String device,
        int threads,
        String cpu,
        String system,
        String java,
        String djl,
        String toolkit) {

    /** The one that this process runs on. */
    public static Machine current() {
        var compute = Compute.current();
        return new Machine(
                compute.engine(),
                compute.version(),
                compute.device().toString(),
                compute.threads(),
                Processor.NAME,
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + System.getProperty("os.arch"),
                System.getProperty("java.version"),
                compute.djlVersion(),
                toolkitVersion());
    }

    /**
     * Whether the same settings give the same bits on both: the same engine and version, CPU model and number of threads,
     * and no GPU, whose sums come in any order.
     */
    public boolean promisesTheBitsOf(Machine other) {
        return device.startsWith("cpu")
                && device.equals(other.device)
                && engine.equals(other.engine)
                && engineVersion.equals(other.engineVersion)
                && threads == other.threads
                && cpu.equals(other.cpu);
    }

    @Override
    public String toString() {
        return engine + " " + engineVersion + ", " + device + ", " + threads + (threads == 1 ? " thread" : " threads")
                + ", " + cpu;
    }

    /** As Maven noted it in the jar; compiled classes outside of a jar have none. */
    private static String toolkitVersion() {
        var file = "/META-INF/maven/io.github.latent4j/latent4j-toolkit/pom.properties";
        try (InputStream stream = Machine.class.getResourceAsStream(file)) {
            if (stream == null) {
                return "built from source";
            }
            var properties = new Properties();
            properties.load(stream);
            return properties.getProperty("version");
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** The processor, asked for once. */
    private static final class Processor {

        static final String NAME = name();

        private static String name() {
            var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
            try {
                if (system.startsWith("linux")) {
                    return linux(Files.readString(Path.of("/proc/cpuinfo")));
                } else if (system.startsWith("mac")) {
                    var process = new ProcessBuilder("sysctl", "-n", "machdep.cpu.brand_string").start();
                    return new String(process.getInputStream().readAllBytes()).strip();
                } else if (system.startsWith("windows")) {
                    return System.getenv().getOrDefault("PROCESSOR_IDENTIFIER", System.getProperty("os.arch"));
                }
            } catch (IOException unknown) {
                // the architecture, then
            }
            return System.getProperty("os.arch");
        }
    }

    /** Out of {@code /proc/cpuinfo}; a virtual machine may hide the model's name, so that the numbers behind it count. */
    static String linux(String cpuinfo) {
        Map<String, String> first = new HashMap<>();
        for (var line : cpuinfo.split("\n")) {
            var parts = line.split(":", 2);
            if (parts.length == 2) {
                first.putIfAbsent(parts[0].strip(), parts[1].strip());
            }
        }
        if (!first.containsKey("model name")) { // ARM
            return "implementer " + first.get("CPU implementer") + ", part " + first.get("CPU part") + ", revision "
                    + first.get("CPU revision");
        }
        var flags = " " + first.getOrDefault("flags", "") + " ";
        var vectors = flags.contains(" avx512f ") ? "AVX-512" : flags.contains(" avx2 ") ? "AVX2" : "SSE";
        return first.get("model name") + " (family " + first.get("cpu family") + ", model " + first.get("model")
                + ", stepping " + first.get("stepping") + ", " + vectors + ")";
    }
}
