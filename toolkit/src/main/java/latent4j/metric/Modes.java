package latent4j.metric;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import latent4j.data.GaussianMixture;
import latent4j.data.Samples;
import latent4j.data.StackedDigits;
import latent4j.tensor.Require;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/** The modes that data have, equally often, and how to see which of them a sample shows. */
public interface Modes {

    /** What {@link #shown} says of a sample that shows none. */
    int NONE = -1;

    /** What has them, such as {@code ring of 8}. */
    String name();

    /** m, how many there are. */
    int count();

    /** One record's shape. */
    Shape shape();

    /** By which rule a sample shows a mode, in words. */
    String rule();

    /** Of each sample, the number of the mode that it shows, or {@link #NONE}. */
    int[] shown(Samples samples);

    /** The share of true records that show a mode, where it is known. */
    default OptionalDouble shown() {
        return OptionalDouble.empty();
    }

    /**
     * A mixture's modes. A sample shows the nearest one, if it is so near as 98.9 % of true records are: in the plane within 3
     * standard deviations, which is PacGAN's and VEEGAN's rule, and in more dimensions further off, as true records are too.
     */
    static Modes of(GaussianMixture mixture) {
        double within3InThePlane = new ChiSquaredDistribution(2).cumulativeProbability(9);
        var squared = new ChiSquaredDistribution(mixture.spread());
        return within(mixture, Math.sqrt(squared.inverseCumulativeProbability(within3InThePlane)));
    }

    /**
     * A mixture's modes. A sample shows the nearest one if it lies within a radius of its centre. In d dimensions true records
     * lie about √d standard deviations off, so that a radius made for the plane would hold none of them.
     *
     * @param radius in standard deviations of a mode, more than 0
     */
    static Modes within(GaussianMixture mixture, double radius) {
        Require.positive("radius", radius);
        return new Modes() {
            @Override
            public String name() {
                return mixture.name();
            }

            @Override
            public int count() {
                return mixture.centres().size();
            }

            @Override
            public Shape shape() {
                return mixture.shape();
            }

            @Override
            public String rule() {
                return String.format(Locale.ROOT, "within %.4g standard deviations of the nearest centre", radius);
            }

            @Override
            public int[] shown(Samples samples) {
                var shown = new int[samples.size()];
                for (int i = 0; i < shown.length; i++) {
                    var point = samples.row(i);
                    int nearest = mixture.nearest(point);
                    shown[i] = mixture.distance(point, nearest) <= radius ? nearest : NONE;
                }
                return shown;
            }

            @Override
            public OptionalDouble shown() {
                return OptionalDouble.of(
                        new ChiSquaredDistribution(mixture.spread()).cumulativeProbability(radius * radius));
            }
        };
    }

    /**
     * Classes that a classifier tells apart. It finds one in every sample, so that all are good; and what it takes for a class
     * may be none.
     *
     * @param name what the classes are and who says so, such as {@code digits (digits-cnn)}
     * @param shape one record's shape
     * @param classify of each record, its class
     */
    static Modes classes(String name, int classes, Shape shape, Function<Samples, int[]> classify) {
        Require.atLeast("classes", 2, classes);
        return new Modes() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public int count() {
                return classes;
            }

            @Override
            public Shape shape() {
                return shape;
            }

            @Override
            public String rule() {
                return "by the class that a classifier finds";
            }

            @Override
            public int[] shown(Samples samples) {
                return classify.apply(samples);
            }
        };
    }

    /**
     * The 1,000 modes of {@link StackedDigits}: a sample shows those three digits that a classifier finds in its channels, one
     * by one (Metz et al. 2017; Lin et al. 2018, section 4.2).
     *
     * @param classifier its name
     * @param digit the shape of one digit, {@code (1, height, width)}
     * @param classify of each such image, its digit
     */
    static Modes stackedDigits(String classifier, Shape digit, Function<Samples, int[]> classify) {
        return classes("stacked digits (" + classifier + ")", 1000, new Shape(3).addAll(digit.slice(1)), stacked -> {
            var digits = classify.apply(StackedDigits.channels(stacked));
            var modes = new int[stacked.size()];
            Arrays.setAll(modes, i -> 100 * digits[3 * i] + 10 * digits[3 * i + 1] + digits[3 * i + 2]);
            return modes;
        });
    }
}
