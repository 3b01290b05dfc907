package latent4j.tensor;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Writes files whole or not at all: under a temporary name in the same folder, then moved. */
public final class WholeFile {

    private WholeFile() {}

    /** What is written. */
    public interface Content {
        /** Writes everything to the stream, which the caller closes. */
        void writeTo(OutputStream stream) throws IOException;
    }

    /**
     * Writes a file and makes its folder where that is missing. What stood there before stays until all is written.
     *
     * @throws UncheckedIOException naming the file
     */
    public static void write(Path file, Content content) {
        var folder = file.toAbsolutePath().getParent();
        Path temporary = null;
        try {
            Files.createDirectories(folder);
            // not createTempFile, whose files only their owner may read, also after the move
            temporary = folder.resolve("." + file.getFileName() + "." + UUID.randomUUID() + ".part");
            // not a channel's stream, which an interrupt of the thread, the stop button, would break off
            try (var stream = new FileOutputStream(temporary.toFile())) {
                var buffered = new BufferedOutputStream(stream);
                content.writeTo(buffered);
                buffered.flush();
                stream.getFD().sync(); // or a power cut could leave the name without the content
            }
            move(temporary, file);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot write " + file + ": " + e + "; what stood there before is untouched", e);
        } finally {
            delete(temporary);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void delete(Path temporary) {
        try {
            if (temporary != null) {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            // A left-over temporary file harms nobody, and the first error is the one to report.
        }
    }
}
