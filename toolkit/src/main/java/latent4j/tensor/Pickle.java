package latent4j.tensor;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes the few pickle opcodes (protocol 2) of which a TorchScript archive's {@code data.pkl} consists. */
final class Pickle {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Pickle() {
        raw(0x80, 2);
    }

    /** An object of class {@code __torch__.name} with these attributes: booleans, nulls and tensors. */
    Pickle object(String name, Map<String, Object> attributes) {
        global("__torch__", name);
        raw(')', 0x81); // empty tuple, NEWOBJ
        raw('}', '(');
        attributes.forEach((key, value) -> {
            text(key);
            if (value instanceof StoredTensor tensor) {
                tensor(tensor);
            } else if (value instanceof Boolean flag) {
                raw(flag ? 0x88 : 0x89);
            } else {
                raw('N');
            }
        });
        raw('u', 'b'); // SETITEMS, BUILD
        return this;
    }

    Pickle emptyTuple() {
        raw(')');
        return this;
    }

    byte[] finish() {
        raw('.');
        return bytes.toByteArray();
    }

    private void tensor(StoredTensor tensor) {
        global("torch._utils", "_rebuild_tensor_v2");
        raw('(', '(');
        text("storage");
        global("torch", "FloatStorage");
        text(tensor.key());
        text("cpu");
        integer(tensor.shape().size());
        raw('t', 'Q'); // TUPLE, BINPERSID
        integer(0);
        raw('(');
        for (long size : tensor.shape().getShape()) {
            integer(size);
        }
        raw('t', '(');
        long stride = tensor.shape().size();
        for (long size : tensor.shape().getShape()) {
            stride /= size;
            integer(stride);
        }
        raw('t', 0x89);
        global("collections", "OrderedDict");
        raw(')', 'R', 't', 'R');
    }

    private void global(String module, String name) {
        raw('c');
        bytes.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private void text(String value) {
        var utf8 = value.getBytes(StandardCharsets.UTF_8);
        raw('X');
        bytes.writeBytes(little(utf8.length));
        bytes.writeBytes(utf8);
    }

    private void integer(long value) {
        raw('J');
        bytes.writeBytes(little(Math.toIntExact(value)));
    }

    private static byte[] little(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    private void raw(int... opcodes) {
        for (int opcode : opcodes) {
            bytes.write(opcode);
        }
    }
}
