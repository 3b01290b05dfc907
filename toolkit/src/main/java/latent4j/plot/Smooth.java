package latent4j.plot;

import java.util.Arrays;

/** Long noisy series made short enough to draw: their course, and the band that they fill. */
final class Smooth {

    /** Points of a line, with NaN where there is none. */
    record Points(double[] x, double[] y) {}

    private static final int DRAWN = 200;

    private Smooth() {}

    /** The mean of the values around each of at most 200 places; values that are not finite are left out. */
    static Points course(double[] x, double[] y) {
        int n = y.length;
        int places = Math.min(n, DRAWN);
        int reach = n / 50;
        var sums = new double[n + 1];
        var counts = new int[n + 1];
        for (int i = 0; i < n; i++) {
            boolean finite = Double.isFinite(y[i]);
            sums[i + 1] = sums[i] + (finite ? y[i] : 0);
            counts[i + 1] = counts[i] + (finite ? 1 : 0);
        }
        var px = new double[places];
        var py = new double[places];
        for (int p = 0; p < places; p++) {
            int i = places == 1 ? 0 : (int) ((long) p * (n - 1) / (places - 1));
            // the window shrinks towards the steep beginning, else the mean would lie above the values there; at the
            // flat end it is cut, so that the last value is a mean as well
            int from = i - Math.min(reach, i);
            int to = Math.min(n, i + Math.min(reach, i) + 1);
            int count = counts[to] - counts[from];
            px[p] = x[i];
            py[p] = count == 0 ? Double.NaN : (sums[to] - sums[from]) / count;
        }
        return new Points(px, py);
    }

    /**
     * The outline of the band that holds nine tenths of the values of each stretch: its lower edge forwards, then its
     * upper edge backwards.
     */
    static Points band(double[] x, double[] y) {
        int stretches = DRAWN / 2;
        int n = y.length;
        var px = new double[2 * stretches];
        var py = new double[2 * stretches];
        for (int s = 0; s < stretches; s++) {
            // stretches overlap, which calms the edges
            int from = (int) ((long) Math.max(0, s - 1) * n / stretches);
            int to = (int) ((long) Math.min(stretches, s + 2) * n / stretches);
            var sorted =
                    Arrays.stream(y, from, to).filter(Double::isFinite).sorted().toArray();
            int back = 2 * stretches - 1 - s;
            px[s] = px[back] = x[(int) ((long) s * (n - 1) / (stretches - 1))];
            py[s] = sorted.length == 0 ? Double.NaN : sorted[sorted.length / 20];
            py[back] = sorted.length == 0 ? Double.NaN : sorted[sorted.length - 1 - sorted.length / 20];
        }
        return new Points(px, py);
    }

    /** Whether there are so many values that a line through all of them would be a smear. */
    static boolean isDense(double[] y) {
        return y.length > 4 * DRAWN;
    }

    /** The values, with a gap for each that is not finite. */
    static Points values(double[] x, double[] y) {
        return new Points(
                x,
                Arrays.stream(y).map(v -> Double.isFinite(v) ? v : Double.NaN).toArray());
    }
}
