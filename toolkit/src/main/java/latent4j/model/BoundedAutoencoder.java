package latent4j.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import latent4j.data.Samples;
import latent4j.tensor.Seed;

/** An autoencoder trained on a bound of log p(x), whose codes need not be Gaussian nor of one level. */
public interface BoundedAutoencoder extends ProbabilisticAutoencoder {

    /** The bound's parts for one batch, as training sees them. */
    Bound bound(Step step);

    /** The bound's parts where records are judged; the same unless training sees a relaxation. */
    default Bound judged(Step step) {
        return bound(step);
    }

    /** What is minimised, in nats per example, and what is logged beside it. */
    default Terms terms(Step step) {
        var bound = bound(step);
        return Terms.nats(bound.negative())
                .with("reconstruction", bound.reconstruction())
                .with("KL", bound.kl());
    }

    /** The name of what is minimised. */
    default String lossName() {
        return VariationalAutoencoder.NEGATIVE_ELBO;
    }

    @Override
    default List<Objective> objectives() {
        return List.of(Objective.of(lossName(), bounded(), this::terms));
    }

    /**
     * −ELBO of records, with one sample of z for each.
     *
     * @return nats per example
     */
    default double negativeElbo(Samples x, long seed) {
        var sum = new double[1];
        Inference.inBatches(x.size(), (from, to) -> {
            var bound = judged(Step.of(x, from, to, new Seed(seed).child(from)));
            sum[0] += (to - from) * (double) bound.negative().getFloat();
        });
        return sum[0] / x.size();
    }

    /** −ELBO in nats per example, and MMD² between held-out records and as many draws. */
    @Override
    default Map<String, Double> validate(Samples heldOut, long seed) {
        var quality = new LinkedHashMap<String, Double>();
        quality.put("−ELBO of held-out records", negativeElbo(heldOut, seed));
        quality.putAll(Mmd.ofDraws(this, heldOut, seed));
        return quality;
    }
}
