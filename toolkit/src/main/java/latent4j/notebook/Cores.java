package latent4j.notebook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Locale;

/**
 * The physical cores that this process may use. The launcher counts them by the same rule, so that a kernel that was
 * started elsewhere computes with as many threads and its numbers come out the same.
 */
final class Cores {

    private Cores() {}

    static int physical() {
        int logical = Runtime.getRuntime().availableProcessors();
        var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        try {
            if (system.startsWith("linux")) {
                return linux(Path.of("/"));
            } else if (system.startsWith("mac")) {
                var process = new ProcessBuilder("sysctl", "-n", "hw.physicalcpu").start();
                return Integer.parseInt(new String(process.getInputStream().readAllBytes()).strip());
            } else if (system.startsWith("windows")) {
                return Math.max(1, logical / 2); // nothing in Java tells hyper-threads apart
            }
        } catch (IOException | NumberFormatException unknown) {
            // the logical ones, then
        }
        return logical;
    }

    /** Processors that share a core count once; a container's share of the time counts too. */
    static int linux(Path root) throws IOException {
        var allowed = Files.readAllLines(root.resolve("proc/self/status")).stream()
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .findFirst()
                .map(line -> processors(line.substring(line.indexOf(':') + 1)))
                .orElseThrow(() -> new IOException("no Cpus_allowed_list"));
        var cores = new HashSet<String>();
        for (int cpu : allowed.stream().toArray()) {
            var siblings = root.resolve("sys/devices/system/cpu/cpu" + cpu + "/topology/thread_siblings_list");
            cores.add(Files.exists(siblings) ? Files.readString(siblings).strip() : "cpu " + cpu);
        }
        var share = root.resolve("sys/fs/cgroup/cpu.max");
        if (Files.exists(share)) {
            var quotaAndPeriod = Files.readString(share).strip().split(" ");
            if (!quotaAndPeriod[0].equals("max")) {
                long whole = Long.parseLong(quotaAndPeriod[0]) / Long.parseLong(quotaAndPeriod[1]);
                return (int) Math.min(cores.size(), Math.max(1, whole));
            }
        }
        return cores.size();
    }

    /** Numbers as Linux lists them, {@code 0-3,8}. */
    private static BitSet processors(String list) {
        var set = new BitSet();
        for (var range : list.strip().split(",")) {
            var ends = range.split("-");
            set.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
        }
        return set;
    }
}
