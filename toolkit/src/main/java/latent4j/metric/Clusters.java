package latent4j.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import latent4j.data.Convert;
import latent4j.data.Samples;
import latent4j.model.Autoencoder;
import latent4j.tensor.Require;
import latent4j.tensor.Seed;
import org.tribuo.MutableDataset;
import org.tribuo.clustering.ClusterID;
import org.tribuo.clustering.ClusteringFactory;
import org.tribuo.clustering.hdbscan.HdbscanTrainer;
import org.tribuo.clustering.kmeans.KMeansTrainer;
import org.tribuo.math.distance.L2Distance;

/**
 * Records, such as codes, sorted into clusters by their Euclidean distances.
 *
 * @param of the cluster of each record, from 0; −1 for outliers
 * @param count how many clusters there are
 * @param how which clustering
 */
public record Clusters(int[] of, int count, String how) {

    /** Of more codes the first are clustered. */
    public static final int MOST = 5_000;

    private static final int STARTS = 5;
    private static final int ITERATIONS = 50;

    public Clusters {
        of = of.clone();
    }

    /** The cluster of each record, from 0; −1 for outliers. */
    @Override
    public int[] of() {
        return of.clone();
    }

    /**
     * k-means (Lloyd 1982) by Tribuo, started as k-means++ does (Arthur and Vassilvitskii 2007): of five starts the one of the
     * least squared distances.
     *
     * @param k ≥ 2, of at least as many different records
     */
    public static Clusters kMeans(Samples records, int k, long seed) {
        Require.atLeast("k", 2, k);
        if (different(records) < k) {
            throw new IllegalArgumentException(
                    "expected at least k = " + k + " different records, got " + different(records));
        }
        var data = tribuo(records);
        int[] best = null;
        double least = Double.POSITIVE_INFINITY;
        for (int start = 0; start < STARTS; start++) {
            var trainer = new KMeansTrainer(
                    k,
                    ITERATIONS,
                    new L2Distance(),
                    KMeansTrainer.Initialisation.PLUSPLUS,
                    1,
                    new Seed(seed).child("start").child(start).value());
            var clusters = Quietly.run(() -> {
                var model = trainer.train(data);
                return IntStream.range(0, data.size())
                        .map(i -> model.predict(data.getExample(i)).getOutput().getID())
                        .toArray();
            });
            double squares = squares(records, clusters, k);
            if (squares < least) {
                best = clusters;
                least = squares;
            }
        }
        return new Clusters(best, k, "k-means, k = " + k);
    }

    /**
     * HDBSCAN (Campello et al. 2015) by Tribuo: clusters of any shape and as many as there are, which denser places make; what
     * lies in none is an outlier. Time and memory grow with the square of the records.
     *
     * @param smallest ≥ 2, of how many records a cluster has at least, and which neighbour's distance tells how dense a place is
     */
    public static Clusters hdbscan(Samples records, int smallest) {
        Require.atLeast("smallest", 2, smallest);
        if (records.size() <= 2 * smallest) {
            throw new IllegalArgumentException("expected more than " + 2 * smallest
                    + " records for clusters of at least " + smallest + ", got " + records.size());
        }
        var model = Quietly.run(() -> new HdbscanTrainer(smallest).train(tribuo(records)));
        var labels = model.getClusterLabels();
        var names =
                labels.stream().filter(label -> label > 0).distinct().sorted().toList(); // 0 is Tribuo's outlier
        return new Clusters(
                labels.stream().mapToInt(names::indexOf).toArray(),
                names.size(),
                "HDBSCAN, smallest cluster " + smallest);
    }

    /**
     * How far the clusters are the classes; all outliers count as one cluster more.
     *
     * @param classes the class of each record
     */
    public Agreement agreement(int[] classes) {
        return Agreement.of(withOutliers(), classes);
    }

    /** The share of records that lie in no cluster. */
    public double outliers() {
        return Arrays.stream(of).filter(c -> c < 0).count() / (double) of.length;
    }

    /**
     * For a {@code Comparison}: k-means of the codes of at most {@value #MOST} held-out records, into as many clusters as there
     * are classes; nothing of a model without an encoder or of data without labels.
     */
    public static Metric metric() {
        return (model, data, seed) -> {
            if (!(model instanceof Autoencoder autoencoder)
                    || data.test().labels().isEmpty()) {
                return List.of();
            }
            var records = Judge.first(MOST, data.test());
            var clusters = kMeans(autoencoder.encode(records), data.classes(), seed);
            return Agreement.measures(clusters.withOutliers(), Judge.labels(records), clusters.how(), seed);
        };
    }

    private int[] withOutliers() {
        return Arrays.stream(of).map(c -> c < 0 ? count : c).toArray();
    }

    private static MutableDataset<ClusterID> tribuo(Samples records) {
        for (float value : records.toArray()) {
            Require.finite("a record's value", value);
        }
        var factory = new ClusteringFactory();
        return Convert.toTribuo(records, factory, i -> factory.getUnknownOutput());
    }

    private static long different(Samples records) {
        return IntStream.range(0, records.size())
                .mapToObj(i -> Arrays.hashCode(records.row(i)))
                .distinct()
                .count();
    }

    /** The sum of squared distances to the clusters' means. */
    private static double squares(Samples records, int[] clusters, int k) {
        double sum = 0;
        for (int c = 0; c < k; c++) {
            int cluster = c;
            var members = records.rows(IntStream.range(0, clusters.length)
                    .filter(i -> clusters[i] == cluster)
                    .toArray());
            for (double sd : Columns.of(members).sd()) {
                sum += members.size() * sd * sd;
            }
        }
        return sum;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: %d clusters of %,d records, %.1f %% outliers",
                how,
                count,
                of.length,
                100 * outliers());
    }
}
