package latent4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import latent4j.bench.MemoryGrowth;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training must not grow the process: measured on a process of its own, whose heap is fixed and touched beforehand. */
class MemoryTest {

    private static final String MLP = "Vae.mlp(data.shape(), 20)";

    @Test
    void aShortTrainingKeepsItsMemory() throws Exception {
        // So few steps see a leak of a batch or of a weight (100 kB and more a step), not one of a handle: the
        // compiler's
        // own memory still moves.
        assertSlope(MLP, 1000, 20_000);
    }

    @Tag("long")
    @Test
    void aLongTrainingOfLinearLayersKeepsItsMemory() throws Exception {
        assertSlope(MLP, 20_000, 100);
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Vae.convolutional(data.shape(), 20)",
                "Gan.mlp(data.shape(), 2)",
                "Gan.convolutional(data.shape(), 64, 16)",
                "WassersteinGradientPenalty.convolutional(data.shape(), 64, 16)"
            })
    void aLongTrainingKeepsItsMemory(String model) throws Exception {
        assertSlope(model, 2_000, 100);
    }

    private static void assertSlope(String model, int steps, double most) throws IOException, InterruptedException {
        assumeTrue(Files.exists(Path.of("/proc/self/statm")), "resident memory is read from /proc, which is not here");
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms600m",
                        "-Xmx600m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:+UseSerialGC",
                        // The second compiler's memory moves by megabytes, whatever is trained.
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MemoryGrowth.class.getName(),
                        "var data = Datasets.digits(2000, 200);",
                        "Trainer.epochs(100000).batch(64).fit(" + model + ", data);",
                        "64",
                        String.valueOf(steps))
                .redirectErrorStream(true);
        // The C library's pools for each thread settle one after the other, by megabytes; with one pool growth is
        // growth.
        builder.environment().put("MALLOC_ARENA_MAX", "1");
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        double slope = Double.parseDouble(output.replaceAll("(?s).*bytes_a_step\": ([^,]*),.*", "$1"));
        assertTrue(slope <= most, model + " grows by " + slope + " bytes a step over " + steps + " steps");
    }
}
