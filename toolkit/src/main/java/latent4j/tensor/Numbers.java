package latent4j.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/** Constants that cannot dangle: filled by the engine itself, so that no Java buffer stands behind them. */
final class Numbers {

    private Numbers() {}

    /** A double for a kernel to read; it stays on the host, wherever the arrays live. */
    static NDArray host(double value) {
        var compute = Compute.current();
        return compute.backend().number(compute.host(), value, DataType.FLOAT64);
    }

    /** Doubles for a kernel to read while a tape is open, on the host: [n]. */
    static NDArray host(double... values) {
        var buffer = Tape.staging(values.length * Double.BYTES);
        buffer.asDoubleBuffer().put(values);
        return Compute.current().host().create(buffer, new Shape(values.length), DataType.FLOAT64);
    }

    /** A float32 constant on the device of all arrays. */
    static NDArray constant(double value) {
        return constant(value, DataType.FLOAT32);
    }

    /** A constant for arrays of this type, on the device of all arrays. */
    static NDArray constant(double value, DataType type) {
        var compute = Compute.current();
        return compute.backend().number(compute.manager(), value, type);
    }
}
