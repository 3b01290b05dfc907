package latent4j.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import latent4j.data.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CellsTest {

    @Test
    void cellsShareTheirVariablesAndThisProcess() {
        var cells = new Cells();
        cells.run("int a = 20; int b = 1;\nvar shape = Datasets.ring(8, 1, 0.01, 100, 0).shape();");
        assertEquals("21", cells.value("a + b"));
        assertEquals("(2)", cells.value("shape.toString()").replace("\"", ""));
        cells.run("System.setProperty(\"latent4j.cell\", \"ran\");");
        assertEquals("ran", System.getProperty("latent4j.cell"));
    }

    @Test
    void faultsOfACellAreSaid() {
        var cells = new Cells();
        var wrong = assertThrows(IllegalArgumentException.class, () -> cells.run("Vae.mpl(3);"));
        assertTrue(wrong.getMessage().contains("Vae.mpl(3)"), wrong.getMessage());
        assertThrows(IllegalArgumentException.class, () -> cells.run("if (true) {"));
        var failed = assertThrows(IllegalStateException.class, () -> cells.run("Trainer.epochs(0);"));
        assertTrue(
                failed.getCause().getMessage().contains("epochs must be"),
                failed.getCause().getMessage());
    }

    @Test
    void anotherProgramGetsTheRecordsAsFloats(@TempDir Path folder) throws Exception {
        var file = folder.resolve("records");
        RawFile.write(Samples.of(new Shape(2), new float[] {1, -2, 0.5f, 3}), file);
        var read = new float[4];
        ByteBuffer.wrap(Files.readAllBytes(file))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(read);
        assertArrayEquals(new float[] {1, -2, 0.5f, 3}, read);
    }
}
