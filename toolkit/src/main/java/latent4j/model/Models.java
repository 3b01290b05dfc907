package latent4j.model;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.OutputStream;
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
import latent4j.nn.Net;
import latent4j.tensor.WholeFile;

/**
 * Trained models in files. A file is a zip of {@code model.json} (what model it is, with its settings and networks) and
 * one entry of little-endian float32 for each network's weights and running statistics.
 */
public final class Models {

    private static final int FORMAT = 1;
    private static final String DESCRIPTION = "model.json";

    private Models() {}

    /** Writes a model to a file, whole or not at all. */
    public static void save(Model model, Path file) {
        var json = new JsonObject();
        json.addProperty("latent4j model format", FORMAT);
        json.add("model", Json.write(model, Model.class));
        var text = new GsonBuilder().setPrettyPrinting().create().toJson(json);
        WholeFile.write(file, stream -> {
            var zip = new ZipOutputStream(stream);
            zip.setLevel(0); // weights do not compress
            zip.putNextEntry(new ZipEntry(DESCRIPTION));
            zip.write(text.getBytes(StandardCharsets.UTF_8));
            for (var net : model.nets()) {
                zip.putNextEntry(new ZipEntry("weights/" + net.name()));
                write(net.values(), zip);
            }
            zip.finish();
        });
    }

    /**
     * The model that a file holds, with its weights.
     *
     * @throws IllegalArgumentException if the file is no model, is damaged, or holds a model that this toolkit does not
     *     have
     */
    public static Model load(Path file) {
        try (var zip = open(file)) {
            var model = (Model) Json.read(description(zip, file).get("model"), Model.class);
            loadWeights(zip, file, model);
            return model;
        } catch (IOException e) {
            throw damaged(file, e);
        }
    }

    /**
     * Takes over the weights in a file into a model of the same kind and shape; the way for models from a notebook's cell
     * and for foreign blocks.
     *
     * @throws IllegalArgumentException if the file holds something else; the model is unchanged then
     */
    public static void loadInto(Model model, Path file) {
        try (var zip = open(file)) {
            var found = description(zip, file).getAsJsonObject("model");
            var expected = Json.write(model, Model.class).getAsJsonObject();
            if (!found.equals(expected)) {
                throw new IllegalArgumentException(
                        file + " holds another model: expected " + expected + ", found " + found);
            }
            loadWeights(zip, file, model);
        } catch (IOException e) {
            throw damaged(file, e);
        }
    }

    private static void loadWeights(ZipFile zip, Path file, Model model) throws IOException {
        var all = new ArrayList<List<float[]>>();
        for (var net : model.nets()) {
            all.add(arrays(net, content(zip, file, "weights/" + net.name())));
        }
        // Only when every array has been read and checked does the model change.
        for (int i = 0; i < all.size(); i++) {
            model.nets().get(i).load(all.get(i));
        }
    }

    private static ZipFile open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no file " + file.toAbsolutePath());
        }
        return new ZipFile(file.toFile());
    }

    private static JsonObject description(ZipFile zip, Path file) throws IOException {
        try {
            var text = new String(content(zip, file, DESCRIPTION), StandardCharsets.UTF_8);
            var json = new Gson().fromJson(text, JsonObject.class);
            int format = json.get("latent4j model format").getAsInt();
            if (format > FORMAT) {
                throw new IllegalArgumentException(file + " has format " + format + ", this toolkit reads up to "
                        + FORMAT + ": use a newer version of the toolkit");
            }
            return json;
        } catch (JsonParseException e) {
            throw damaged(file, e);
        }
    }

    private static byte[] content(ZipFile zip, Path file, String name) throws IOException {
        var entry = zip.getEntry(name);
        if (entry == null) {
            throw new IllegalArgumentException(file + " is no model file: it has no entry " + name);
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

    private static void write(List<float[]> values, OutputStream stream) throws IOException {
        for (var array : values) {
            var bytes = ByteBuffer.allocate(array.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(array);
            stream.write(bytes.array());
        }
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

    private static IllegalArgumentException damaged(Path file, Exception e) {
        return new IllegalArgumentException(file + " is no model file, or damaged: " + e.getMessage(), e);
    }
}
