package latent4j.metric;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import latent4j.data.Convert;
import latent4j.data.Samples;
import latent4j.tensor.Seed;
import org.tribuo.MutableDataset;
import org.tribuo.common.tree.Node;
import org.tribuo.common.tree.SplitNode;
import org.tribuo.common.tree.TreeModel;
import org.tribuo.ensemble.BaggingTrainer;
import org.tribuo.ensemble.WeightedEnsembleModel;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.ensemble.AveragingCombiner;
import org.tribuo.regression.rtree.CARTJointRegressionTrainer;
import org.tribuo.regression.rtree.impurity.MeanSquaredError;
import tech.tablesaw.api.Table;

/**
 * Disentanglement, completeness and informativeness, DCI (Eastwood and Williams 2018, section 2). Trees predict each factor from
 * the codes; R_ij is how much dimension i matters to them for factor j. With P_ij = R_ij / Σ_j R_ij, a dimension is disentangled
 * by D_i = 1 + Σ_j P_ij log_K P_ij, and D = Σ_i D_i Σ_j R_ij / Σ R. With P̃_ij = R_ij / Σ_i R_ij, a factor's completeness is
 * C_j = 1 + Σ_i P̃_ij log_D P̃_ij, and C their mean. Informativeness is told as R² = 1 − NRMSE² of the predictions on codes that
 * the trees have not seen, where the paper has NRMSE, the error as a share of that of guessing the mean; it is a mean over
 * factors too.
 *
 * <p>The paper has random forests among others. These are ten bagged trees of Tribuo of depth 6 that ask all
 * dimensions at each split of at least 10 records; a dimension matters by how much its splits lower the squared error. Each dimension is
 * put into 32 bins of equally many records each, which bounds the time. Two thirds of the codes train, the last third tests; of
 * more than {@value #MOST} codes the first count.
 *
 * @param disentanglement D, in [0, 1]
 * @param completeness C, in [0, 1]
 * @param informativeness R² on held-out codes, at most 1
 * @param importance R_ij, each column summing to 1: a code's dimension a row, a factor a column
 * @param factors what the factors are called
 * @param count from how many codes
 */
public record Dci(
        double disentanglement,
        double completeness,
        double informativeness,
        double[][] importance,
        List<String> factors,
        int count) {

    /** How many codes count at most. */
    public static final int MOST = 2000;

    private static final int LEVELS = 32;
    private static final int TREES = 10;
    private static final int DEPTH = 6;
    private static final int NODE = 10;

    /**
     * DCI of codes with the factors of their records.
     *
     * @param seed which records each tree sees
     * @param factors which factors count; all where none is named
     */
    public static Dci of(Samples codes, long seed, String... factors) {
        var both = CodesAndFactors.of(codes.head(Math.min(MOST, codes.size())), factors);
        int n = both.count();
        int train = 2 * n / 3;
        var trained = IntStream.range(0, train).toArray();
        int latent = both.codes().length;
        int k = both.names().size();
        var levels = Arrays.stream(both.codes())
                .map(z -> MutualInformation.bins(z, LEVELS))
                .toArray(int[][]::new);
        var importance = new double[latent][k];
        double explained = 0;
        for (int j = 0; j < k; j++) {
            var forest = forest(tribuo(levels, both.factors()[j], 0, train), new Seed(seed).child(j));
            var gains = new double[latent];
            for (var tree : forest.getModels()) {
                gains(((TreeModel<Regressor>) tree).getRoot(), levels, both.factors()[j], trained, gains);
            }
            double sum = Arrays.stream(gains).sum();
            for (int i = 0; i < latent; i++) {
                importance[i][j] = sum > 0 ? gains[i] / sum : 0;
            }
            explained += explained(forest, levels, both.factors()[j], train) / k;
        }
        return new Dci(disentanglement(importance), completeness(importance), explained, importance, both.names(), n);
    }

    /** D of a matrix of importances, a code's dimension a row, a factor a column. */
    static double disentanglement(double[][] importance) {
        double total = Arrays.stream(importance).flatMapToDouble(Arrays::stream).sum();
        double sum = 0;
        for (var row : importance) {
            sum += total > 0 ? concentration(row) * Arrays.stream(row).sum() / total : 0;
        }
        return sum;
    }

    /** C of such a matrix. */
    static double completeness(double[][] importance) {
        return IntStream.range(0, importance[0].length)
                .mapToDouble(j -> concentration(
                        Arrays.stream(importance).mapToDouble(row -> row[j]).toArray()))
                .average()
                .orElseThrow();
    }

    /** 1 less the entropy of the shares to the base of their number: 1 where one has all, 0 where all have as much or nothing. */
    private static double concentration(double[] values) {
        double sum = Arrays.stream(values).sum();
        double entropy = Arrays.stream(values)
                .filter(value -> value > 0)
                .map(value -> -value / sum * Math.log(value / sum))
                .sum();
        return sum > 0 ? 1 - entropy / Math.log(values.length) : 0;
    }

    private static WeightedEnsembleModel<Regressor> forest(MutableDataset<Regressor> codes, Seed seed) {
        var cart = new CARTJointRegressionTrainer(DEPTH, NODE, 0, 1, new MeanSquaredError(), false, seed.value());
        var bags = new BaggingTrainer<>(cart, new AveragingCombiner(), TREES, seed.value());
        return (WeightedEnsembleModel<Regressor>) Quietly.run(() -> bags.train(codes));
    }

    /** Bins counted from 1, since 0 would be no feature, with a factor to find. */
    private static MutableDataset<Regressor> tribuo(int[][] levels, double[] factor, int from, int to) {
        var values = new float[(to - from) * levels.length];
        for (int row = from; row < to; row++) {
            for (int i = 0; i < levels.length; i++) {
                values[(row - from) * levels.length + i] = 1 + levels[i][row];
            }
        }
        return Convert.toTribuo(
                Samples.of(new Shape(levels.length), values),
                new RegressionFactory(),
                row -> new Regressor("factor", factor[from + row]));
    }

    /** Adds by how much the splits at each dimension lower the squared error of the records trained on. */
    private static void gains(Node<Regressor> node, int[][] levels, double[] factor, int[] rows, double[] gains) {
        if (!(node instanceof SplitNode<Regressor> split)) {
            return;
        }
        var z = levels[split.getFeatureID()];
        var greater = Arrays.stream(rows)
                .filter(row -> 1 + z[row] > split.splitValue())
                .toArray();
        var others = Arrays.stream(rows)
                .filter(row -> 1 + z[row] <= split.splitValue())
                .toArray();
        gains[split.getFeatureID()] += squares(factor, rows) - squares(factor, greater) - squares(factor, others);
        gains(split.getGreaterThan(), levels, factor, greater, gains);
        gains(split.getLessThanOrEqual(), levels, factor, others, gains);
    }

    /** Σ (v − mean)². */
    private static double squares(double[] factor, int[] rows) {
        double mean =
                Arrays.stream(rows).mapToDouble(row -> factor[row]).average().orElse(0);
        return Arrays.stream(rows)
                .mapToDouble(row -> (factor[row] - mean) * (factor[row] - mean))
                .sum();
    }

    /** R² = 1 − NRMSE² on the codes that the trees have not seen. */
    private static double explained(
            WeightedEnsembleModel<Regressor> forest, int[][] levels, double[] factor, int train) {
        var rows = IntStream.range(train, factor.length).toArray();
        double error = 0;
        for (var prediction : forest.predict(tribuo(levels, factor, train, factor.length))) {
            var found = prediction.getOutput().getValues()[0];
            var sought = ((Regressor) prediction.getExample().getOutput()).getValues()[0];
            error += (found - sought) * (found - sought);
        }
        return 1 - error / squares(factor, rows);
    }

    /** The importances, a code's dimension a row, a factor a column. */
    public Table toTable() {
        return CodesAndFactors.table("importance", factors, importance);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "DCI of %s: disentanglement %.3f, completeness %.3f, informativeness R² %.3f, from %,d codes",
                factors,
                disentanglement,
                completeness,
                informativeness,
                count);
    }
}
