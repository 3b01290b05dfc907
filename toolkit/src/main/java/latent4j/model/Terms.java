package latent4j.model;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import latent4j.tensor.Kernels;

/**
 * What an objective minimises, and the scalars that are logged beside it: what is minimised is what is logged.
 *
 * @param total the scalar to minimise
 * @param unit its unit: nats for log-likelihoods, empty for a critic's score
 * @param parts further scalars by name
 */
public record Terms(NDArray total, String unit, Map<String, Part> parts) {

    /** A scalar that is logged. */
    public record Part(NDArray value, String unit) {}

    public Terms {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    /** A total in nats per example. */
    public static Terms nats(NDArray total) {
        return new Terms(total, "nats", Map.of());
    }

    /** A total without a unit. */
    public static Terms of(NDArray total) {
        return of(total, "");
    }

    /** A total in this unit. */
    public static Terms of(NDArray total, String unit) {
        return new Terms(total, unit, Map.of());
    }

    /** The same parts beside another total. */
    public Terms withTotal(NDArray total) {
        return new Terms(total, unit, parts);
    }

    /** The same with one more scalar to log, in the unit of the total. */
    public Terms with(String name, NDArray part) {
        return with(name, part, unit);
    }

    /** The same with one more scalar to log. */
    public Terms with(String name, NDArray part, String partUnit) {
        var more = new LinkedHashMap<>(parts);
        more.put(name, new Part(part, partUnit));
        return new Terms(total, unit, more);
    }

    /** The same with a penalty added to the total, total + weight·penalty, and logged by itself, without a unit. */
    public Terms plus(String name, NDArray penalty, double weight) {
        var more = total.add(Kernels.current().affine(penalty, weight, 0));
        return new Terms(more, unit, parts).with(name, penalty, "");
    }
}
