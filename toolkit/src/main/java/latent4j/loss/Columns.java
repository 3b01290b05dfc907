package latent4j.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;

/**
 * Columns of a table, side by side, each group with a likelihood of its own and independent of the others given z: log
 * p(x|z) = Σ log p(x_g|z) (Nazabal et al. 2020, equation 1). {@code Columns.of(real(2), binary(), category(5))} are two
 * real columns, a flag and one-hot columns of a class.
 *
 * @param groups from left to right
 */
public record Columns(List<Group> groups) implements Likelihood {

    /** The least standard deviation of a real column, which should be standardised: a hundredth of its own. */
    private static final double FLOOR = 0.01;

    public Columns {
        groups = List.copyOf(groups);
        Require.atLeast("groups", 1, groups.size());
    }

    /**
     * Columns with one likelihood.
     *
     * @param likelihood of records of shape {@code (width)}
     * @param width how many columns, ≥ 1
     */
    public record Group(Likelihood likelihood, int width) {
        public Group {
            Require.atLeast("width", 1, width);
        }

        private int outputs() {
            return (int) likelihood.outputs(new Shape(width)).size();
        }
    }

    /** These groups, from left to right. */
    public static Columns of(Group... groups) {
        return new Columns(List.of(groups));
    }

    /** Standardised real columns, normal with mean and variance from the decoder. */
    public static Group real(int columns) {
        return new Group(new DiagonalGaussian(FLOOR), columns);
    }

    /** A column of 0 and 1. */
    public static Group binary() {
        return new Group(new Bernoulli(), 1);
    }

    /**
     * One-hot columns of a class.
     *
     * @param classes ≥ 2
     */
    public static Group category(int classes) {
        Require.atLeast("classes", 2, classes);
        return new Group(new Categorical(), classes);
    }

    @Override
    public Shape outputs(Shape shape) {
        Require.shape(
                "a record of " + groups.size() + " groups",
                new Shape(groups.stream().mapToInt(Group::width).sum()),
                shape);
        return new Shape(groups.stream().mapToInt(Group::outputs).sum());
    }

    @Override
    public Scale scale(Shape shape, float[] record) {
        var scales = EnumSet.noneOf(Scale.class);
        int from = 0;
        for (var group : groups) {
            var values = Arrays.copyOfRange(record, from, from += group.width());
            scales.add(group.likelihood().scale(new Shape(group.width()), values));
        }
        if (scales.contains(Scale.SCORE)) {
            return Scale.SCORE;
        }
        return scales.size() == 1 ? scales.iterator().next() : Scale.DENSITY_AND_PROBABILITY;
    }

    @Override
    public long dimensions(Shape shape) {
        return groups.stream()
                .mapToLong(group -> group.likelihood().dimensions(new Shape(group.width())))
                .sum();
    }

    @Override
    public NDArray logLikelihood(NDArray x, NDArray output) {
        var kernels = Kernels.current();
        NDArray sum = null;
        int from = 0;
        int read = 0;
        for (var group : groups) {
            var values = kernels.columns(x, from, from += group.width());
            var parameters = kernels.columns(output, read, read += group.outputs());
            var term = group.likelihood().logLikelihood(values, parameters);
            sum = sum == null ? term : sum.add(term);
        }
        return sum;
    }

    @Override
    public NDArray mean(NDArray output) {
        var kernels = Kernels.current();
        var means = new ArrayList<NDArray>();
        int read = 0;
        for (var group : groups) {
            means.add(group.likelihood().mean(kernels.columns(output, read, read += group.outputs())));
        }
        return kernels.concatenate(means);
    }

    @Override
    public String meanText(String output) {
        var from = new int[groups.size() + 1];
        for (int i = 0; i < groups.size(); i++) {
            from[i + 1] = from[i] + groups.get(i).outputs();
        }
        return IntStream.range(0, groups.size())
                .mapToObj(i -> groups.get(i)
                        .likelihood()
                        .meanText("torch.slice(" + output + ", 1, " + from[i] + ", " + from[i + 1] + ", 1)"))
                .collect(Collectors.joining(", ", "torch.cat([", "], 1)"));
    }
}
