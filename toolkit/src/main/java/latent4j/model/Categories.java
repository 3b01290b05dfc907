package latent4j.model;

/** Draws from categories in Java, where a model's draws are made one after another. */
final class Categories {

    private Categories() {}

    /**
     * A category with probability softmax(logits), counted from 0.
     *
     * @param logits an array in which the logits stand from {@code from} to {@code to} (exclusive)
     * @param uniform what decides, in [0, 1)
     */
    static int choose(float[] logits, int from, int to, double uniform) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, logits[i]);
        }
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += Math.exp(logits[i] - largest);
        }
        double below = 0;
        for (int i = from; i < to; i++) {
            below += Math.exp(logits[i] - largest) / sum;
            if (uniform < below) {
                return i - from;
            }
        }
        return to - from - 1;
    }
}
