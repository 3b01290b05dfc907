package latent4j.metric;

import java.util.Arrays;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import latent4j.data.Convert;
import latent4j.data.Samples;
import latent4j.tensor.Require;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.math.optimisers.AdaGrad;

/**
 * A classifier of Tribuo that measures by being trained and tested; any of Tribuo's serves: {@code new Judge("my judge", seed ->
 * trainer)}.
 *
 * @param name what measures call it
 * @param trainer what trains it, by seed
 */
public record Judge(String name, LongFunction<Trainer<Label>> trainer) {

    /** Logistic regression: linear, and so the measure of what can be read off without further work. 10 passes by AdaGrad. */
    public static Judge logisticRegression() {
        return new Judge(
                "logistic regression",
                seed -> new LinearSGDTrainer(new LogMulticlass(), new AdaGrad(0.1, 0.1), 10, seed));
    }

    /**
     * A random forest (Breiman 2001), for tables and points that lines do not part: so many trees of depth 12, each split asking
     * a random half of the columns.
     */
    public static Judge randomForest(int trees) {
        Require.atLeast("trees", 1, trees);
        return new Judge(
                "random forest of " + trees,
                seed -> new RandomForestTrainer<>(
                        new CARTClassificationTrainer(12, 0.5f, seed), new VotingCombiner(), trees, seed));
    }

    /**
     * The classes that it finds records in, trained on others. Columns are standardised by the training records' means and
     * standard deviations, save those of images.
     */
    public int[] classify(Samples train, Samples test, long seed) {
        Require.shape("test records", train.shape(), test.shape());
        var labels = labels(train);
        if (Arrays.stream(labels).distinct().count() < 2) {
            throw new IllegalArgumentException("expected training records of at least 2 classes, got "
                    + (labels.length == 0 ? "no records" : "only class " + labels[0]));
        }
        var scale = train.isImage() ? null : Columns.of(train);
        // by number, since classes may be called differently where records come from a model
        var data = Convert.toTribuo((scale == null ? train : scale.standardised(train)).withLabels(labels));
        var questions = Convert.toTribuo(scale == null ? test : scale.standardised(test));
        return Quietly.run(() -> {
            var model = trainer.apply(seed).train(data);
            return IntStream.range(0, test.size())
                    .map(i -> Integer.parseInt(
                            model.predict(questions.getExample(i)).getOutput().getLabel()))
                    .toArray();
        });
    }

    /** The share of test records that it finds in their class. */
    public double accuracy(Samples train, Samples test, long seed) {
        return hits(classify(train, test, seed), labels(test)) / (double) test.size();
    }

    static int hits(int[] found, int[] labels) {
        return (int) IntStream.range(0, labels.length)
                .filter(i -> found[i] == labels[i])
                .count();
    }

    static int[] labels(Samples records) {
        return records.labels()
                .orElseThrow(() -> new IllegalArgumentException(
                        "a judge needs labelled records, and these have no labels: give them some by withLabels"));
    }

    /** The share of the greatest class, which who always answers it reaches. */
    static double majority(Samples records) {
        var labels = labels(records);
        return Arrays.stream(MutualInformation.table(labels, labels))
                        .mapToInt(row -> Arrays.stream(row).sum())
                        .max()
                        .orElse(0)
                / (double) labels.length;
    }

    /** Wilson's 95 % interval of a share (Wilson 1927): over test records, and not over trainings. */
    static Measure.Interval shareOf(double accuracy, int n) {
        var interval = new WilsonScoreInterval().createInterval(n, (int) Math.round(accuracy * n), 0.95);
        return new Measure.Interval(
                interval.getLowerBound(), interval.getUpperBound(), 0.95, "Wilson's, over held-out records");
    }

    /** The first records, as many as a measure takes. */
    static Samples first(int most, Samples records) {
        return records.head(Math.min(most, records.size()));
    }

    /** Refuses fewer labelled records than a measure means anything with. */
    static void atLeast(int least, String what, Samples records) {
        labels(records);
        if (records.size() < least) {
            throw new IllegalArgumentException("expected at least " + least + " " + what + ", got " + records.size());
        }
    }
}
