package latent4j.metric;

import latent4j.data.Samples;

/**
 * What on Inception's classes is called the inception score: exp(E KL(p(y | x) ‖ p(y))), with p(y) the mean of p(y | x)
 * (Salimans et al. 2016, section 4). Between 1 and the number of classes: large where each sample is clearly of one class and
 * all classes are there. It knows nothing of the data, and a sample of each class, drawn again and again, has the best score
 * (Barratt and Sharma 2018).
 */
public final class ClassifierScore {

    private ClassifierScore() {}

    /**
     * Of p(y | x) for each sample.
     *
     * @param probabilities [n, classes], each row's sum 1
     */
    public static double of(Samples probabilities) {
        int n = probabilities.size();
        if (n == 0) {
            throw new IllegalArgumentException("a score needs at least 1 sample, got none");
        }
        var mean = new double[(int) probabilities.shape().size()];
        double negativeEntropy = 0; // E Σ p(y|x) log p(y|x)
        for (int i = 0; i < n; i++) {
            var p = probabilities.row(i);
            double sum = 0;
            for (int k = 0; k < mean.length; k++) {
                sum += p[k];
                mean[k] += p[k] / (double) n;
                negativeEntropy += xLogX(p[k]) / n;
            }
            if (!(Math.abs(sum - 1) < 1e-3)) {
                throw new IllegalArgumentException(
                        "the probabilities of record " + i + " must have the sum 1, got " + sum);
            }
        }
        double entropy = 0;
        for (double p : mean) {
            entropy -= xLogX(p);
        }
        return Math.exp(negativeEntropy + entropy);
    }

    private static double xLogX(double x) {
        return x > 0 ? x * Math.log(x) : 0;
    }
}
