package latent4j.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import latent4j.data.Samples;
import org.apache.commons.math3.ml.clustering.Clusterable;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.apache.commons.math3.random.Well19937c;

/**
 * The model draws few kinds of records, or only one. Training records are put into 20 clusters by k-means, and held-out records
 * and draws counted into them (as Richardson and Weiss 2018 do, section 3); exp(entropy) of the counts is the number of kinds.
 *
 * @param share it is found where draws have less than this part of the kinds that held-out records have. A quarter, since blurred
 *     draws, of autoencoders above all, crowd into the middle clusters: those that were trained for only 140 steps have a half,
 *     while a generator that has lost all but one or two modes has less than a tenth
 */
public record ModeCollapse(double share) implements Sign {

    private static final int CLUSTERS = 20;
    private static final int ITERATIONS = 20;

    public ModeCollapse() {
        this(0.25);
    }

    @Override
    public String name() {
        return "mode collapse";
    }

    @Override
    public Observation look(Patient patient) {
        if (patient.isYoung()) {
            return tooEarly();
        }
        var draws = patient.draws();
        if (draws.isEmpty()) {
            return unseen("the model draws no records like its data");
        }
        var records = patient.some();
        if (records.size() < 5 * CLUSTERS) {
            return unseen("it takes " + 5 * CLUSTERS + " training records and as many others, and there are "
                    + records.size());
        }
        var random = new Well19937c(Patient.SEED.value());
        var centres = new KMeansPlusPlusClusterer<Clusterable>(CLUSTERS, ITERATIONS, new EuclideanDistance(), random)
                .cluster(points(records)).stream()
                        .map(cluster -> cluster.getCenter().getPoint())
                        .toList();
        double expected = kinds(patient.others(), centres);
        double drawn = kinds(draws.get(), centres);
        var evidence =
                String.format(Locale.ROOT, "draws show %.1f kinds of records, held-out records %.1f", drawn, expected);
        return drawn < share * expected
                ? found(
                        evidence,
                        "samples judged together (Packing, MinibatchStandardDeviation), Unrolling, a gradient penalty, a smaller"
                                + " learning rate for the generator, or another loss (WassersteinGradientPenalty)")
                : clear(evidence);
    }

    /** exp(entropy) of how the records spread over the clusters. */
    private static double kinds(Samples records, List<double[]> centres) {
        var counts = new int[centres.size()];
        for (var point : points(records)) {
            counts[nearest(point.getPoint(), centres)]++;
        }
        double entropy = 0;
        for (int count : counts) {
            double p = count / (double) records.size();
            entropy -= p == 0 ? 0 : p * Math.log(p);
        }
        return Math.exp(entropy);
    }

    private static int nearest(double[] point, List<double[]> centres) {
        var distance = new EuclideanDistance();
        int nearest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < centres.size(); i++) {
            double d = distance.compute(point, centres.get(i));
            if (d < least) {
                least = d;
                nearest = i;
            }
        }
        return nearest;
    }

    private static List<Clusterable> points(Samples records) {
        var points = new ArrayList<Clusterable>();
        for (int i = 0; i < records.size(); i++) {
            var row = records.row(i);
            var point = new double[row.length];
            for (int j = 0; j < row.length; j++) {
                point[j] = row[j];
            }
            points.add(() -> point);
        }
        return points;
    }
}
