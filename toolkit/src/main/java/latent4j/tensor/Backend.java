package latent4j.tensor;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.OptionalInt;

/**
 * What the toolkit asks of an engine beyond DJL's own interface. Only an engine's own implementation touches its classes,
 * so that another engine's need not be on the class path.
 */
interface Backend {

    /** The engines' names in DJL. */
    List<String> ENGINES = List.of("PyTorch", "MXNet");

    /** The back end of an engine, which is not loaded yet. */
    static Backend of(String engine) {
        return switch (engine) {
            case "PyTorch" -> new TorchBackend();
            case "MXNet" -> new MxBackend();
            default ->
                throw new IllegalArgumentException("LATENT4J_ENGINE must be PyTorch or MXNet, got '" + engine + "'");
        };
    }

    /** The engine's name in DJL. */
    String engine();

    /**
     * Loads the engine.
     *
     * @param threads how many threads one operation may use, where someone has said it
     */
    Engine load(OptionalInt threads);

    /** The operations, as this engine computes them best. */
    Kernels kernels();

    /** Whether {@linkplain TorchModule TorchScript text} can be run. */
    boolean runsTorchScript();

    /** How many threads one operation may use. */
    int threads();

    /**
     * Sets how many threads one operation of this Java thread may use.
     *
     * @throws IllegalStateException if the engine only takes another number when it starts
     */
    void threads(int threads);

    /** Sets the engine's own stream of random numbers. */
    void seed(long seed);

    /** Whether this thread's computations are recorded for gradients. */
    boolean records();

    /** Starts or ends the recording of this thread's computations. */
    void record(boolean recording);

    /** Tells layers of foreign blocks how to behave, where the engine and not the layer's argument decides. */
    void mode(Mode mode);

    /** A number as an array without dimensions, with memory of its own. */
    NDArray number(NDManager manager, double value, DataType type);

    /** The Java memory that a new array reads without a copy, which must stay until the gradients are there; or null. */
    Object borrowedMemory(NDArray array);

    /** See {@link Kernels#gradients}. */
    List<NDArray> gradients(NDArray scalar, List<NDArray> weights);

    /** See {@link Kernels#depends}. */
    boolean[] depends(NDArray scalar, List<NDArray> weights);
}
