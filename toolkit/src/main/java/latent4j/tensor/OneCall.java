package latent4j.tensor;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Runs a computation that comes again and again with other numbers, such as a training step, as one call of the engine.
 * What lies between the operations of so many small calls is then saved, and memory is free as soon as nothing needs it any
 * more. A computation that cannot be run so (it reads values, or uses operations that are not known as text) is run operation
 * by operation: the results are the same, up to rounding.
 */
public final class OneCall implements AutoCloseable {

    /** A computation that changes its form again and again would be compiled again and again. */
    private static final int RECORDINGS = 16;

    private final Map<Object, Trace> traces = new HashMap<>();
    private int recordings;
    private boolean traceable = Compute.current().runsTorchScript();

    /**
     * Computes scalars on the tape that is open.
     *
     * @param key what stands for the form of the computation
     * @param computation the scalars; it may move weights on the way. It is repeated where it cannot be run as one call
     * @param again is called before a repetition: nothing was computed so far
     */
    public double[] run(Object key, Supplier<List<NDArray>> computation, Runnable again) {
        while (traceable && recordings < RECORDINGS) {
            var trace = traces.get(key);
            boolean fresh = trace == null;
            if (fresh) {
                recordings++;
                trace = new Trace();
                traces.put(key, trace);
            }
            try {
                trace.follow(computation);
            } catch (RuntimeException e) {
                // A fault of the computation itself shows again when it is run operation by operation.
                traces.remove(key).close();
                traceable = !fresh;
                again.run();
                continue;
            }
            return trace.compute();
        }
        return Kernels.current().read(computation.get());
    }

    @Override
    public void close() {
        traces.values().forEach(Trace::close);
        traces.clear();
    }
}
