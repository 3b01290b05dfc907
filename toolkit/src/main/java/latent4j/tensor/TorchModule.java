package latent4j.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * TorchScript methods, loaded and callable. Gradients flow through a call that a {@link Tape} records;
 * without a tape the results belong to the manager of the first argument.
 */
public final class TorchModule {

    private final PtSymbolBlock block;
    private final NDManager manager;
    private final Map<String, NDArray> names = new ConcurrentHashMap<>();

    /**
     * Compiles the methods.
     *
     * @param methods the methods' text, each starting with {@code def name(self, …)} at the margin
     * @param manager what closes the module
     */
    public TorchModule(String methods, NDManager manager) {
        this.manager = manager;
        var archive = new TorchArchive(methods).toBytes();
        try {
            block = JniUtils.loadModule((PtNDManager) manager, new ByteArrayInputStream(archive), true, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Calls a method that returns one tensor.
     *
     * @param arguments arrays, and lists of arrays for {@code List[Tensor]}
     */
    public NDArray call(String method, Object... arguments) {
        return callForList(method, arguments).singletonOrThrow();
    }

    /** Calls a method that returns a list of tensors. */
    public NDList callForList(String method, Object... arguments) {
        var results = results(method, arguments);
        if (Tape.current() == null) {
            results.attach(home(arguments[0]));
        }
        return results;
    }

    private static NDManager home(Object argument) {
        return argument instanceof NDArray array
                ? array.getManager()
                : Compute.current().manager();
    }

    private NDList results(String method, Object... arguments) {
        // The optimiser of TorchScript rewrites a method after its first runs, which changes last bits
        // between a run and its resumption; the setting belongs to the thread.
        JniUtils.setGraphExecutorOptimize(false);
        var inputs = new NDList(names.computeIfAbsent(method, this::marker));
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] instanceof NDArray array) {
                array.setName(null);
                inputs.add(array);
            } else {
                var name = (char) ('a' + i) + "[]"; // DJL groups arrays of one such name into a list
                for (var element : (List<?>) arguments[i]) {
                    ((NDArray) element).setName(name);
                    inputs.add((NDArray) element);
                }
            }
        }
        // `true` leaves the thread's gradient mode as it is, `false` would switch it off.
        return IValueUtils.forward(block, inputs, true);
    }

    /** DJL takes the method's name from the name of an array among the arguments. */
    private NDArray marker(String method) {
        var marker = Tape.adopt(manager.zeros(new Shape(1)));
        marker.setName("module_method:" + method);
        return marker;
    }
}
