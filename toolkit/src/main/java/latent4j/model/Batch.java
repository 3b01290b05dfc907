package latent4j.model;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The records of one batch, and what the objectives that see them share. */
public final class Batch {

    private final Supplier<NDArray> upload;
    private final int[] labels;
    private final int size;
    private final Map<String, NDArray> shared = new HashMap<>();

    /**
     * Records that become an array when someone asks for them.
     *
     * @param upload the array, [size, shape…]
     * @param labels one an example, or null
     */
    public Batch(Supplier<NDArray> upload, int[] labels, int size) {
        this.upload = upload;
        this.labels = labels;
        this.size = size;
    }

    /** As many examples, each so many times, one after the other. */
    Batch repeated(Supplier<NDArray> data, int times) {
        if (labels == null) {
            return new Batch(data, null, size * times);
        }
        var many = new int[size * times];
        java.util.Arrays.setAll(many, i -> labels[i / times]);
        return new Batch(data, many, size * times);
    }

    NDArray data() {
        return shared("data", upload);
    }

    int[] labels() {
        if (labels == null) {
            throw new IllegalStateException("this model needs labels, and the data has none: use data with classes");
        }
        return labels;
    }

    int size() {
        return size;
    }

    NDArray shared(String name, Supplier<NDArray> computation) {
        var known = shared.get(name);
        if (known == null) {
            known = computation.get();
            shared.put(name, known);
        }
        return known;
    }
}
