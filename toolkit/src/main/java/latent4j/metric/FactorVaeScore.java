package latent4j.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import latent4j.data.FixedFactor;
import latent4j.data.Samples;
import latent4j.model.Autoencoder;
import latent4j.tensor.RandomStream;
import latent4j.tensor.Seed;
import tech.tablesaw.api.Table;

/**
 * The FactorVAE score (Kim and Mnih 2018, section 4 and figure 2): of a group of records that share one factor, each dimension's
 * variance is divided by its variance over all codes; the dimension of the least one votes. A classifier that answers each
 * dimension with the factor that most of its votes came from is right so often on votes that it did not see: 1 where each
 * dimension follows one factor. 800 votes to learn from (as in the paper) and 800 to count, groups of 64 (as Locatello et al.
 * 2019). The paper leaves out dimensions that have collapsed to the prior; here only those that never change do not vote, since
 * the means of a collapsed one vary in a group as they do over all, and so do not win.
 *
 * @param value the share of votes answered rightly, in [0, 1]
 * @param votes how many groups of a factor (column) made a dimension (row) vote, among those learned from
 * @param factors what the factors are called
 * @param count from how many votes
 * @param groups how a factor was held
 */
public record FactorVaeScore(double value, int[][] votes, List<String> factors, int count, String groups) {

    private static final int VOTES = 800;
    private static final int GROUP = 64;
    private static final int BINS = 20;

    /**
     * Of groups drawn for it, as in the paper.
     *
     * @param records what the variance over all codes is taken from
     * @param draws such as {@code DrawnDigits::withOneFixed}
     * @param factors which factors count, at least two
     */
    public static FactorVaeScore of(
            Autoencoder model, Samples records, FixedFactor draws, long seed, String... factors) {
        if (factors.length < 2) {
            throw new IllegalArgumentException("name at least 2 factors, got " + List.of(factors));
        }
        var all = CodesAndFactors.of(model.encode(records), factors);
        return count(all, seed, "groups drawn", (k, random) -> {
            var group = draws.draw(factors[k], GROUP, (long) (random.uniform() * (1L << 53)));
            var codes = model.encode(group);
            return columns(codes);
        });
    }

    /**
     * Of groups found among codes: records whose factor lies in the same twentieth of all, which leaves it about 1/400 of its
     * variance. So no record need be drawn or encoded anew.
     *
     * @param factors which factors count; all where none is named
     */
    public static FactorVaeScore of(Samples codes, long seed, String... factors) {
        var all = CodesAndFactors.of(codes, factors);
        if (all.count() < BINS * GROUP) {
            throw new IllegalArgumentException("expected at least " + BINS * GROUP + " codes for groups of " + GROUP
                    + " from a twentieth of them, got " + all.count());
        }
        var members = new int[all.names().size()][][];
        for (int k = 0; k < members.length; k++) {
            var bins = MutualInformation.bins(all.factors()[k], BINS);
            members[k] = IntStream.range(0, BINS)
                    .mapToObj(bin -> IntStream.range(0, bins.length)
                            .filter(i -> bins[i] == bin)
                            .toArray())
                    .filter(bin -> bin.length >= GROUP)
                    .toArray(int[][]::new);
            if (members[k].length < 2) {
                throw new IllegalArgumentException(
                        "factor '" + all.names().get(k) + "' needs at least 2 values with " + GROUP + " records each");
            }
        }
        return count(all, seed, "groups of one twentieth", (k, random) -> {
            var bin = members[k][random.integer(members[k].length)];
            var group = chosen(bin, random);
            return Arrays.stream(all.codes())
                    .map(z -> Arrays.stream(group).mapToDouble(i -> z[i]).toArray())
                    .toArray(double[][]::new);
        });
    }

    private interface Groups {
        /** Codes [latent][n] of records that share factor k. */
        double[][] draw(int k, RandomStream random);
    }

    private static FactorVaeScore count(CodesAndFactors all, long seed, String how, Groups groups) {
        var variances =
                Arrays.stream(all.codes()).mapToDouble(FactorVaeScore::variance).toArray();
        int k = all.names().size();
        var learned = new int[variances.length][k];
        var counted = new int[variances.length][k];
        for (int vote = 0; vote < 2 * VOTES; vote++) {
            var random = new Seed(seed).child("votes").child(vote).stream();
            int factor = random.integer(k);
            var group = groups.draw(factor, random);
            int dimension = -1;
            double best = Double.POSITIVE_INFINITY;
            for (int j = 0; j < variances.length; j++) {
                double relative = variances[j] > 0 ? variance(group[j]) / variances[j] : Double.POSITIVE_INFINITY;
                if (dimension < 0 || relative < best) {
                    dimension = j;
                    best = relative;
                }
            }
            (vote < VOTES ? learned : counted)[dimension][factor]++;
        }
        int right = 0;
        for (int j = 0; j < learned.length; j++) {
            right += counted[j][indexOfGreatest(learned[j])];
        }
        return new FactorVaeScore(right / (double) VOTES, learned, all.names(), VOTES, how);
    }

    private static int[] chosen(int[] from, RandomStream random) {
        var order = random.permutation(from.length);
        return IntStream.range(0, GROUP).map(i -> from[order[i]]).toArray();
    }

    private static double[][] columns(Samples codes) {
        var columns = new double[(int) codes.shape().size()][codes.size()];
        for (int i = 0; i < codes.size(); i++) {
            var row = codes.row(i);
            for (int j = 0; j < row.length; j++) {
                columns[j][i] = row[j];
            }
        }
        return columns;
    }

    private static int indexOfGreatest(int[] values) {
        return IntStream.range(0, values.length).reduce(0, (a, b) -> values[b] > values[a] ? b : a);
    }

    private static double variance(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum() / (values.length - 1);
    }

    /** The votes learned from, a code's dimension a row, a factor a column. */
    public Table toTable() {
        var numbers = Arrays.stream(votes)
                .map(row -> Arrays.stream(row).asDoubleStream().toArray())
                .toArray(double[][]::new);
        return CodesAndFactors.table("votes", factors, numbers);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "FactorVAE score %.3f of %s, from %,d votes (%s)", value, factors, count, groups);
    }
}
