package latent4j.data;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that are written whole or not at all. */
final class WholeFile {

    private WholeFile() {}

    interface Content {
        void writeTo(BufferedWriter writer) throws IOException;
    }

    /** Writes UTF-8 text under a temporary name in the same folder, then moves it to its place. */
    static void write(Path file, Content content) {
        var target = file.toAbsolutePath();
        try {
            Files.createDirectories(target.getParent());
            var temporary = Files.createTempFile(target.getParent(), target.getFileName() + ".", ".part");
            try {
                try (var writer = Files.newBufferedWriter(temporary)) {
                    content.writeTo(writer);
                }
                move(temporary, target);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + target + ": " + e, e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
