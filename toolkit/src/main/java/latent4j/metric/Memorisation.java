package latent4j.metric;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import latent4j.data.Samples;

/**
 * Whether samples tell which records a model was trained on: a matter of copying and of privacy. The held-out records are the
 * control: to a model that has learned only what both share, a training record is no other than one held out.
 *
 * <p><b>Closest record.</b> The share of samples whose closest record, of all training and held-out ones, is a training one.
 * Expected by chance is the training records' share of them all.
 *
 * <p><b>Attack.</b> Somebody takes records close to a sample for training records (GAN-Leaks, Chen et al. 2020, the full
 * black-box attack: samples are all that is known of the model). The AUC, the area under the attack's receiver operating
 * characteristic, is the probability that a training record lies closer to its closest sample than a held-out record; 0.5 by
 * chance (Mann and Whitney 1947). Meehan et al. 2020 test for copies by ranks of distances as well.
 *
 * <p>Where the model has not seen which records are the training ones, any exchange of them with held-out records was as
 * likely. From this both standard errors by chance follow, whatever samples look like: also few or poor ones, alike or not, say
 * nothing by themselves.
 *
 * @param closestTraining the median over samples of the distance to the closest training record
 * @param closestTrainingOfHeldOut the same of held-out records, as many as there are samples where so many are held out
 * @param nearerToTraining the share of samples whose closest record is a training one
 * @param nearerByChance what is expected of it by chance
 * @param nearerError its standard error by chance
 * @param auc the attack's
 * @param aucError its standard error by chance
 * @param samples how many
 * @param training how many records
 * @param heldOut how many records
 */
public record Memorisation(
        double closestTraining,
        double closestTrainingOfHeldOut,
        double nearerToTraining,
        double nearerByChance,
        double nearerError,
        double auc,
        double aucError,
        int samples,
        int training,
        int heldOut) {

    private static final int LEAST = 50;

    /**
     * Of samples, by the features (or values) of all records, [n, d].
     *
     * @param training that the model was trained on, all or a random part of them
     * @param heldOut of the same kind, never trained on
     * @throws IllegalArgumentException for fewer than 50 records in a set
     */
    public static Memorisation of(Samples samples, Samples training, Samples heldOut) {
        return of(samples, training, heldOut, medianOfHeldOut(samples.size(), training, heldOut));
    }

    static Memorisation of(Samples samples, Samples training, Samples heldOut, double medianOfHeldOut) {
        int least = Math.min(samples.size(), Math.min(training.size(), heldOut.size()));
        if (least < LEAST) {
            throw new IllegalArgumentException("memorisation needs at least " + LEAST + " records in each set, got "
                    + samples.size() + " samples, " + training.size() + " training and " + heldOut.size()
                    + " held-out records");
        }
        var toTraining = Distances.Closest.of(samples, training);
        var toHeldOut = Distances.Closest.of(samples, heldOut);
        int n = samples.size();
        double all = training.size() + heldOut.size();
        double chance = training.size() / all;
        double nearer = 0;
        var trainingFor = new int[training.size()]; // how many samples a record is the closest of
        var heldOutFor = new int[heldOut.size()];
        for (int i = 0; i < n; i++) {
            double difference = toTraining.fromA()[i] - toHeldOut.fromA()[i];
            nearer += (difference < 0 ? 1 : difference == 0 ? 0.5 : 0) / n;
            (difference <= 0 ? trainingFor : heldOutFor)[(difference <= 0 ? toTraining : toHeldOut).whichOfB()[i]]++;
        }
        double squares = IntStream.concat(Arrays.stream(trainingFor), Arrays.stream(heldOutFor))
                        .mapToDouble(count -> (double) count * count)
                        .sum()
                / ((double) n * n);
        return new Memorisation(
                median(toTraining.fromA()),
                medianOfHeldOut,
                nearer,
                chance,
                // of labels drawn without replacement, with each record's weight its share of samples
                Math.sqrt(chance * (1 - chance) * Math.max(0, squares - 1 / all) * all / (all - 1)),
                smaller(toTraining.fromB(), toHeldOut.fromB()),
                Math.sqrt((all + 1) / (12.0 * training.size() * heldOut.size())),
                n,
                training.size(),
                heldOut.size());
    }

    /** The control of the distances, which is the same for all samples. */
    static double medianOfHeldOut(int n, Samples training, Samples heldOut) {
        var some = heldOut.head(Math.min(n, heldOut.size()));
        return median(Distances.Closest.of(some, training).fromA());
    }

    /** Whether one of the tests lies more than three standard errors above chance. */
    public boolean found() {
        return nearerToTraining > nearerByChance + 3 * nearerError || auc > 0.5 + 3 * aucError;
    }

    /** The probability that a value of a is smaller than one of b, equal ones counting half (Mann and Whitney 1947). */
    static double smaller(float[] a, float[] b) {
        var sorted =
                IntStream.range(0, a.length).mapToDouble(i -> a[i]).sorted().toArray();
        double sum = 0;
        for (double value : b) {
            sum += (Sorted.below(sorted, value) + Sorted.below(sorted, Math.nextUp(value))) / 2.0;
        }
        return sum / ((double) a.length * b.length);
    }

    /** Of distances given squared. */
    private static double median(float[] squared) {
        var sorted = squared.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        double upper = Math.sqrt(sorted[half]);
        return sorted.length % 2 == 1 ? upper : (upper + Math.sqrt(sorted[half - 1])) / 2;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: a training record is the closest of %.4f of %,d samples (by chance %.4f ± %.4f); the attack's AUC is"
                        + " %.4f (by chance 0.5 ± %.4f); the closest training record lies %.4g away, from held-out records"
                        + " %.4g; %,d training and %,d held-out records",
                found() ? "training records are given away" : "no training record is given away",
                nearerToTraining,
                samples,
                nearerByChance,
                nearerError,
                auc,
                aucError,
                closestTraining,
                closestTrainingOfHeldOut,
                training,
                heldOut);
    }
}
