package latent4j.tensor;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.mxnet.engine.MxGradientCollector;
import ai.djl.mxnet.engine.MxNDArray;
import ai.djl.mxnet.jna.JnaUtils;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalInt;

/** Apache MXNet 1.9, a second engine that keeps the toolkit honest: no TorchScript, no second derivatives. */
final class MxBackend implements Backend {

    private static final float UNTOUCHED = 0x1.234567p-89f; // no gradient begins with this number

    private final Kernels kernels = new PortableKernels(this);
    private int threads;

    @Override
    public String engine() {
        return "MXNet";
    }

    @Override
    public Engine load(OptionalInt threads) {
        if (MxBackend.class.getResource("/ai/djl/mxnet/engine/MxEngine.class") == null) {
            throw new IllegalStateException(
                    "LATENT4J_ENGINE=MXNet, but MXNet is not on the class path: start through `./lab run --engine mxnet`,"
                            + " which fetches it, or build with `mvn -Pmxnet`");
        }
        // What MXNet itself does where OMP_NUM_THREADS is silent; it cannot be asked.
        var named = System.getenv("OMP_NUM_THREADS");
        this.threads = threads.orElse(
                named != null && named.matches("[1-9]\\d{0,3}")
                        ? Integer.parseInt(named)
                        : Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
        setEnvironment("OMP_NUM_THREADS", Integer.toString(this.threads));
        return Engine.getEngine(engine());
    }

    /** Java cannot change the environment of its own process, in which MXNet's libraries look when they are loaded. */
    private static void setEnvironment(String name, String value) {
        var library = NativeLibrary.getInstance(Platform.C_LIBRARY_NAME);
        if (Platform.isWindows()) {
            library.getFunction("_putenv_s").invokeInt(new Object[] {name, value});
        } else {
            library.getFunction("setenv").invokeInt(new Object[] {name, value, 1});
        }
    }

    @Override
    public Kernels kernels() {
        return kernels;
    }

    @Override
    public boolean runsTorchScript() {
        return false;
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public void threads(int threads) {
        if (threads != this.threads) {
            throw new IllegalStateException(
                    "MXNet computes with " + this.threads + " threads from its start on, and is to do it" + " with "
                            + threads + ": start with LATENT4J_THREADS=" + threads);
        }
    }

    @Override
    public void seed(long seed) {
        JnaUtils.randomSeed((int) (seed ^ seed >>> 32));
    }

    @Override
    public boolean records() {
        return MxGradientCollector.isRecording();
    }

    @Override
    public void record(boolean recording) {
        MxGradientCollector.setRecording(recording);
    }

    /** MXNet's own batch normalisation and dropout ask the thread, not the layer's argument. */
    @Override
    public void mode(Mode mode) {
        MxGradientCollector.setTraining(mode == Mode.TRAINING);
    }

    /** MXNet copies what Java gives it. */
    @Override
    public NDArray number(NDManager manager, double value, DataType type) {
        var buffer = ByteBuffer.allocateDirect(Double.BYTES).order(ByteOrder.nativeOrder());
        if (type == DataType.FLOAT64) {
            buffer.putDouble(0, value);
        } else {
            buffer.putFloat(0, (float) value).limit(Float.BYTES);
        }
        return Arrays.uploaded(manager, buffer, new Shape(), type);
    }

    /** Numbers travel as text, arrays are copied: nothing is borrowed. */
    @Override
    public Object borrowedMemory(NDArray array) {
        return null;
    }

    /**
     * MXNet writes gradients into memory beside each weight, and leaves it untouched where the scalar does not depend on the
     * weight: hence zeros at first. The graph is kept, as its arrays are until the tape ends.
     */
    @Override
    public List<NDArray> gradients(NDArray scalar, List<NDArray> weights) {
        return differentiate(scalar, weights, 0);
    }

    /** Where the gradient's memory is untouched by the way back, the scalar does not depend on the weight. */
    @Override
    public boolean[] depends(NDArray scalar, List<NDArray> weights) {
        var depends = new boolean[weights.size()];
        try {
            var gradients = differentiate(scalar, weights, UNTOUCHED);
            for (int i = 0; i < depends.length; i++) {
                depends[i] = gradients.get(i).toType(DataType.FLOAT32, false).toFloatArray()[0] != UNTOUCHED;
            }
        } catch (EngineException e) {
            if (!e.getMessage().contains("not in a computational graph")) {
                throw e;
            }
        }
        return depends;
    }

    private static List<NDArray> differentiate(NDArray scalar, List<NDArray> weights, float before) {
        return Tape.unrecorded(() -> {
            var gradients = weights.stream().map(NDArray::getGradient).toList();
            for (var gradient : gradients) {
                gradient.getManager()
                        .full(gradient.getShape(), before, gradient.getDataType())
                        .copyTo(gradient);
            }
            ((MxNDArray) scalar).backward(true);
            return gradients.stream().map(NDArray::duplicate).toList();
        });
    }
}
