package latent4j.metric;

import latent4j.data.Samples;

/**
 * Whether two sets of vectors fill the same space, each set's space being all balls around its records that reach to the k-th
 * nearest other record of the set. All four are shares of records, but density, which may pass 1.
 *
 * @param precision the share of samples within a ball of the real records: what is drawn looks real (Kynkäänniemi et al. 2019,
 *     equations 1 and 2, with k = 3)
 * @param recall the share of real records within a ball of the samples: what is real is drawn (ibid.)
 * @param density in how many of the real records' balls a sample lies, on average, divided by k: like precision, without its
 *     trust in an outlier's wide ball (Naeem et al. 2020, equation 4, with k = 5)
 * @param coverage the share of real records with a sample in their ball (ibid., equation 5)
 */
public record Neighbourhoods(double precision, double recall, double density, double coverage) {

    /** k of precision and recall. */
    public static final int NEAREST = 3;

    /** k of density and coverage. */
    public static final int NEAREST_OF_DENSITY = 5;

    /**
     * Of samples' features, [n, d], among those of real records, [m, d].
     *
     * @throws IllegalArgumentException for fewer than 6 records in a set
     */
    public static Neighbourhoods of(Samples samples, Samples real) {
        int n = samples.size();
        int m = real.size();
        if (Math.min(n, m) <= NEAREST_OF_DENSITY) {
            throw new IllegalArgumentException("density and coverage need at least " + (NEAREST_OF_DENSITY + 1)
                    + " records in each set, got " + n + " samples and " + m + " real records");
        }
        var aroundReal = Distances.nearestOthers(real, NEAREST_OF_DENSITY);
        var aroundSamples = Distances.nearestOthers(samples, NEAREST);
        var real3 = column(aroundReal, NEAREST - 1);
        var real5 = column(aroundReal, NEAREST_OF_DENSITY - 1);
        var samples3 = column(aroundSamples, NEAREST - 1);
        var precise = new boolean[n];
        var recalled = new boolean[m];
        var covered = new boolean[m];
        var within = new long[1];
        Distances.squared(samples, real, (i, first, values, from, to) -> {
            for (int at = from; at < to; at++) {
                int j = first + at - from;
                float d = values[at];
                precise[i] |= d <= real3[j];
                recalled[j] |= d <= samples3[i];
                if (d <= real5[j]) {
                    covered[j] = true;
                    within[0]++;
                }
            }
        });
        return new Neighbourhoods(
                share(precise), share(recalled), within[0] / (NEAREST_OF_DENSITY * (double) n), share(covered));
    }

    private static float[] column(float[][] rows, int k) {
        var column = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            column[i] = rows[i][k];
        }
        return column;
    }

    private static double share(boolean[] marks) {
        int marked = 0;
        for (boolean mark : marks) {
            marked += mark ? 1 : 0;
        }
        return marked / (double) marks.length;
    }
}
