package latent4j.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The way of Java's values into arrays and files, and back. */
public final class Arrays {

    private static DataType type = DataType.FLOAT32;

    private Arrays() {}

    /** In which numbers all arrays and networks are made: float32, but within a check of derivatives. */
    public static DataType type() {
        return type;
    }

    /** What is made within has float64 numbers: rounding would hide errors of a derivative. For tests alone. */
    static <T> T inFloat64(Supplier<T> computation) {
        type = DataType.FLOAT64;
        try {
            return computation.get();
        } finally {
            type = DataType.FLOAT32;
        }
    }

    /** An array of these values on the device of all arrays; on an open tape it is closed with the tape. */
    public static NDArray of(float[] values, Shape shape) {
        if (values.length != shape.size()) {
            throw new IllegalArgumentException(
                    "shape " + shape + " holds " + shape.size() + " values, got " + values.length);
        }
        return filled(shape, buffer -> buffer.put(values));
    }

    /** An array on the device of all arrays, filled in place; on an open tape it is closed with the tape. */
    public static NDArray filled(Shape shape, Consumer<FloatBuffer> fill) {
        var buffer = Tape.staging(Math.toIntExact(shape.size() * Float.BYTES));
        fill.accept(buffer.asFloatBuffer());
        var array = uploaded(Compute.current().manager(), buffer, shape, DataType.FLOAT32);
        return Trace.lift(type == DataType.FLOAT32 ? array : array.toType(type, true));
    }

    /** An array [n] of these whole numbers. */
    public static NDArray of(int[] values) {
        var buffer = Tape.staging(values.length * Integer.BYTES);
        buffer.asIntBuffer().put(values);
        return Trace.lift(uploaded(Compute.current().manager(), buffer, new Shape(values.length), DataType.INT32));
    }

    /**
     * An array of a direct buffer's values. Engines copy from the buffer's address, and nothing else holds the buffer
     * meanwhile: what {@code manager.create(float[])} does with a buffer of its own, a garbage collection may free too soon.
     */
    static NDArray uploaded(NDManager manager, ByteBuffer buffer, Shape shape, DataType type) {
        try {
            return manager.create(buffer, shape, type);
        } finally {
            Reference.reachabilityFence(buffer);
        }
    }

    /** Each example so many times, one after the other, with its gradient: [batch, …] to [times·batch, …]. */
    public static NDArray repeated(NDArray x, int times) {
        var shape = x.getShape();
        var zeros = of(new float[times], new Shape(1, times, 1));
        return x.reshape(shape.get(0), 1, shape.slice(1).size())
                .add(zeros)
                .reshape(new Shape(shape.get(0) * times).addAll(shape.slice(1)));
    }

    /** Copies the values of a float32 array to {@code target} from {@code offset}, row-major. */
    public static void read(NDArray array, float[] target, int offset) {
        // The engine's own memory where that is possible: its copies take longer than a small network does.
        array.toByteBuffer(true).asFloatBuffer().get(target, offset, Math.toIntExact(array.size()));
    }

    /** The values' bytes for a file, little-endian on every platform. */
    public static byte[] littleEndian(float[] values) {
        var buffer = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(values);
        return buffer.array();
    }
}
