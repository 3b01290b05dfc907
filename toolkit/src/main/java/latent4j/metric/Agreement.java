package latent4j.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import latent4j.tensor.Seed;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * How far clusters are the classes, which the clustering never saw.
 *
 * @param purity (1/n) Σ_c max_k n_ck, where n_ck records of class k lie in cluster c (Manning et al. 2008, equation 16.1): 1 where
 *     each cluster holds one class; many small clusters raise it
 * @param normalisedMutualInformation 2·I(clusters; classes) / (H(clusters) + H(classes)), in [0, 1] (Manning et al. 2008, equation
 *     16.2)
 * @param adjustedRand the share of pairs that are together or apart in both, corrected for chance (Hubert and Arabie 1985,
 *     equation 5): 1 for the same partition, 0 on average for chance
 * @param clusters how many clusters
 * @param classes how many classes
 * @param count how many records
 */
public record Agreement(
        double purity, double normalisedMutualInformation, double adjustedRand, int clusters, int classes, int count) {

    private static final List<String> NAMES = List.of("purity", "normalised mutual information", "adjusted Rand index");
    private static final int HALVES = 20;

    /**
     * The agreement of two numberings of the same records, from 0.
     *
     * @param clusters the cluster of each record
     * @param classes the class of each record, at least two different ones
     */
    public static Agreement of(int[] clusters, int[] classes) {
        var table = MutualInformation.table(clusters, classes);
        double entropies = MutualInformation.entropy(clusters) + MutualInformation.entropy(classes);
        if (Arrays.stream(classes).distinct().count() < 2) {
            throw new IllegalArgumentException("expected records of at least 2 classes, got one class only");
        }
        long pure = 0;
        double together = 0;
        double inClusters = 0;
        for (var row : table) {
            pure += Arrays.stream(row).max().orElse(0);
            together += Arrays.stream(row).mapToDouble(Agreement::pairs).sum();
            inClusters += pairs(Arrays.stream(row).sum());
        }
        double inClasses = 0;
        for (int k = 0; k < table[0].length; k++) {
            int column = k;
            inClasses += pairs(Arrays.stream(table).mapToInt(row -> row[column]).sum());
        }
        double expected = inClusters * inClasses / pairs(classes.length);
        double most = (inClusters + inClasses) / 2;
        return new Agreement(
                pure / (double) classes.length,
                2 * MutualInformation.of(clusters, classes) / entropies,
                most == expected ? 1 : (together - expected) / (most - expected), // all alone in both
                (int) Arrays.stream(clusters).distinct().count(),
                (int) Arrays.stream(classes).distinct().count(),
                classes.length);
    }

    private static double pairs(int n) {
        return n * (n - 1.0) / 2;
    }

    /** The three as numbers for tables, with intervals over halves of the records; floor: clusters of other records. */
    static List<Measure> measures(int[] clusters, int[] classes, String what, long seed) {
        var values = of(clusters, classes).numbers();
        var order = new Seed(seed).child("chance").permutation(classes.length);
        var chance = of(chosen(clusters, order), classes).numbers();
        var intervals = Halves.intervals(values, classes.length, HALVES, new Seed(seed), half -> of(
                        chosen(clusters, half), chosen(classes, half))
                .numbers());
        return java.util.stream.IntStream.range(0, NAMES.size())
                .mapToObj(k -> Measure.of(
                                NAMES.get(k) + " of clusters (codes)",
                                values[k],
                                "",
                                Measure.Better.HIGHER,
                                classes.length)
                        .within(intervals[k])
                        .above(chance[k])
                        .by(what + "; floor: the clusters of other records"))
                .toList();
    }

    private static int[] chosen(int[] values, int[] indices) {
        return Arrays.stream(indices).map(i -> values[i]).toArray();
    }

    private double[] numbers() {
        return new double[] {purity, normalisedMutualInformation, adjustedRand};
    }

    /** One measure a row. */
    public Table toTable() {
        return Table.create(
                "agreement of clusters and classes",
                StringColumn.create("measure", NAMES),
                DoubleColumn.create("value", numbers()));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d clusters and %d classes: purity %.3f, normalised mutual information %.3f, adjusted Rand index %.3f,"
                        + " from %,d records",
                clusters,
                classes,
                purity,
                normalisedMutualInformation,
                adjustedRand,
                count);
    }
}
