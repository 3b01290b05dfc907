package latent4j.study;

import java.util.Arrays;
import java.util.Locale;
import latent4j.data.Samples;
import latent4j.model.Latent;

/**
 * The codes of data lie elsewhere than the prior's draws, so that what the decoder learned does not serve for sampling: the
 * aggregate posterior q(z) = E q(z|x) is not p(z) (Hoffman and Johnson 2016). Both sets of codes are compared by nearest
 * neighbours (as Kynkäänniemi et al. 2019 compare features): a draw lies where codes are, if it is as near to one of 500 codes as
 * that one's fifth neighbour; and the other way round.
 *
 * @param share it is found where the share of draws among codes, or of codes among draws, is below this part of what it is for
 *     fresh codes. A quarter: then the greater part of what is drawn was never decoded, or of codes never drawn, while VAEs with
 *     16 dimensions, whose q(z) never is p(z), have 0.4 to 0.65
 */
public record PriorHole(double share) implements Sign {

    private static final int NEIGHBOUR = 5;

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
        double expected = among(codes.get(), fresh);
        double drawn = among(codes.get(), draws);
        double reached = among(draws, codes.get());
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

    /** The share of points that are as near to one of the codes as that one's fifth neighbour. */
    private static double among(Samples codes, Samples points) {
        var rows = rows(codes);
        var radii = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            var distances = new double[rows.length];
            for (int j = 0; j < rows.length; j++) {
                distances[j] = squaredDistance(rows[i], rows[j]);
            }
            Arrays.sort(distances);
            radii[i] = distances[Math.min(NEIGHBOUR, rows.length - 1)]; // the first one is itself
        }
        int inside = 0;
        for (var point : rows(points)) {
            for (int i = 0; i < rows.length; i++) {
                if (squaredDistance(rows[i], point) <= radii[i]) {
                    inside++;
                    break;
                }
            }
        }
        return inside / (double) points.size();
    }

    private static float[][] rows(Samples samples) {
        var rows = new float[samples.size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = samples.row(i);
        }
        return rows;
    }

    private static double squaredDistance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double d = a[i] - b[i];
            sum += d * d;
        }
        return sum;
    }
}
