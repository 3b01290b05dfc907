package latent4j.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoresTest {

    @TempDir
    private Path root;

    private void file(String path, String content) throws IOException {
        var file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    @Test
    void hyperThreadsCountOnceAndForbiddenProcessorsDoNot() throws IOException {
        file("proc/self/status", "Name:\tjava\nCpus_allowed_list:\t0-3,6\n");
        for (int cpu = 0; cpu < 8; cpu++) {
            int first = cpu / 2 * 2;
            file(
                    "sys/devices/system/cpu/cpu" + cpu + "/topology/thread_siblings_list",
                    first + "-" + (first + 1) + "\n");
        }
        assertEquals(3, Cores.linux(root));
        file("sys/fs/cgroup/cpu.max", "max 100000\n");
        assertEquals(3, Cores.linux(root));
        file("sys/fs/cgroup/cpu.max", "250000 100000\n");
        assertEquals(2, Cores.linux(root));
        file("sys/fs/cgroup/cpu.max", "50000 100000\n");
        assertEquals(1, Cores.linux(root));
    }

    @Test
    void thisMachineHasSome() {
        int cores = Cores.physical();
        assertTrue(cores >= 1 && cores <= Runtime.getRuntime().availableProcessors(), "cores: " + cores);
    }
}
