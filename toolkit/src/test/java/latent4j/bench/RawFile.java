package latent4j.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import latent4j.data.Samples;
import latent4j.tensor.Arrays;

/** Records for another program: float32, little-endian, one after the other. */
public final class RawFile {

    private RawFile() {}

    /** Writes all values of all records. */
    public static void write(Samples records, Path file) {
        try {
            Files.write(file, Arrays.littleEndian(records.toArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
