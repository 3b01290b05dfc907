package latent4j.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The derivative of a scalar along a direction of its weights, by autograd and by differences, in float64. Where the
 * computation {@linkplain Tape#stopped stops} a gradient, both are of the function that holds the stopped values fixed.
 */
public final class DirectionalDerivative {

    /** The error of the differences is of order step⁴, which counts where a normalisation divides by little; rounding adds 10⁻¹⁶ / step. */
    private static final double STEP = 1e-5;

    private final List<NDArray> weights;
    private final List<NDArray> all;
    private final Supplier<NDArray> scalar;
    private final List<NDArray> held = new ArrayList<>();

    /** By autograd, and by differences. */
    public record Found(double gradient, double difference) {

        public double relativeError() {
            return Math.abs(gradient - difference) / Math.max(Math.abs(gradient), Math.abs(difference));
        }
    }

    /**
     * A scalar to differentiate.
     *
     * @param weights with respect to what
     * @param all every weight that a stopped value may have been made from
     * @param scalar the same for the same weights, whenever it is asked; computed with the batch's statistics
     */
    public DirectionalDerivative(List<NDArray> weights, List<NDArray> all, Supplier<NDArray> scalar) {
        this.weights = weights;
        this.all = all;
        this.scalar = scalar;
    }

    /** What is made within has float64 numbers, arrays and networks. */
    public static <T> T inFloat64(Supplier<T> computation) {
        return Arrays.inFloat64(computation);
    }

    /** Adds normal noise to the weights, so that none is at a special value, such as 0. */
    public static void shake(List<NDArray> weights, double deviation, Seed seed) {
        try (var tape = Tape.evaluation()) {
            Kernels.current().copy(weights, sum(weights, deviation, normal(weights, seed)));
        }
    }

    /** Along a random direction that lies half on the gradient's side: along others the derivative may be 0 by chance. */
    public Found along(Seed seed) {
        try (var outer = Tape.evaluation()) {
            var gradients = gradients();
            var direction = unit(sum(unit(gradients), 1, unit(normal(weights, seed))));
            double gradient = dot(gradients, direction);
            var start = weights.stream().map(NDArray::duplicate).toList();
            double difference = 0;
            for (var term : new double[][] {{-2, 1}, {-1, -8}, {1, 8}, {2, -1}}) { // the five-point rule
                Kernels.current().copy(weights, sum(start, term[0] * STEP, direction));
                difference += term[1] * value() / (12 * STEP);
            }
            Kernels.current().copy(weights, start);
            gradients.forEach(NDArray::close);
            return new Found(gradient, difference);
        } finally {
            held.forEach(NDArray::close);
            held.clear();
        }
    }

    private List<NDArray> gradients() {
        try (var tape = Tape.probing()) {
            var total = Tape.stoppingBy(this::hold, () -> Tape.withBatchStatistics(scalar));
            if (total.getDataType() != DataType.FLOAT64) {
                throw new AssertionError("expected a scalar of float64, got " + total.getDataType()
                        + ": something on the way to it makes float32 of its input");
            }
            return tape.gradients(total, weights).stream().map(Tape::keep).toList();
        }
    }

    private NDArray hold(NDArray x) {
        var stopped = x.stopGradient();
        for (boolean depends : Kernels.current().depends(stopped.sum(), all)) {
            if (depends) {
                throw new AssertionError("a gradient flows through what is stopped");
            }
        }
        held.add(Tape.keep(stopped));
        return stopped;
    }

    private double value() {
        var replay = held.iterator();
        try (var tape = Tape.evaluation()) {
            return Tape.stoppingBy(x -> replay.next(), () -> Tape.withBatchStatistics(scalar))
                    .toDoubleArray()[0];
        }
    }

    private static List<NDArray> normal(List<NDArray> like, Seed seed) {
        var normal = new ArrayList<NDArray>();
        for (var array : like) {
            normal.add(Arrays.of(seed.child(normal.size()).normal((int) array.size()), array.getShape()));
        }
        return normal;
    }

    private static List<NDArray> unit(List<NDArray> direction) {
        double length = Math.sqrt(dot(direction, direction));
        return length == 0
                ? direction
                : direction.stream()
                        .map(array -> Kernels.current().affine(array, 1 / length, 0))
                        .toList();
    }

    private static double dot(List<NDArray> a, List<NDArray> b) {
        double sum = 0;
        for (int i = 0; i < a.size(); i++) {
            sum += a.get(i).mul(b.get(i)).sum().toDoubleArray()[0];
        }
        return sum;
    }

    private static List<NDArray> sum(List<NDArray> start, double factor, List<NDArray> direction) {
        var sum = new ArrayList<NDArray>();
        for (int i = 0; i < start.size(); i++) {
            sum.add(start.get(i).add(Kernels.current().affine(direction.get(i), factor, 0)));
        }
        return sum;
    }
}
