package latent4j.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import latent4j.study.Folders;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;

/** Rows in a folder of Parquet files, which is there when all is written. */
final class Parquet {

    private Parquet() {}

    /**
     * Writes rows. In a file system of the machine, or one mounted there, the folder appears when it is whole; elsewhere, as in
     * HDFS, it is whole when it holds Spark's {@code _SUCCESS}.
     *
     * @throws IllegalArgumentException if there is something of that name
     */
    static void write(Dataset<Row> rows, String folder) {
        if (isElsewhere(folder)) {
            rows.write().mode(SaveMode.ErrorIfExists).parquet(folder);
            return;
        }
        requireAbsent(folder);
        var whole = path(folder);
        var part = whole.resolveSibling("." + whole.getFileName() + ".part");
        try {
            rows.write().mode(SaveMode.Overwrite).parquet(part.toUri().toString());
            Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot name the folder " + whole + ": " + e, e);
        } finally {
            Folders.delete(part);
        }
    }

    /** Writes a few rows into one file of this machine, in the place of what is there. */
    static void writeFile(Dataset<Row> rows, Path file) {
        var part = file.resolveSibling("." + file.getFileName() + ".part");
        rows.coalesce(1).write().mode(SaveMode.Overwrite).parquet(part.toUri().toString());
        try (var written = Files.newDirectoryStream(part, "part-*.parquet")) {
            Files.move(
                    written.iterator().next(),
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e, e);
        } finally {
            Folders.delete(part);
        }
    }

    /** Refuses to write over something. */
    static void requireAbsent(String folder) {
        if (!isElsewhere(folder) && Files.exists(path(folder))) {
            throw new IllegalArgumentException(
                    path(folder) + " exists: name another one, or delete it to write it anew");
        }
    }

    /** Whether a folder is in no file system of this machine. */
    static boolean isElsewhere(String folder) {
        return folder.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*") && !folder.startsWith("file:");
    }

    static Path path(String folder) {
        return folder.startsWith("file:")
                ? Path.of(URI.create(folder))
                : Path.of(folder).toAbsolutePath().normalize();
    }
}
