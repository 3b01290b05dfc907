package latent4j.metric;

import java.util.Arrays;
import java.util.Optional;
import latent4j.data.Dataset;
import latent4j.data.Samples;
import latent4j.tensor.Seed;

/** The data's side of a {@link Likeness}: what is the same for the samples of every model. */
final class Reference {

    /** With more, memorisation takes longer to measure than all the rest. */
    private static final int MOST = 20_000;

    final Dataset data;
    final Features features;
    final int count;
    final Seed seed;

    /** Held-out records to compare with. */
    final Samples real;

    /** As many training records as there are samples: what perfect samples would be. */
    final Samples perfect;

    final Samples training;
    final Samples heldOut;
    final double medianOfHeldOut;
    final Likeness.Numbers floor;

    /**
     * @param count how many samples will be compared
     * @throws IllegalArgumentException if that are too few, or the data hold too few or are all alike
     */
    Reference(Dataset data, Features features, int count, long seed) {
        this.data = data;
        this.features = features;
        this.count = count;
        this.seed = new Seed(seed).child("likeness");
        if (data.test().size() == 0 || data.train().size() == 0) {
            throw new IllegalArgumentException("samples are compared with held-out and training records, got " + data);
        }
        heldOut = features(some(data.test(), Math.max(MOST, count), "held out"), "held-out records");
        int d = (int) heldOut.shape().size();
        int least = Math.max(50, 2 * (d + 1)); // halves of them still outnumber the features
        requireCount("samples", least, d, count);
        requireCount("held-out records in " + data.name(), least, d, heldOut.size());
        requireCount(
                "training records in " + data.name(),
                Math.max(least, count),
                d,
                data.train().size());
        requireDifferent(heldOut);
        training = features(some(data.train(), Math.max(MOST, count), "training"), "training records");
        // both sets are in random order already
        real = heldOut.head(Math.min(count, heldOut.size()));
        perfect = training.head(count);
        medianOfHeldOut = Memorisation.medianOfHeldOut(count, training, heldOut);
        floor = Likeness.Numbers.of(perfect, real, score(perfect));
    }

    /** What the features' network finds of records. */
    Samples features(Samples records, String what) {
        var found = features.of(records);
        for (int i = 0; i < found.size(); i++) {
            for (float value : found.row(i)) {
                if (!Float.isFinite(value)) {
                    throw new IllegalArgumentException(
                            "the features " + features.name() + " of " + what + " must be finite, got " + value);
                }
            }
        }
        return found;
    }

    /** The classifier's score, where the features are one's. */
    Optional<Double> score(Samples found) {
        return features.classProbabilities(found).map(ClassifierScore::of);
    }

    private Samples some(Samples records, int most, String what) {
        var order = seed.child(what).permutation(records.size());
        return records.rows(Arrays.copyOf(order, Math.min(most, order.length)));
    }

    private void requireCount(String what, int least, int d, int found) {
        if (found < least) {
            throw new IllegalArgumentException("the likeness of " + count + " samples on the " + d + " features "
                    + features.name() + " needs at least " + least + " " + what + ", got " + found);
        }
    }

    private void requireDifferent(Samples found) {
        var first = found.row(0);
        for (int i = 1; i < found.size(); i++) {
            if (!Arrays.equals(first, found.row(i))) {
                return;
            }
        }
        throw new IllegalArgumentException("the held-out records of " + data.name()
                + " are all alike in their features " + features.name() + ": nothing can be told from them");
    }
}
