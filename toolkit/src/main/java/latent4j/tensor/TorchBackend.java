package latent4j.tensor;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;

/** PyTorch's libtorch. */
final class TorchBackend implements Backend {

    private static final VarHandle NUMBER_BUFFER;

    static {
        try {
            NUMBER_BUFFER = MethodHandles.privateLookupIn(PtNDArray.class, MethodHandles.lookup())
                    .findVarHandle(PtNDArray.class, "dataRef", ByteBuffer.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(Tape.otherDjl(e));
        }
    }

    private TorchKernels kernels;

    @Override
    public String engine() {
        return "PyTorch";
    }

    /** DJL reads these settings once, when it loads the library. */
    @Override
    public Engine load(OptionalInt threads) {
        System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
        if (threads.isPresent() && System.getProperty("ai.djl.pytorch.num_threads") == null) {
            System.setProperty("ai.djl.pytorch.num_threads", String.valueOf(threads.getAsInt()));
        }
        return Engine.getEngine(engine());
    }

    @Override
    public synchronized TorchKernels kernels() {
        if (kernels == null) {
            kernels = new TorchKernels();
        }
        return kernels;
    }

    @Override
    public boolean runsTorchScript() {
        return true;
    }

    @Override
    public int threads() {
        return JniUtils.getNumThreads();
    }

    @Override
    public void threads(int threads) {
        JniUtils.setNumThreads(threads);
    }

    @Override
    public void seed(long seed) {
        JniUtils.setSeed(seed);
    }

    @Override
    public boolean records() {
        return JniUtils.isGradMode();
    }

    @Override
    public void record(boolean recording) {
        JniUtils.setGradMode(recording);
    }

    @Override
    public void mode(Mode mode) {
        // each layer is told with its input
    }

    @Override
    public NDArray number(NDManager manager, double value, DataType type) {
        return JniUtils.full((PtNDManager) manager, new Shape(), value, type, manager.getDevice(), SparseFormat.DENSE);
    }

    @Override
    public Object borrowedMemory(NDArray array) {
        return array instanceof PtNDArray ? NUMBER_BUFFER.get(array) : null;
    }

    @Override
    public List<NDArray> gradients(NDArray scalar, List<NDArray> weights) {
        return kernels().gradients(scalar, weights);
    }

    @Override
    public boolean[] depends(NDArray scalar, List<NDArray> weights) {
        return kernels().depends(scalar, weights);
    }
}
