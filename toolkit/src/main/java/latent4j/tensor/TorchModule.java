package latent4j.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * TorchScript methods, loaded and callable. Gradients flow through a call that a {@link Tape} records;
 * without a tape the results belong to the manager of the first argument.
 */
public final class TorchModule {

    private static final MethodHandle RUN;
    private static final MethodHandle VALUE;

    static {
        try {
            // DJL's own way to run a method switches gradients off, or goes by the names of the arrays, which costs
            // more than many an operation.
            var lookup = MethodHandles.privateLookupIn(IValue.class, MethodHandles.lookup());
            var library = lookup.findClass("ai.djl.pytorch.jni.PyTorchLibrary");
            var run = lookup.findVirtual(
                    library,
                    "moduleRunMethod",
                    MethodType.methodType(
                            long.class, long.class, String.class, long[].class, boolean.class, boolean.class));
            RUN = run.bindTo(lookup.findStaticVarHandle(library, "LIB", library).get());
            VALUE = lookup.findConstructor(IValue.class, MethodType.methodType(void.class, long.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(Tape.otherDjl(e));
        }
    }

    private final String methods;
    private final PtNDManager manager;
    private final PtSymbolBlock block;

    /**
     * Compiles the methods.
     *
     * @param methods the methods' text, each starting with {@code def name(self, …)} at the margin
     * @param manager what closes the module
     */
    public TorchModule(String methods, NDManager manager) {
        this(methods, new TorchArchive(methods).toBytes(), manager);
    }

    /**
     * A network that somebody saved by {@code torch.jit.save}, for use as it is, in evaluation mode: {@code call("forward", x)}.
     *
     * @param manager what closes the module
     * @throws IllegalArgumentException naming the file, if it is no TorchScript
     * @throws UnsupportedOperationException on another engine than PyTorch
     */
    public static TorchModule load(Path file, NDManager manager) {
        if (!Compute.current().runsTorchScript()) {
            throw new UnsupportedOperationException("TorchScript files need PyTorch, this is "
                    + Compute.current().engine());
        }
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no file " + file.toAbsolutePath());
        }
        try {
            var module = new TorchModule("", Files.readAllBytes(file), manager);
            JniUtils.enableInferenceMode(module.block);
            return module;
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("cannot load " + file + ", it is no TorchScript: " + e.getMessage(), e);
        }
    }

    private TorchModule(String methods, byte[] archive, NDManager manager) {
        this.methods = methods;
        this.manager = (PtNDManager) manager;
        try {
            block = JniUtils.loadModule(this.manager, new ByteArrayInputStream(archive), true, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Calls a method that returns one tensor.
     *
     * @param arguments arrays, lists of arrays for {@code List[Tensor]}, and doubles for {@code float}
     */
    public NDArray call(String method, Object... arguments) {
        return Trace.recordsHere()
                ? Trace.current().call(this, method, arguments)
                : now(method, arguments).singletonOrThrow();
    }

    /** Calls a method that returns a list of tensors. */
    public List<NDArray> callForList(String method, Object... arguments) {
        return Trace.recordsHere() ? Trace.current().callForList(this, method, arguments) : now(method, arguments);
    }

    /** The text that this was compiled from. */
    String methods() {
        return methods;
    }

    /** Calls a method at once, whether or not calls are traced. */
    NDList now(String method, Object... arguments) {
        var values = new IValue[arguments.length];
        try {
            for (int i = 0; i < values.length; i++) {
                values[i] = value(arguments[i]);
            }
            try (var result = run(method, values)) {
                var home = Tape.current() == null && arguments[0] instanceof NDArray array
                        ? array.getManager()
                        : Compute.current().manager();
                return result.toNDList((PtNDManager) home);
            }
        } finally {
            for (var value : values) {
                if (value != null) {
                    value.close();
                }
            }
        }
    }

    /** Calls a method with values that the caller keeps; the caller closes the result. */
    IValue run(String method, IValue... arguments) {
        // The optimiser of TorchScript rewrites a method after its first runs, which changes last bits
        // between a run and its resumption; the setting belongs to the thread.
        JniUtils.setGraphExecutorOptimize(false);
        var handles = new long[arguments.length];
        for (int i = 0; i < handles.length; i++) {
            handles[i] = arguments[i].getHandle();
        }
        try {
            // `true` leaves the thread's gradient mode as it is, `false` would switch it off.
            long result = (long) RUN.invokeExact((long) block.getHandle(), method, handles, true, false);
            return (IValue) VALUE.invokeExact(result);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** An argument as the engine takes it. */
    static IValue value(Object argument) {
        if (argument instanceof NDArray array) {
            return IValue.from((PtNDArray) array);
        }
        if (argument instanceof Double number) {
            return IValue.from(number);
        }
        return IValue.listFrom(((List<?>) argument).toArray(PtNDArray[]::new));
    }

    /** Frees the compiled methods. */
    void close() {
        block.close();
    }
}
