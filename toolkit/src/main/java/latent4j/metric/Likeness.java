package latent4j.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import latent4j.data.Dataset;
import latent4j.data.Samples;
import latent4j.metric.Measure.Better;
import latent4j.model.Model;
import latent4j.tensor.Require;
import latent4j.tensor.Seed;
import org.apache.commons.math3.stat.StatUtils;
import tech.tablesaw.api.Table;

/**
 * How like the data samples are, by all measures that compare two sets of records on features of theirs. In one line:
 * {@code Likeness.of(model.draw(2000, 7), data, Classifier.digits(), 0)}.
 *
 * <p><b>Protocol.</b> Samples are compared with the data's held-out records, at most as many as there are samples, chosen by
 * the seed. The <b>floor</b> is what as many training records reach in the place of the samples: no model can be expected to do
 * better, and one that has learned its training records by heart does as well, which is what the last three measures are for.
 *
 * <p><b>Intervals</b> (95 %) come from {@value #HALVES} halves of samples and of held-out records, drawn without replacement:
 * value ± 1.96 standard deviations of the halves' values. The variance between halves of a set is that of fresh sets of the
 * whole size (the delete-d jackknife with d = n/2, Shao and Wu 1989). Resampling with replacement, the usual bootstrap, would be
 * wrong for all of these: a record drawn twice is its own nearest neighbour and its own kernel's largest value, and fewer
 * different records move the Fréchet distance up. The intervals of the last two are those of chance, see {@link Memorisation}.
 * On more than {@value #MOST_FEATURES} features the Fréchet distance has no interval: 20 more of them would take minutes.
 *
 * @param frechetDistance see {@link FrechetDistance}
 * @param kernelDistance see {@link KernelDistance}
 * @param classifierScore see {@link ClassifierScore}; nothing where the features are no classifier's
 * @param precision see {@link Neighbourhoods}
 * @param recall see {@link Neighbourhoods}
 * @param density see {@link Neighbourhoods}
 * @param coverage see {@link Neighbourhoods}
 * @param closestTraining median distance to the closest training record, with that of held-out records as its floor
 * @param nearerToTraining see {@link Memorisation}
 * @param membership the AUC of {@link Memorisation}'s attack
 * @param memorisation the last three in words
 */
public record Likeness(
        Measure frechetDistance,
        Measure kernelDistance,
        Optional<Measure> classifierScore,
        Measure precision,
        Measure recall,
        Measure density,
        Measure coverage,
        Measure closestTraining,
        Measure nearerToTraining,
        Measure membership,
        Memorisation memorisation) {

    private static final int HALVES = 20;
    private static final int MOST_FEATURES = 256;

    /**
     * Of samples to the data that their model was trained on.
     *
     * @param samples at least 50, and more than twice as many as there are features
     * @param data with at least as many training records, and 50 held-out records, more than twice as many as features
     * @param features by which they are compared
     * @param seed chooses the records and the halves
     * @throws IllegalArgumentException for too few records (naming the count needed), records of another shape, values that are
     *     not finite or pixels outside [0, 1], and data that are all alike
     */
    public static Likeness of(Samples samples, Dataset data, Features features, long seed) {
        requireValid(samples, data);
        return of(samples, new Reference(data, features, samples.size(), seed));
    }

    /** Measures {@code count} samples of any model. All are compared with the same records, which the features see only once. */
    public static Metric metric(Features features, int count) {
        Require.atLeast("count", 1, count);
        return new Metric() {
            private Reference latest;

            @Override
            public synchronized List<Measure> measure(Model model, Dataset data, long seed) {
                var samples = model.draw(count, seed);
                requireValid(samples, data);
                if (latest == null || latest.data != data) {
                    latest = new Reference(data, features, count, 0);
                }
                return of(samples, latest).measures();
            }

            @Override
            public String toString() {
                return "likeness (" + features.name() + ") of " + count + " samples";
            }
        };
    }

    private static void requireValid(Samples samples, Dataset data) {
        Require.shape("the samples to compare with " + data.name(), data.shape(), samples.shape());
        samples.requireValid("the samples");
    }

    /** What two sets are compared by, as bare numbers. */
    record Numbers(double frechet, double kernel, Optional<Double> score, Neighbourhoods neighbourhoods) {

        static Numbers of(Samples samples, Samples real, Optional<Double> score) {
            return new Numbers(
                    FrechetDistance.ofAnyCount(samples, real),
                    KernelDistance.between(samples, real),
                    score,
                    Neighbourhoods.of(samples, real));
        }

        /** Of halves, without the Fréchet distance where it takes long. */
        static Numbers ofHalves(Samples samples, Samples real, Optional<Double> score) {
            return samples.shape().size() <= MOST_FEATURES
                    ? of(samples, real, score)
                    : new Numbers(
                            Double.NaN, KernelDistance.between(samples, real), score, Neighbourhoods.of(samples, real));
        }
    }

    static Likeness of(Samples samples, Reference reference) {
        var found = reference.features(samples, "the samples");
        var numbers = Numbers.of(found, reference.real, reference.score(found));
        var halves = new ArrayList<Numbers>();
        for (int i = 0; i < HALVES; i++) {
            var half = half(found, reference.seed.child("samples").child(i));
            halves.add(Numbers.ofHalves(
                    half, half(reference.real, reference.seed.child("real").child(i)), reference.score(half)));
        }
        var memorisation = Memorisation.of(found, reference.training, reference.heldOut, reference.medianOfHeldOut);
        var on = new On(reference, numbers, halves, samples.size());
        double infinity = Double.POSITIVE_INFINITY;
        var among = String.format(
                Locale.ROOT,
                "among %,d training and %,d held-out records",
                memorisation.training(),
                memorisation.heldOut());
        return new Likeness(
                on.measure(
                        "Fréchet distance",
                        Numbers::frechet,
                        Better.LOWER,
                        0,
                        infinity,
                        "of Gaussians, full covariance"),
                on.measure(
                        "Kernel distance",
                        Numbers::kernel,
                        Better.LOWER,
                        -infinity,
                        infinity,
                        "unbiased, cubic kernel"),
                numbers.score()
                        .map(score -> on.measure(
                                "Classifier score",
                                x -> x.score().orElseThrow(),
                                Better.HIGHER,
                                1,
                                infinity,
                                "as inception's")),
                on.neighbours("Precision", Neighbourhoods::precision, 1, Neighbourhoods.NEAREST),
                on.neighbours("Recall", Neighbourhoods::recall, 1, Neighbourhoods.NEAREST),
                on.neighbours("Density", Neighbourhoods::density, infinity, Neighbourhoods.NEAREST_OF_DENSITY),
                on.neighbours("Coverage", Neighbourhoods::coverage, 1, Neighbourhoods.NEAREST_OF_DENSITY),
                on.bare("Closest training record", memorisation.closestTraining(), Better.NEITHER)
                        .above(memorisation.closestTrainingOfHeldOut())
                        .by("median distance, " + among),
                on.bare("Nearer to training", memorisation.nearerToTraining(), Better.LOWER)
                        .within(byChance(memorisation.nearerToTraining(), memorisation.nearerError()))
                        .above(memorisation.nearerByChance())
                        .by("share of samples whose closest record is a training one, " + among),
                on.bare("Membership attack", memorisation.auc(), Better.LOWER)
                        .within(byChance(memorisation.auc(), memorisation.aucError()))
                        .above(0.5)
                        .by("AUC by the distance to the closest sample, " + among),
                memorisation);
    }

    /** What the samples' measures have in common. */
    private record On(Reference reference, Numbers numbers, List<Numbers> halves, int count) {

        Measure bare(String name, double value, Better better) {
            return Measure.of(name + " (" + reference.features.name() + ")", value, "", better, count);
        }

        Measure measure(
                String name, ToDoubleFunction<Numbers> number, Better better, double least, double most, String how) {
            double value = number.applyAsDouble(numbers);
            double reach = 1.96
                    * Math.sqrt(StatUtils.variance(
                            halves.stream().mapToDouble(number).toArray()));
            var measure = bare(name, value, better)
                    .above(number.applyAsDouble(reference.floor))
                    .by(how + String.format(Locale.ROOT, ", against %,d held-out records", reference.real.size()));
            if (Double.isNaN(reach)) {
                return measure;
            }
            double low = Math.min(value, Math.max(least, value - reach)); // a value may pass its limit by rounding
            double high = Math.max(value, Math.min(most, value + reach));
            return measure.within(new Measure.Interval(low, high, 0.95, HALVES + " halves"));
        }

        Measure neighbours(String name, ToDoubleFunction<Neighbourhoods> share, double most, int k) {
            return measure(name, x -> share.applyAsDouble(x.neighbourhoods()), Better.HIGHER, 0, most, "k = " + k);
        }
    }

    private static Measure.Interval byChance(double value, double error) {
        return new Measure.Interval(value - 1.96 * error, value + 1.96 * error, 0.95, "by exchange of records");
    }

    private static Samples half(Samples all, Seed seed) {
        return all.rows(Arrays.copyOf(seed.permutation(all.size()), all.size() / 2));
    }

    /** All of them. */
    public List<Measure> measures() {
        return Stream.of(
                        Stream.of(frechetDistance, kernelDistance),
                        classifierScore.stream(),
                        Stream.of(precision, recall, density, coverage, closestTraining, nearerToTraining, membership))
                .flatMap(measures -> measures)
                .toList();
    }

    /** One row a measure. */
    public Table toTable() {
        return Measure.table(measures());
    }

    /** One line a measure. */
    @Override
    public String toString() {
        return measures().stream().map(Measure::toString).collect(Collectors.joining("\n", "", "\n" + memorisation));
    }
}
