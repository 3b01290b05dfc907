package latent4j.model;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import latent4j.nn.Json;
import latent4j.nn.JsonText;
import latent4j.nn.Net;
import latent4j.tensor.Arrays;
import latent4j.tensor.WholeFile;

/**
 * Trained models in files. A file is a zip of {@code model.json} (what model it is, with its settings and networks) and
 * one entry of little-endian float32 for each network's weights and running statistics. Where a network keeps a moving
 * average of them, the file holds the average: a model from a file does what the saved one did. To go on with a training,
 * raw weights, moments and all, is a checkpoint's part.
 */
public final class Models {

    private static final int FORMAT = 1;
    private static final String FORMAT_KEY = "latent4j model format";
    private static final String DESCRIPTION = "model.json";

    private Models() {}

    /** Writes a model to a file, whole or not at all. */
    public static void save(Model model, Path file) {
        var json = new JsonObject();
        json.addProperty(FORMAT_KEY, FORMAT);
        json.add("model", Json.write(model, Model.class));
        var text = JsonText.of(json);
        WholeFile.write(file, stream -> {
            var zip = new ZipOutputStream(stream);
            zip.setLevel(0); // weights do not compress
            zip.putNextEntry(entry(DESCRIPTION));
            zip.write(text.getBytes(StandardCharsets.UTF_8));
            for (var net : model.nets()) {
                zip.putNextEntry(entry("weights/" + net.name()));
                for (var array : net.values()) {
                    zip.write(Arrays.littleEndian(array));
                }
            }
            zip.finish();
        });
    }

    /**
     * The model that a file holds, with its weights.
     *
     * @throws IllegalArgumentException naming the file, if it is no model, is damaged, or holds a model that this toolkit
     *     does not have
     */
    public static Model load(Path file) {
        return reading(file, zip -> {
            var model = (Model) Json.read(description(zip), Model.class);
            loadWeights(zip, model);
            return model;
        });
    }

    /**
     * Takes over the weights in a file into a model of the same kind and shape; the way for models from a notebook's cell
     * and for foreign blocks.
     *
     * @throws IllegalArgumentException naming the file, if it holds something else; the model is unchanged then
     */
    public static void loadInto(Model model, Path file) {
        reading(file, zip -> {
            var found = description(zip);
            var expected = Json.write(model, Model.class);
            if (!found.equals(expected)) {
                throw new IllegalArgumentException("it holds another model: expected " + expected + ", found " + found);
            }
            loadWeights(zip, model);
            return model;
        });
    }

    private interface Reading {
        Model from(ZipFile zip) throws IOException;
    }

    private static Model reading(Path file, Reading reading) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no file " + file.toAbsolutePath());
        }
        try (var zip = new ZipFile(file.toFile())) {
            return reading.from(zip);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "cannot load " + file + ", it is no model file or damaged: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("cannot load " + file + ": " + e.getMessage(), e);
        }
    }

    private static void loadWeights(ZipFile zip, Model model) throws IOException {
        var all = new ArrayList<List<float[]>>();
        for (var net : model.nets()) {
            all.add(arrays(net, content(zip, "weights/" + net.name())));
        }
        // Only when every array has been read and checked does the model change.
        for (int i = 0; i < all.size(); i++) {
            model.nets().get(i).load(all.get(i));
        }
    }

    private static JsonObject description(ZipFile zip) throws IOException {
        var text = new String(content(zip, DESCRIPTION), StandardCharsets.UTF_8);
        var json = new Gson().fromJson(text, JsonObject.class);
        if (json == null || !json.has(FORMAT_KEY) || !json.has("model")) {
            throw new IllegalArgumentException("its " + DESCRIPTION + " describes no model");
        }
        int format = json.get(FORMAT_KEY).getAsInt();
        if (format > FORMAT) {
            throw new IllegalArgumentException("it has format " + format + ", this toolkit reads up to " + FORMAT
                    + ": use a newer version of the toolkit");
        }
        return json.getAsJsonObject("model");
    }

    private static byte[] content(ZipFile zip, String name) throws IOException {
        var entry = zip.getEntry(name);
        if (entry == null) {
            throw new IllegalArgumentException("it is no model file: it has no entry " + name);
        }
        try (var stream = zip.getInputStream(entry)) {
            var bytes = stream.readAllBytes();
            var checksum = new CRC32(); // a ZipFile does not compare it
            checksum.update(bytes);
            if (checksum.getValue() != entry.getCrc()) {
                throw new IOException("the checksum of " + name + " is wrong");
            }
            return bytes;
        }
    }

    /** Without the time of day, so that the same model gives the same bytes. */
    private static ZipEntry entry(String name) {
        var entry = new ZipEntry(name);
        entry.setTime(0);
        return entry;
    }

    private static List<float[]> arrays(Net net, byte[] bytes) {
        long expected = net.weights().stream().mapToLong(w -> w.shape().size()).sum() * Float.BYTES;
        if (bytes.length != expected) {
            throw new IllegalArgumentException(
                    "expected " + expected + " bytes of weights for '" + net.name() + "', found " + bytes.length);
        }
        var floats = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        var values = new ArrayList<float[]>();
        for (var weight : net.weights()) {
            var array = new float[(int) weight.shape().size()];
            floats.get(array);
            values.add(array);
        }
        return values;
    }
}
