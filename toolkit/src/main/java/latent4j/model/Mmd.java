package latent4j.model;

import java.util.Map;
import latent4j.data.Samples;
import latent4j.loss.MaximumMeanDiscrepancy;
import latent4j.tensor.Tape;

/** The maximum mean discrepancy between two sets of samples; see {@link MaximumMeanDiscrepancy}. */
public final class Mmd {

    private static final int COMPARED = 500;

    private Mmd() {}

    /** {@code MMD²} between at most 500 held-out records and as many draws; nothing where there are fewer than 2. */
    public static Map<String, Double> ofDraws(Model model, Samples heldOut, long seed) {
        int n = Math.min(COMPARED, heldOut.size());
        return n < 2 ? Map.of() : Map.of("MMD²", squared(heldOut.head(n), model.draw(n, seed)));
    }

    /**
     * MMD² between data and samples, unbiased: zero in expectation where both come from one distribution. The kernel's
     * width is the data's median distance. Time and memory grow with the product of the sizes: 500 and 500 take a tenth of a
     * second.
     *
     * @param data at least two records
     * @param samples at least two records of the same shape
     */
    public static double squared(Samples data, Samples samples) {
        if (!data.shape().equals(samples.shape())) {
            throw new IllegalArgumentException(
                    "expected samples of shape " + data.shape() + ", as the data have, got " + samples.shape());
        }
        try (var tape = Tape.evaluation()) {
            var x = Inference.array(data, 0, data.size()).reshape(data.size(), -1);
            var y = Inference.array(samples, 0, samples.size()).reshape(samples.size(), -1);
            var width = MaximumMeanDiscrepancy.width(x);
            return MaximumMeanDiscrepancy.squared(x, y, width).getFloat();
        }
    }
}
