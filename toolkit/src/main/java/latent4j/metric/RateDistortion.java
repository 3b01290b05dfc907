package latent4j.metric;

import java.util.List;
import java.util.Optional;
import latent4j.data.Dataset;
import latent4j.metric.Measure.Better;
import latent4j.model.BoundedAutoencoder;
import latent4j.model.Model;
import latent4j.model.VariationalAutoencoder;
import latent4j.tensor.Require;

/**
 * For comparisons and studies, where a VAE stands in the plane of rate and distortion (Alemi et al. 2018, section 2): the rate R =
 * KL(q(z|x) ‖ p(z)), how many nats a code costs, the distortion D = −E log p(x|z), what it leaves to be said, and their sum, −ELBO.
 * A β-VAE minimises D + βR. All three are those of {@link EvidenceLowerBound}; nothing of models without a bound.
 *
 * @param records on how many held-out records, ≥ 2, taken evenly from all of them
 * @param codes how many codes are drawn for each, ≥ 1: the more, the less the numbers depend on the seed
 */
public record RateDistortion(int records, int codes) implements Metric {

    public RateDistortion {
        Require.atLeast("records", 2, records);
        Require.atLeast("codes", 1, codes);
    }

    @Override
    public List<Measure> measure(Model model, Dataset data, long seed) {
        if (!(model instanceof VariationalAutoencoder) && !(model instanceof BoundedAutoencoder)) {
            return List.of();
        }
        var bound = EvidenceLowerBound.of(model, Likelihoods.evenly(data.test(), records), codes, seed);
        var protocol =
                bound.scale().words() + ", " + codes + (codes == 1 ? " code" : " codes") + " drawn for each record";
        return List.of(
                Measure.of("rate", bound.kl(), "nats", Better.NEITHER, bound.records())
                        .by(protocol),
                Measure.of("distortion", bound.reconstruction(), "nats", Better.NEITHER, bound.records())
                        .by(protocol),
                Measure.of("−ELBO", bound.negative(), "nats", Better.LOWER, bound.records())
                        .within(LogLikelihood.normal(bound.negative(), bound.standardError()))
                        .by(protocol));
    }

    /** As for all likelihoods: what kind of number it is. */
    @Override
    public Optional<String> scale(Model model) {
        return new Likelihoods(records, codes).scale(model);
    }
}
