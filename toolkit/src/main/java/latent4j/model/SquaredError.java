package latent4j.model;

import java.util.LinkedHashMap;
import java.util.Map;
import latent4j.data.Samples;

/** How far records lie from their reconstructions. */
public final class SquaredError {

    private SquaredError() {}

    /**
     * ‖x − x̂‖² per record: the sum over dimensions, the mean over records.
     *
     * @param x records
     * @param found as many records of the same shape
     */
    public static double mean(Samples x, Samples found) {
        if (!x.shape().equals(found.shape()) || x.size() != found.size()) {
            throw new IllegalArgumentException("expected " + x.size() + " records of shape " + x.shape() + ", got "
                    + found.size() + " of shape " + found.shape());
        }
        double sum = 0;
        for (int i = 0; i < x.size(); i++) {
            var a = x.row(i);
            var b = found.row(i);
            for (int j = 0; j < a.length; j++) {
                sum += (a[j] - b[j]) * (double) (a[j] - b[j]);
            }
        }
        return sum / x.size();
    }

    /** The quality of an autoencoder without a bound: the squared error per held-out record, then {@link Mmd#ofDraws}. */
    public static Map<String, Double> andDraws(Autoencoder model, Samples heldOut, long seed) {
        var quality = new LinkedHashMap<String, Double>();
        quality.put("squared error", mean(heldOut, model.reconstruct(heldOut)));
        quality.putAll(Mmd.ofDraws(model, heldOut, seed));
        return quality;
    }
}
