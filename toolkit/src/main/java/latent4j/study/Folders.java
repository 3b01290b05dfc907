package latent4j.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;

/** Folders of work that is over. */
public final class Folders {

    private Folders() {}

    /** Deletes a folder with all that is in it, where it is there. */
    public static void delete(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (UncheckedIOException e) {
            throwUnlessGone(folder, e.getCause());
        } catch (IOException e) {
            throwUnlessGone(folder, e);
        }
    }

    /** Another process may delete it too. */
    private static void throwUnlessGone(Path folder, IOException e) {
        if (!(e instanceof NoSuchFileException)) {
            throw new UncheckedIOException("cannot delete " + folder + ": " + e, e);
        }
    }
}
