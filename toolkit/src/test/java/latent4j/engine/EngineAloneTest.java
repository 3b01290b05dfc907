package latent4j.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import latent4j.tensor.Compute;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each engine runs where no jar of the other one is. */
@Tag("engines")
class EngineAloneTest {

    /** What a process with the jars of one engine only says when it is to compute with a named one. */
    private static String run(String jarsOf, String engine, int exit) throws IOException, InterruptedException {
        var others = jarsOf.equals("PyTorch") ? "mxnet-" : "pytorch-";
        var classPath = Pattern.compile(File.pathSeparator)
                .splitAsStream(System.getProperty("java.class.path"))
                .filter(jar -> !Path.of(jar).getFileName().toString().startsWith(others))
                .collect(Collectors.joining(File.pathSeparator));
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        EngineAlone.class.getName())
                .redirectErrorStream(true);
        builder.environment().put("LATENT4J_ENGINE", engine);
        builder.environment().put("LATENT4J_THREADS", "1");
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(exit, process.waitFor() == 0 ? 0 : 1, output);
        return output;
    }

    @Test
    void itNeedsNoJarOfTheOther() throws Exception {
        var engine = Compute.current().engine();
        var output = run(engine, engine.toLowerCase(java.util.Locale.ROOT), 0);
        assertTrue(output.contains("trained by " + engine) && output.contains("1 thread"), output);
    }

    @Test
    void whatIsNotThereIsNamed() throws Exception {
        if (Compute.current().engine().equals("PyTorch")) {
            var output = run("PyTorch", "MXNet", 1);
            assertTrue(output.contains("LATENT4J_ENGINE=MXNet") && output.contains("--engine mxnet"), output);
        }
        var output = run(Compute.current().engine(), "TensorFlow", 1);
        assertTrue(output.contains("LATENT4J_ENGINE must be PyTorch or MXNet, got 'TensorFlow'"), output);
        assertNotEquals("", output);
    }
}
