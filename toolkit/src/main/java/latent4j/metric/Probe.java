package latent4j.metric;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Locale;
import latent4j.data.Dataset;
import latent4j.data.Samples;
import latent4j.model.Autoencoder;
import latent4j.nn.Net;
import latent4j.tensor.Seed;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * How much of the class a linear classifier reads off codes (Alain and Bengio 2017, section 3): logistic regression, trained on
 * the codes of at most {@value #MOST} training records, tested on those of held-out ones. Its floor is the same of the same
 * encoder with random weights: what the records' own order brings without any training.
 *
 * @param accuracy the share of held-out records found in their class
 * @param random the same for an encoder with random weights
 * @param majority the share of the greatest class
 * @param trained how many codes it was trained on
 * @param tested how many codes it was tested on
 */
public record Probe(double accuracy, double random, double majority, int trained, int tested) {

    /** On how many training records at most. */
    public static final int MOST = 10_000;

    private static final int LEAST = 50;

    /** The probe of a model's codes. */
    public static Probe of(Autoencoder model, Dataset data, long seed) {
        Judge.atLeast(LEAST, "labelled training records", data.train());
        Judge.atLeast(LEAST, "labelled held-out records", data.test());
        var train = Judge.first(MOST, data.train());
        double accuracy = ofCodes(model.encode(train), model.encode(data.test()), seed);
        double random =
                withRandomWeights(model, seed, () -> ofCodes(model.encode(train), model.encode(data.test()), seed));
        return new Probe(
                accuracy,
                random,
                Judge.majority(data.test()),
                train.size(),
                data.test().size());
    }

    /** The share of codes found in their class by logistic regression on others; also of records themselves. */
    public static double ofCodes(Samples train, Samples test, long seed) {
        return Judge.logisticRegression().accuracy(flat(train), flat(test), seed);
    }

    /** For a {@code Comparison}: nothing of a model without an encoder or of data without labels. */
    public static Metric metric() {
        return (model, data, seed) ->
                model instanceof Autoencoder autoencoder && data.test().labels().isPresent()
                        ? List.of(of(autoencoder, data, seed).measure())
                        : List.of();
    }

    /** As a number for tables. */
    public Measure measure() {
        return Measure.of("probe accuracy (codes)", accuracy, "", Measure.Better.HIGHER, tested)
                .within(Judge.shareOf(accuracy, tested))
                .above(random)
                .by(String.format(
                        Locale.ROOT,
                        "logistic regression on %,d codes; floor: the encoder with random weights",
                        trained));
    }

    /** The model changes for a while and comes back with its weights and all that its optimisers remember. */
    private static double withRandomWeights(Autoencoder model, long seed, java.util.function.DoubleSupplier measured) {
        var states = model.nets().stream().map(Net::state).toList();
        try {
            for (int i = 0; i < states.size(); i++) {
                model.nets()
                        .get(i)
                        .initialise(new Seed(seed).child("random weights").child(i));
            }
            return measured.getAsDouble();
        } finally {
            for (int i = 0; i < states.size(); i++) {
                model.nets().get(i).restore(states.get(i));
            }
        }
    }

    private static Samples flat(Samples records) {
        if (records.shape().dimension() == 1 || records.isImage()) {
            return records;
        }
        return Samples.of(new Shape(records.shape().size()), records.toArray()).withLabels(Judge.labels(records));
    }

    /** What was probed and how often it was right, one a row. */
    public Table toTable() {
        return Table.create(
                "probe",
                StringColumn.create("codes", "trained encoder", "random weights", "always the greatest class"),
                DoubleColumn.create("accuracy", accuracy, random, majority));
    }

    @Override
    public String toString() {
        var interval = Judge.shareOf(accuracy, tested);
        return String.format(
                Locale.ROOT,
                "probe accuracy %.3f [%.3f, %.3f]; random weights %.3f, always the greatest class %.3f; trained on %,d"
                        + " codes, tested on %,d",
                accuracy,
                interval.low(),
                interval.high(),
                random,
                majority,
                trained,
                tested);
    }
}
