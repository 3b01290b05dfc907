package latent4j.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** A file's content, unpacked where it is gzipped. */
final class FileBytes {

    private FileBytes() {}

    /** All bytes of the file; what begins as gzip data is unpacked, whatever the file is called. */
    static byte[] read(Path file) {
        try {
            var bytes = Files.readAllBytes(file);
            boolean gzipped = bytes.length > 2 && (bytes[0] & 0xff) == 0x1f && (bytes[1] & 0xff) == 0x8b;
            if (!gzipped) {
                return bytes;
            }
            try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                return unpacked.readAllBytes();
            } catch (IOException e) {
                throw new IllegalArgumentException(
                        file + ": expected a whole gzip file, but unpacking its " + bytes.length + " bytes failed ("
                                + e.getMessage() + "); copy or download the file again",
                        e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e, e);
        }
    }
}
