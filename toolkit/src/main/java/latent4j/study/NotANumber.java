package latent4j.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import latent4j.data.Samples;
import latent4j.nn.Net;
import latent4j.train.Diverged;

/** A number is not finite: where that began. It is looked for in the weights and in
 * how training broke off; records with such values are refused before any training. */
public record NotANumber() implements Sign {

    private static final int LAST = 10;

    @Override
    public String name() {
        return "numbers that are not finite";
    }

    @Override
    public Observation look(Patient patient) {
        var began = new ArrayList<String>();
        inWeights(patient.model().nets()).ifPresent(began::add);
        patient.diverged().ifPresent(diverged -> began.add(inTraining(patient, diverged)));
        if (began.isEmpty()) {
            return clear("all weights are finite");
        }
        double largest = largest(patient.data().train());
        if (largest > 10) {
            began.add(String.format(Locale.ROOT, "the records' values reach %.3g", largest));
        }
        return found(
                String.join("; ", began),
                (largest > 10 ? "scaling the records (to [0, 1], or to mean 0 and variance 1), " : "")
                        + "a smaller learning rate, clipping (Trainer.clip(GradientClip.byNorm(1))), and in a loss of your own"
                        + " logarithms, roots and quotients of what can be 0");
    }

    private static Optional<String> inWeights(List<Net> nets) {
        for (var net : nets) {
            var values = net.values();
            for (int i = 0; i < values.size(); i++) {
                for (float value : values.get(i)) {
                    if (!Float.isFinite(value)) {
                        return Optional.of("'" + net.name() + "' holds " + value + " in its "
                                + net.weights().get(i).name() + " (array " + i + ")");
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Which term it was, and which other series had grown in the steps before. */
    private static String inTraining(Patient patient, Diverged diverged) {
        var began = String.format(
                Locale.ROOT,
                "%s of objective '%s' at step %d (epoch %.2f)",
                diverged.term(),
                diverged.objective(),
                diverged.step(),
                diverged.epoch());
        var grown = new ArrayList<String>();
        for (var series : patient.history().series()) {
            int n = series.values().length;
            if (!series.validation() && n > 1) {
                double before = Math.abs(series.values()[Math.max(0, n - LAST)]);
                double last = Math.abs(series.last());
                if (last > 10 * before) {
                    grown.add(String.format(
                            Locale.ROOT, "%s went from %.3g to %.3g in the steps before", series.name(), before, last));
                }
            }
        }
        return began + (grown.isEmpty() ? ", without notice" : "; " + String.join(", ", grown));
    }

    private static double largest(Samples records) {
        double largest = 0;
        for (int i = 0; i < records.size(); i++) {
            for (float value : records.row(i)) {
                largest = Math.max(largest, Math.abs(value));
            }
        }
        return largest;
    }
}
