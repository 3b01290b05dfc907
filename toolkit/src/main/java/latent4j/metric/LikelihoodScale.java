package latent4j.metric;

import ai.djl.ndarray.types.Shape;
import java.util.EnumSet;
import latent4j.data.Samples;
import latent4j.loss.Likelihood;
import latent4j.loss.Likelihood.Scale;
import latent4j.tensor.Require;

/**
 * What the log-likelihoods of some records are under a model, and so what they may be compared with: probabilities with
 * probabilities, densities with densities, and scores that are neither, such as that of grey levels under a {@link
 * latent4j.loss.Bernoulli}, only with those of the same likelihood.
 *
 * @param likelihood its name
 * @param scale what its numbers are
 * @param dimensions how many values a record has
 */
public record LikelihoodScale(String likelihood, Scale scale, long dimensions) {

    /**
     * What a likelihood's numbers are on these records.
     *
     * @throws IllegalArgumentException if records are of another shape, or not at least two and not all the same, without
     *     which there is neither a standard error nor anything to learn
     */
    static LikelihoodScale of(Likelihood likelihood, Shape shape, Samples records) {
        Require.shape("a record", shape, records.shape());
        if (records.size() < 2) {
            throw new IllegalArgumentException(
                    "a likelihood with its standard error needs at least 2 records, got " + records.size());
        }
        var scales = EnumSet.noneOf(Scale.class);
        boolean constant = true;
        var first = records.row(0);
        for (int i = 0; i < records.size(); i++) {
            var record = records.row(i);
            scales.add(likelihood.scale(shape, record));
            constant &= java.util.Arrays.equals(first, record);
        }
        if (constant) {
            throw new IllegalArgumentException("all " + records.size()
                    + " records are the same, of which a likelihood says nothing: give it different ones");
        }
        var scale = scales.size() == 1 ? scales.iterator().next() : Scale.SCORE;
        return new LikelihoodScale(likelihood.getClass().getSimpleName(), scale, likelihood.dimensions(shape));
    }

    /** {@code probability}, {@code density}, or {@code score by Bernoulli, no density}: in a measure's name, so that only equals meet. */
    String words() {
        return switch (scale) {
            case PROBABILITY -> "probability";
            case DENSITY -> "density";
            case DENSITY_AND_PROBABILITY -> "density and probability";
            case SCORE -> "score by " + likelihood + ", no density";
        };
    }

    /**
     * Nats a record as bits per dimension, nats/(d·log 2): how long a code of each value is on average.
     *
     * @throws IllegalArgumentException if the values are not discrete, or what they have is no distribution
     */
    double bits(double nats) {
        if (scale != Scale.PROBABILITY) {
            throw new IllegalArgumentException(
                    "bits per dimension are defined for probabilities of discrete values only, "
                            + "and this is a " + words() + ": "
                            + (scale == Scale.SCORE
                                    ? "binarise the records (Samples.binarised), or use a DiscretisedLogistic for grey levels"
                                    : "use a DiscretisedLogistic or a Categorical for discrete values"));
        }
        return nats / (dimensions * Math.log(2));
    }

    /** Refuses numbers that do not compare with these. */
    void requireSame(LikelihoodScale other) {
        if (!words().equals(other.words()) || dimensions != other.dimensions) {
            throw new IllegalArgumentException("these likelihoods do not compare: one is a " + this + ", the other a "
                    + other + "; train both with one likelihood, on records of one kind");
        }
    }

    @Override
    public String toString() {
        return words() + " (" + likelihood + ") of " + dimensions + " values";
    }
}
