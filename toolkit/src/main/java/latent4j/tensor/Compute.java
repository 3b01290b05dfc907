package latent4j.tensor;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * The one place that says where arrays live and what computes on them: engine, device and threads.
 *
 * <p>The environment decides, before the first use: {@code LATENT4J_ENGINE} ({@code PyTorch}, the
 * default, or {@code MXNet}, which must be on the class path), {@code LATENT4J_DEVICE} ({@code cpu}, the default, or {@code gpu}) and {@code
 * LATENT4J_THREADS}; each also as a system property of the same name.
 */
public final class Compute {

    private static Compute current;

    private final Backend backend;
    private final Engine engine;
    private final Device device;
    private final NDManager manager;
    private final NDManager host;

    private Compute() {
        backend = Backend.of(engineSetting());
        if (System.getProperty("ai.djl.default_engine") == null) { // for what DJL does without being told an engine
            System.setProperty("ai.djl.default_engine", backend.engine());
        }
        var threads = setting("LATENT4J_THREADS", null);
        engine = backend.load(threads == null ? OptionalInt.empty() : OptionalInt.of(positive(threads)));
        device = device(setting("LATENT4J_DEVICE", "cpu"), engine);
        manager = engine.newBaseManager(device);
        manager.setName("latent4j");
        host = engine.newBaseManager(Device.cpu());
    }

    /** What computes in this process; the first call loads the engine. */
    public static synchronized Compute current() {
        if (current == null) {
            current = new Compute();
        }
        return current;
    }

    /** The engine that the environment names, {@code PyTorch} where it names none; nothing is loaded for it. */
    public static String engineSetting() {
        var name = setting("LATENT4J_ENGINE", "PyTorch");
        return Backend.ENGINES.stream()
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .orElse(name);
    }

    /** What the toolkit asks of the engine beyond DJL's interface. */
    Backend backend() {
        return backend;
    }

    /** Whether the engine runs {@link TorchModule}s; where not, networks run layer by layer. */
    public boolean runsTorchScript() {
        return backend.runsTorchScript();
    }

    /** The manager of arrays that live until someone closes them. */
    public NDManager manager() {
        return manager;
    }

    /** The manager of the few numbers that stay on the host, such as a learning rate. */
    NDManager host() {
        return host;
    }

    /** The device of every array. */
    public Device device() {
        return device;
    }

    /** Sets the engine's own stream of random numbers, from which only layers of foreign blocks draw, such as dropout. */
    public void seed(Seed seed) {
        backend.seed(seed.value());
    }

    /** The engine's name, {@code PyTorch} or {@code MXNet}. */
    public String engine() {
        return engine.getEngineName();
    }

    /** The engine's version. */
    public String version() {
        return engine.getVersion();
    }

    /** DJL's version. */
    public String djlVersion() {
        return Engine.getDjlVersion();
    }

    /** How many threads one operation may use. */
    public int threads() {
        return backend.threads();
    }

    /**
     * Does something with so many threads for one operation, and then goes on with as many as before. The number decides in which
     * order sums are made, and so the last bits of a result.
     */
    public <T> T withThreads(int threads, Supplier<T> work) {
        int before = threads();
        if (threads == before) {
            return work.get();
        }
        backend.threads(threads);
        try {
            return work.get();
        } finally {
            backend.threads(before);
        }
    }

    private static Device device(String name, Engine engine) {
        return switch (name) {
            case "cpu" -> Device.cpu();
            case "gpu" -> {
                if (engine.getGpuCount() == 0) {
                    throw new IllegalStateException("LATENT4J_DEVICE=gpu, but " + engine.getEngineName() + " "
                            + engine.getVersion() + " finds no GPU: start through `./lab run --gpu`, which fetches"
                            + " the library for it, or set LATENT4J_DEVICE=cpu");
                }
                yield Device.gpu();
            }
            default -> throw new IllegalArgumentException("LATENT4J_DEVICE must be cpu or gpu, got '" + name + "'");
        };
    }

    private static String setting(String name, String otherwise) {
        var property = System.getProperty(name, System.getenv(name));
        return property == null || property.isBlank() ? otherwise : property.strip();
    }

    private static int positive(String threads) {
        try {
            int number = Integer.parseInt(threads);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, as for every other wrong value
        }
        throw new IllegalArgumentException("LATENT4J_THREADS must be a whole number >= 1, got '" + threads + "'");
    }

    @Override
    public String toString() {
        return engine() + " " + version() + ", " + device + ", " + threads()
                + (threads() == 1 ? " thread" : " threads");
    }
}
