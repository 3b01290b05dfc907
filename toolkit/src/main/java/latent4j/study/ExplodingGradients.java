package latent4j.study;

import java.util.Arrays;
import java.util.Locale;
import latent4j.train.History;

/**
 * Gradients grow without bound (Pascanu et al. 2013), mostly because steps are too large.
 *
 * @param factor it is found where an objective's gradient norm in one of the last 10 steps is more than this times its median
 *     over the first half of training (of fewer than 20 steps, times its first value): healthy norms of single batches vary by a factor of 10 to 30
 */
public record ExplodingGradients(double factor) implements Sign {

    private static final int LAST = 10;
    private static final int FEW = 20;

    public ExplodingGradients() {
        this(1000);
    }

    @Override
    public String name() {
        return "exploding gradients";
    }

    @Override
    public Observation look(Patient patient) {
        var worst = 0.0;
        var evidence = "";
        for (var objective : patient.model().objectives()) {
            var series = patient.history().find(History.gradientNorm(objective.name()), false);
            if (series.isPresent() && series.get().values().length > 1) {
                var norms = series.get().values();
                double before = norms.length < FEW ? norms[0] : median(Arrays.copyOf(norms, norms.length / 2));
                double now = Arrays.stream(norms, Math.max(0, norms.length - LAST), norms.length)
                        .max()
                        .orElse(0);
                double ratio = now == 0 ? 0 : now / before;
                if (ratio >= worst) {
                    worst = ratio;
                    evidence = String.format(
                            Locale.ROOT,
                            "the gradient norm of '%s' came to %.3g at the end, and was %.3g before",
                            objective.name(),
                            now,
                            before);
                }
            }
        }
        if (evidence.isEmpty()) {
            return unseen("gradients were not measured: Trainer.clip(GradientClip.measured()) does");
        }
        return worst > factor
                ? found(evidence, "a smaller learning rate, or clipping (Trainer.clip(GradientClip.byNorm(1)))")
                : clear(evidence);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
