package latent4j.model;

import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import latent4j.data.Pairs;
import latent4j.data.Samples;
import latent4j.nn.Net;

/**
 * A model that turns each picture into another one: an outline into what it is the outline of, a masked picture into a
 * whole one. Its data are {@link Pairs}: a record of {@link #shape()} holds the source above its target.
 */
public interface Translator extends Model {

    /** Source to what it becomes: [batch, c, h, w] to [batch, c, h, w]. */
    Net generator();

    /**
     * What each record becomes, with the records' labels and factors.
     *
     * @param sources records of shape {@link #source}
     * @param seed of what is random in it; the same seed gives the same
     */
    default Samples translate(Samples sources, long seed) {
        return Inference.map(sources, source(), generator()::apply);
    }

    /** The shape of the records that it takes: one half of its data's. */
    default Shape source() {
        return generator().input();
    }

    @Override
    default Shape shape() {
        return Pairs.shape(generator().output());
    }

    /**
     * How the sources' translations differ from their targets: the mean absolute error for each value, and the peak
     * signal-to-noise ratio 10·log₁₀(1/E(y − ŷ)²) in decibels, the mean over the records.
     */
    @Override
    default Map<String, Double> validate(Samples heldOut, long seed) {
        if (heldOut.size() == 0) {
            return Map.of();
        }
        var translated = translate(Pairs.sources(heldOut), seed);
        var targets = Pairs.targets(heldOut);
        double error = 0;
        double decibels = 0;
        int d = (int) targets.shape().size();
        for (int i = 0; i < targets.size(); i++) {
            var y = targets.row(i);
            var found = translated.row(i);
            double squares = 0;
            for (int k = 0; k < d; k++) {
                error += Math.abs(y[k] - found[k]) / d;
                squares += (y[k] - found[k]) * (y[k] - found[k]) / d;
            }
            decibels -= 10 * Math.log10(Math.max(1e-10, squares));
        }
        var quality = new LinkedHashMap<String, Double>();
        quality.put("mean absolute error", error / targets.size());
        quality.put("PSNR in dB", decibels / targets.size());
        return quality;
    }

    /** A translator makes nothing out of nothing. */
    @Override
    default Samples draw(int n, long seed) {
        throw new UnsupportedOperationException(
                "this model translates records and draws none: translate(sources, seed)");
    }
}
