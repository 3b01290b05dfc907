package latent4j.metric;

/** Of values in ascending order. */
final class Sorted {

    private Sorted() {}

    /** How many of them are less than the value. */
    static int below(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
