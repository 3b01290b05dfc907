package latent4j.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Records a computation so that it can be differentiated, and closes every array that it made.
 *
 * <p>All arrays made on this thread while a tape is open are closed with it, whichever manager they
 * hang on. And all Java numbers that met an array stay in memory until then: DJL wraps the number of {@code x.mul(0.5)} in a view of a Java buffer that the garbage collector
 * may free before the gradient reads it, which gives wrong gradients without a word. On a tape they are
 * exact.
 *
 * <p>A tape belongs to the thread that opened it, and threads take turns: while one has a tape open, another that opens
 * one waits. (A kernel's stop button gives the next cell to another thread while the last batch still ends.) The
 * operations inside use the engine's threads.
 */
public final class Tape extends NDScope {

    private static final ThreadLocal<Tape> CURRENT = new ThreadLocal<>();
    private static final ReentrantLock TURN = new ReentrantLock();
    private static final int FREE_OF_A_SIZE = 8;
    private static final Map<Integer, Deque<ByteBuffer>> FREE = new HashMap<>();
    private static final VarHandle RESOURCES;
    private static UnaryOperator<NDArray> stop = NDArray::stopGradient;

    static {
        try {
            // DJL has no door to it: its managers are closed to subclasses. The scope's map sees every array at its
            // birth, while the array still holds its buffer.
            RESOURCES = MethodHandles.privateLookupIn(NDScope.class, MethodHandles.lookup())
                    .findVarHandle(NDScope.class, "resources", IdentityHashMap.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(otherDjl(e));
        }
    }

    static IllegalStateException otherDjl(ReflectiveOperationException e) {
        return new IllegalStateException(
                "This version of DJL keeps its arrays differently from 0.35.1, so that exact gradients cannot be"
                        + " promised: use DJL 0.35.1",
                e);
    }

    private final Tape outer = CURRENT.get();
    private final Backend backend;
    private final boolean outerRecords;
    private final Kept kept;
    private final boolean records;
    private Mode mode;
    private final List<ByteBuffer> staged = new ArrayList<>();

    private Tape(boolean gradients, Mode mode) {
        TURN.lock();
        this.records = gradients;
        this.mode = mode;
        backend = Compute.current().backend();
        outerRecords = backend.records();
        kept = new Kept(backend);
        RESOURCES.set(this, kept);
        CURRENT.set(this);
        record(backend, gradients);
        backend.mode(mode);
    }

    /** Records for gradients; networks behave as in training (batch statistics). */
    public static Tape training() {
        return new Tape(true, Mode.TRAINING);
    }

    /** Records for gradients; networks behave as in use (running statistics, which stay as they are). */
    public static Tape probing() {
        return new Tape(true, Mode.EVALUATION);
    }

    /** Records nothing: for computing with a trained network. */
    public static Tape evaluation() {
        return new Tape(false, Mode.EVALUATION);
    }

    /** The tape that is open on this thread, or null. */
    public static Tape current() {
        return CURRENT.get();
    }

    /** Whether the tape that is open on this thread records for gradients; where none is open, nothing does. */
    public static boolean records() {
        return CURRENT.get() != null && CURRENT.get().records;
    }

    /** How networks on this thread behave. */
    public static Mode mode() {
        return CURRENT.get() == null ? Mode.EVALUATION : CURRENT.get().mode;
    }

    /**
     * Computes with the batch's statistics also where nothing is trained: for a network that is defined only by them, such as
     * a discriminator, whose running averages mix data and samples.
     */
    public static <T> T withBatchStatistics(Supplier<T> computation) {
        var tape = CURRENT.get();
        if (tape == null || tape.mode != Mode.EVALUATION) {
            return computation.get();
        }
        tape.mode = Mode.MEASURING;
        try {
            return computation.get();
        } finally {
            tape.mode = Mode.EVALUATION;
        }
    }

    /** A copy of the array that outlives the tape that is open on this thread; the caller closes it. */
    public static NDArray keep(NDArray array) {
        return adopt(array.duplicate());
    }

    /**
     * Lets an array outlive the tape that is open on this thread; the caller closes it. Only for an array with memory of
     * its own, such as one of zeros: what shares the memory of another array must be {@linkplain #keep kept as a copy}.
     */
    public static NDArray adopt(NDArray array) {
        NDScope.unregister(array);
        return array;
    }

    /** Computes on the tape that is open, or, where none is, on one that only the result outlives. */
    public static NDArray onTape(NDManager home, Supplier<NDArray> computation) {
        if (CURRENT.get() != null) {
            return computation.get();
        }
        try (var tape = evaluation()) {
            var result = keep(computation.get());
            result.attach(home);
            return result;
        }
    }

    /**
     * The same values cut off from what made them, sg[x] in papers: no gradient flows through. Models stop gradients here and
     * nowhere else, so that a test can hold the stopped values fixed and differentiate the rest.
     */
    public static NDArray stopped(NDArray x) {
        return stop.apply(x);
    }

    /** Runs a computation in which another function stops gradients, for tests alone. */
    static <T> T stoppingBy(UnaryOperator<NDArray> other, Supplier<T> computation) {
        stop = other;
        try {
            return computation.get();
        } finally {
            stop = NDArray::stopGradient;
        }
    }

    /** Runs a computation without recording it, on the tape that is open: networks behave as they did. */
    public static <T> T unrecorded(Supplier<T> computation) {
        return recording(false, computation);
    }

    /** Runs a computation and records it, also on a tape that records nothing: its gradients can be asked for within it. */
    public static <T> T recorded(Supplier<T> computation) {
        return recording(true, computation);
    }

    private static <T> T recording(boolean gradients, Supplier<T> computation) {
        var backend = Compute.current().backend();
        boolean recording = backend.records();
        record(backend, gradients);
        try {
            return computation.get();
        } finally {
            record(backend, recording);
        }
    }

    private static void record(Backend backend, boolean gradients) {
        if (Trace.recordsHere() && backend.records() != gradients) {
            Trace.current().record(gradients);
        }
        backend.record(gradients);
    }

    /** Memory for the values of an array that lives no longer than the tape; it is used again afterwards. */
    static ByteBuffer staging(int bytes) {
        var tape = CURRENT.get();
        if (tape == null) {
            return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        }
        var free = FREE.computeIfAbsent(bytes, b -> new ArrayDeque<>()).poll();
        var buffer = free == null ? ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()) : free;
        tape.staged.add(buffer);
        return buffer;
    }

    /**
     * The gradients of a scalar.
     *
     * @param total the scalar to differentiate
     * @param weights with respect to what; nothing else gets a gradient
     * @return a gradient for each weight, zero where the total does not depend on it
     */
    public List<NDArray> gradients(NDArray total, List<NDArray> weights) {
        return Kernels.current().gradients(total, weights);
    }

    @Override
    public void close() {
        record(backend, outerRecords);
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
        backend.mode(mode());
        try {
            closeArrays();
        } finally {
            super.close();
            // Batches and noise have the same few sizes at every step; fresh direct memory for each would wait
            // for the garbage collector to be given back.
            for (var buffer : staged) {
                var free = FREE.get(buffer.capacity());
                if (free.size() < FREE_OF_A_SIZE) {
                    free.add(buffer);
                }
            }
            TURN.unlock();
        }
    }

    /** MXNet computes later, and may report a fault only when an array is closed: the others are closed all the same. */
    private void closeArrays() {
        RuntimeException fault = null;
        for (var array : kept.keySet()) {
            try {
                array.close();
            } catch (RuntimeException e) {
                array.close(); // which the fault interrupted
                if (fault == null) {
                    fault = e;
                } else {
                    fault.addSuppressed(e);
                }
            }
        }
        kept.clear();
        if (fault != null) {
            throw fault;
        }
    }

    private static final class Kept extends IdentityHashMap<NDArray, NDArray> {
        private final transient Backend backend;
        private final transient List<Object> buffers = new ArrayList<>();

        Kept(Backend backend) {
            this.backend = backend;
        }

        @Override
        public NDArray put(NDArray key, NDArray value) {
            var buffer = backend.borrowedMemory(key);
            if (buffer != null) {
                buffers.add(buffer);
            }
            return super.put(key, value);
        }
    }
}
