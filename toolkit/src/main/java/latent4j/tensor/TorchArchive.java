package latent4j.tensor;

import ai.djl.ndarray.types.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript archive made without Python: a zip of the code as text and of the tensors that the
 * code reads from {@code self}. What it holds, {@code torch.jit.load} runs.
 */
public final class TorchArchive {

    private static final String CLASS = "Module";
    private final String methods;
    private final Map<String, Object> attributes = new LinkedHashMap<>();
    private final StringBuilder declarations = new StringBuilder();

    /**
     * An archive of one module.
     *
     * @param methods the methods' text, each starting with {@code def name(self, …)} at the margin
     */
    public TorchArchive(String methods) {
        this.methods = methods;
        attributes.put("training", true);
        attributes.put("_is_full_backward_hook", null);
        declarations.append("  training : bool\n  _is_full_backward_hook : Optional[bool]\n");
    }

    /** Adds a tensor that the code reads as {@code self.name}. */
    public TorchArchive tensor(String name, Shape shape, float[] values) {
        attributes.put(name, new StoredTensor(String.valueOf(attributes.size()), shape, values));
        declarations.append("  ").append(name).append(" : Tensor\n");
        return this;
    }

    /** The archive's bytes; the same content gives the same bytes. */
    public byte[] toBytes() {
        var code = "class " + CLASS + "(Module):\n  __parameters__ = []\n  __buffers__ = []\n" + declarations
                + methods.replaceAll("(?m)^(?=.)", "  ");
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            store(zip, "version", "3\n".getBytes(StandardCharsets.UTF_8));
            store(zip, "constants.pkl", new Pickle().emptyTuple().finish());
            store(zip, "data.pkl", new Pickle().object(CLASS, attributes).finish());
            store(zip, "code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
            for (var attribute : attributes.values()) {
                if (attribute instanceof StoredTensor tensor) {
                    store(zip, "data/" + tensor.key(), Arrays.littleEndian(tensor.values()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Entries are stored, not deflated, because the reader maps tensors straight from the file. */
    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        var entry = new ZipEntry("archive/" + name);
        var crc = new CRC32();
        crc.update(content);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
