package latent4j.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import latent4j.data.Samples;
import latent4j.model.Autoencoder;
import latent4j.tensor.Seed;
import tech.tablesaw.api.Table;

/**
 * How well the dimensions of a code follow the known factors of the data, one each: {@link MutualInformationGap MIG}, {@link
 * SeparatedAttributePredictability SAP}, {@link Dci DCI} and the {@link FactorVaeScore FactorVAE score}, each with an interval
 * and, as its floor, what the same codes score when they belong to other records: chance.
 *
 * <p>The factors must be independent in the data; {@code Datasets.digitsWithoutSlant()} has five such. Of what a code says about
 * the class these scores say nothing: see {@link Probe}.
 *
 * @param measures the scores
 */
public record Disentanglement(List<Measure> measures) {

    private static final int HALVES = 10;

    public Disentanglement {
        measures = List.copyOf(measures);
    }

    /**
     * The scores of a model's codes.
     *
     * @param records at least 2,560, with factors
     * @param factors which factors count; all where none is named
     */
    public static Disentanglement of(Autoencoder model, Samples records, long seed, String... factors) {
        return of(model.encode(records), seed, factors);
    }

    /** The scores of codes, such as some that no model of the toolkit made, with the factors of their records. */
    public static Disentanglement of(Samples codes, long seed, String... factors) {
        var names = CodesAndFactors.of(codes, factors).names();
        var random = new Seed(seed);
        var measures = new ArrayList<Measure>();
        String bins = MutualInformationGap.BINS + " bins of equally many codes and values, factors " + names;
        measures.addAll(scores(List.of("MIG"), List.of(bins), codes, codes.size(), random.child("MIG"), (some, s) ->
                new double[] {MutualInformationGap.of(some, factors).value()}));
        measures.addAll(scores(
                List.of("SAP"),
                List.of("R² of linear regression, factors " + names),
                codes,
                codes.size(),
                random.child("SAP"),
                (some, s) -> new double[] {
                    SeparatedAttributePredictability.of(some, factors).value()
                }));
        String trees = "bagged regression trees, factors " + names;
        var first = codes.head(Math.min(codes.size(), Dci.MOST));
        measures.addAll(scores(
                List.of("DCI disentanglement", "DCI completeness", "DCI informativeness"),
                List.of(trees, trees, "R² on held-out codes, " + trees),
                first,
                first.size(),
                random.child("DCI"),
                (some, s) -> {
                    var dci = Dci.of(some, s, factors);
                    return new double[] {dci.disentanglement(), dci.completeness(), dci.informativeness()};
                }));
        measures.addAll(scores(
                List.of("FactorVAE score"),
                List.of("groups of 64 that share a twentieth of a factor, factors " + names),
                codes,
                codes.size(),
                random.child("FactorVAE score"),
                (some, s) -> new double[] {FactorVaeScore.of(some, s, factors).value()}));
        return new Disentanglement(measures);
    }

    /**
     * For a {@code Comparison}: of the codes of the held-out records; nothing of a model without an encoder or of data without
     * factors.
     */
    public static Metric metric(String... factors) {
        return (model, data, seed) -> model instanceof Autoencoder autoencoder
                        && data.test().factors().isPresent()
                ? of(autoencoder, data.test(), seed, factors).measures()
                : List.of();
    }

    private static List<Measure> scores(
            List<String> names,
            List<String> protocols,
            Samples codes,
            int count,
            Seed seed,
            BiFunction<Samples, Long, double[]> of) {
        var values = of.apply(codes, seed.value());
        var others = of.apply(shuffled(codes, seed.child("chance")), seed.value());
        var intervals =
                Halves.intervals(values, codes.size(), HALVES, seed, half -> of.apply(codes.rows(half), seed.value()));
        return IntStream.range(0, names.size())
                .mapToObj(k -> Measure.of(names.get(k), values[k], "", Measure.Better.HIGHER, count)
                        .within(intervals[k])
                        .above(others[k])
                        .by(protocols.get(k) + "; floor: the codes of other records"))
                .toList();
    }

    /** The codes with the factors of other records. */
    private static Samples shuffled(Samples codes, Seed seed) {
        var factors = codes.factors().orElseThrow();
        var rows = Arrays.stream(seed.permutation(codes.size()))
                .mapToObj(i -> factors.values()[i])
                .toArray(float[][]::new);
        return codes.withFactors(new Samples.Factors(factors.names(), rows));
    }

    /** One score a row, with interval, chance and protocol. */
    public Table toTable() {
        return Measure.table(measures);
    }

    @Override
    public String toString() {
        return measures.stream().map(Measure::toString).collect(Collectors.joining("\n"));
    }
}
