package latent4j.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import latent4j.model.Model;
import latent4j.model.Models;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/** A model's file that the driver has read, and the model made of it once in each executor. */
final class SavedModel implements Serializable {

    private static final long serialVersionUID = 1;

    private static long loaded = -1;
    private static Model model;

    private final Broadcast<byte[]> file;

    private SavedModel(Broadcast<byte[]> file) {
        this.file = file;
    }

    /**
     * The model of a file that the driver can read.
     *
     * @throws IllegalArgumentException naming the file, if it is no model
     */
    static SavedModel of(SparkSession spark, Path file) {
        Models.load(file); // or executors would have to say that it is none
        try {
            var context = JavaSparkContext.fromSparkContext(spark.sparkContext());
            return new SavedModel(context.broadcast(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e, e);
        }
    }

    /** What is computed with a model. */
    interface Use<T> {
        T with(Model model);
    }

    /** Computes something; in each process one such thing at a time, since DJL's engine is one. */
    <T> T use(Use<T> what) {
        synchronized (SavedModel.class) {
            if (loaded != file.id()) {
                model = load(file.value());
                loaded = file.id();
            }
            return what.with(model);
        }
    }

    private static Model load(byte[] content) {
        Path copy = null;
        try {
            copy = Files.createTempFile("latent4j-model-", ".zip");
            Files.write(copy, content);
            return Models.load(copy);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the model in a temporary file: " + e, e);
        } finally {
            delete(copy);
        }
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // left over in the system's temporary folder, which harms nobody
        }
    }
}
