package latent4j.data;

/**
 * Resizes along one axis: each new pixel is a weighted sum of old ones.
 *
 * <p>Smaller: the average over the piece that the new pixel covers. Larger: linear interpolation
 * between the centres of the two nearest old pixels.
 *
 * @param first the first old pixel of each new one
 * @param weights the weights from there on
 */
record Resampling(int[] first, double[][] weights) {

    /**
     * From the centred piece of length {@code part} out of {@code from} pixels to {@code to} pixels.
     */
    static Resampling of(int from, double part, int to) {
        double start = (from - part) / 2;
        double step = part / to;
        var first = new int[to];
        var weights = new double[to][];
        for (int i = 0; i < to; i++) {
            double low = start + i * step;
            double high = low + step;
            if (step >= 1) {
                first[i] = Math.max(0, (int) Math.floor(low));
                int last = Math.min(from, (int) Math.ceil(high));
                weights[i] = new double[last - first[i]];
                double sum = 0;
                for (int k = 0; k < weights[i].length; k++) {
                    int old = first[i] + k;
                    weights[i][k] = Math.max(0, Math.min(high, old + 1) - Math.max(low, old));
                    sum += weights[i][k];
                }
                for (int k = 0; k < weights[i].length; k++) {
                    weights[i][k] /= sum;
                }
            } else {
                double centre = Math.max(0, Math.min(from - 1, (low + high) / 2 - 0.5));
                first[i] = (int) Math.floor(Math.min(centre, Math.max(0, from - 2)));
                double t = centre - first[i];
                weights[i] = from == 1 ? new double[] {1} : new double[] {1 - t, t};
            }
        }
        return new Resampling(first, weights);
    }

    /**
     * Resizes every line of a plane.
     *
     * @param plane the old values
     * @param lines how many lines
     * @param next from one pixel of a line to the next
     * @param nextLine from one line to the next
     * @return the new values with {@code next} and {@code nextLine} as in the old plane: rows stay rows
     */
    double[] apply(double[] plane, int lines, int next, int nextLine) {
        int to = first.length;
        boolean alongRows = next == 1;
        var resized = new double[lines * to];
        for (int line = 0; line < lines; line++) {
            for (int i = 0; i < to; i++) {
                double sum = 0;
                for (int k = 0; k < weights[i].length; k++) {
                    sum += weights[i][k] * plane[line * nextLine + (first[i] + k) * next];
                }
                resized[alongRows ? line * to + i : i * lines + line] = sum;
            }
        }
        return resized;
    }
}
