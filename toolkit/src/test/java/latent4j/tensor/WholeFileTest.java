package latent4j.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

    @Test
    void aFailureLeavesWhatStoodThere(@TempDir Path folder) throws IOException {
        var file = folder.resolve("deep/er/file.txt");
        WholeFile.write(file, stream -> stream.write("whole".getBytes()));
        var error = assertThrows(
                UncheckedIOException.class,
                () -> WholeFile.write(file, stream -> {
                    stream.write("ha".getBytes());
                    throw new IOException("disk full");
                }));
        assertTrue(error.getMessage().contains("file.txt") && error.getMessage().contains("disk full"));
        assertEquals("whole", Files.readString(file));
        try (var files = Files.list(file.getParent())) {
            assertEquals(1, files.count(), "no temporary file may be left");
        }
    }

    /** As by the stop button; a channel's stream would break off and lose the file. */
    @Test
    void anInterruptDoesNotBreakItOff(@TempDir Path folder) throws IOException {
        var file = folder.resolve("file.txt");
        Thread.currentThread().interrupt();
        try {
            WholeFile.write(file, stream -> stream.write(new byte[100_000]));
        } finally {
            assertTrue(Thread.interrupted(), "the interrupt stays for whom it was meant");
        }
        assertEquals(100_000, Files.size(file));
    }
}
