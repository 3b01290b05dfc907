package latent4j.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/** Constants that cannot dangle: filled by the engine itself, so that no Java buffer stands behind them. */
final class Numbers {

    private Numbers() {}

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
