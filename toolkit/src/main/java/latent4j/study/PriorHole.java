package latent4j.study;

import java.util.Locale;
import latent4j.metric.Neighbourhoods;
import latent4j.model.Latent;

/**
 * The codes of data lie elsewhere than the prior's draws, so that what the decoder learned does not serve for sampling: the
 * aggregate posterior q(z) = E q(z|x) is not p(z) (Hoffman and Johnson 2016). Draws and 500 codes are compared by {@linkplain
 * Neighbourhoods precision and recall}: how many draws lie where codes are, and how many codes where draws are.
 *
 * @param share it is found where the share of draws among codes, or of codes among draws, is below this part of what it is for
 *     fresh codes. A quarter: then the greater part of what is drawn was never decoded, or of codes never drawn. In no VAE
 *     is q(z) quite p(z), so that a part near 1 would be asking too much
 */
public record PriorHole(double share) implements Sign {

    public PriorHole() {
        this(0.25);
    }

    @Override
    public String name() {
        return "prior hole";
    }

    @Override
    public Observation look(Patient patient) {
        if (patient.isYoung()) {
            return tooEarly();
        }
        var codes = patient.codes(patient.some());
        if (codes.isEmpty() || !(patient.model() instanceof Latent latent)) {
            return unseen("the model has no codes that are points, or no encoder");
        }
        var fresh = patient.codes(patient.others()).orElseThrow();
        var draws = latent.prior(codes.get().size(), Patient.SEED.value());
        if (!draws.shape().equals(codes.get().shape())) {
            return unseen("the prior's draws have shape " + draws.shape() + ", and codes "
                    + codes.get().shape());
        }
        if (codes.get().size() <= Neighbourhoods.NEAREST_OF_DENSITY) {
            return unseen("there are too few records: " + codes.get().size());
        }
        double expected = Neighbourhoods.of(fresh, codes.get()).precision();
        var neighbourhoods = Neighbourhoods.of(draws, codes.get());
        double drawn = neighbourhoods.precision();
        double reached = neighbourhoods.recall();
        var evidence = String.format(
                Locale.ROOT,
                "%.0f %% of the prior's draws lie where codes are and %.0f %% of codes where draws are; of fresh codes %.0f %%",
                100 * drawn,
                100 * reached,
                100 * expected);
        return Math.min(drawn, reached) < share * expected
                ? found(
                        evidence,
                        "a larger weight on the prior (β, λ), a learned prior (VampPriorVae), a density fitted to the codes as"
                                + " the sampler, or fewer latent dimensions")
                : clear(evidence);
    }
}
