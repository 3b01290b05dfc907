package latent4j.metric;

import latent4j.data.Samples;

/**
 * Mean and standard deviation of each value of records, over the records.
 *
 * @param mean of each
 * @param sd of each, divided by n; 0 where it never changes
 */
record Columns(double[] mean, double[] sd) {

    static Columns of(Samples records) {
        int d = (int) records.shape().size();
        var mean = new double[d];
        var sd = new double[d];
        if (records.size() == 0) {
            return new Columns(mean, sd);
        }
        var first = records.row(0); // from which what never changes differs by exactly 0
        for (int i = 0; i < records.size(); i++) {
            var row = records.row(i);
            for (int k = 0; k < d; k++) {
                mean[k] += ((double) row[k] - first[k]) / records.size();
            }
        }
        for (int k = 0; k < d; k++) {
            mean[k] += first[k];
        }
        for (int i = 0; i < records.size(); i++) {
            var row = records.row(i);
            for (int k = 0; k < d; k++) {
                sd[k] += (row[k] - mean[k]) * (row[k] - mean[k]) / records.size();
            }
        }
        for (int k = 0; k < d; k++) {
            sd[k] = Math.sqrt(sd[k]);
        }
        return new Columns(mean, sd);
    }

    /** (x − mean) / sd; what never changed where this was found out becomes 0. */
    Samples standardised(Samples records) {
        int d = mean.length;
        var values = new float[records.size() * d];
        for (int i = 0; i < records.size(); i++) {
            var row = records.row(i);
            for (int k = 0; k < d; k++) {
                values[i * d + k] = sd[k] > 0 ? (float) ((row[k] - mean[k]) / sd[k]) : 0;
            }
        }
        return Samples.of(records.shape(), values);
    }
}
