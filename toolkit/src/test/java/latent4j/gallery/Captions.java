package latent4j.gallery;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import latent4j.nn.ClippedWeights;
import latent4j.nn.Optimizer;
import latent4j.train.Run;

/** What stands under a picture: the run's own settings. */
final class Captions {

    /** What tells how good a model is, the most telling first. */
    private static final List<String> QUALITIES = List.of("negative ELBO", "MMD²", "mean absolute error");

    private static final int WIDTH = 44; // letters

    private Captions() {}

    static List<String> of(Run run, long seed) {
        var trainer = run.trainer();
        var lines = new ArrayList<String>();
        lines.addAll(settings(run));
        lines.add(trainer.epochs() + " epochs of " + trainer.batch() + ", "
                + run.optimizers().values().stream()
                        .map(Captions::rule)
                        .distinct()
                        .collect(Collectors.joining(", ")));
        lines.add(String.format(
                Locale.ROOT,
                "seeds %d, %d; %.0f s%s",
                trainer.seed(),
                seed,
                run.seconds(),
                quality(run).isEmpty() ? "" : "; " + quality(run)));
        return lines;
    }

    private static String rule(Optimizer rule) {
        return rule instanceof ClippedWeights clipped
                ? rule(clipped.rule())
                : rule.getClass().getSimpleName() + " "
                        + BigDecimal.valueOf(rule.learningRate())
                                .stripTrailingZeros()
                                .toPlainString();
    }

    /** The numbers among the model's settings, and its data, in lines that fit below a picture. */
    private static List<String> settings(Run run) {
        var numbers = run.provenance().model().getAsJsonObject().entrySet().stream()
                .filter(entry -> entry.getValue().isJsonPrimitive()
                        && entry.getValue().getAsJsonPrimitive().isNumber())
                .map(entry -> entry.getKey() + " "
                        + new BigDecimal(entry.getValue().getAsString())
                                .round(new MathContext(3))
                                .stripTrailingZeros()
                                .toPlainString());
        var lines = new ArrayList<String>();
        Stream.concat(Stream.of(run.provenance().data().name()), numbers).forEach(setting -> {
            int last = lines.size() - 1;
            if (last >= 0 && lines.get(last).length() + setting.length() < WIDTH) {
                lines.set(last, lines.get(last) + ", " + setting);
            } else {
                lines.add(setting);
            }
        });
        return lines;
    }

    /** The last value of what tells how good the model is on held-out data. */
    static String quality(Run run) {
        for (var name : QUALITIES) {
            var series = run.history().find(name, true);
            if (series.isPresent()) {
                var values = series.get().values();
                return name + " " + String.format(Locale.ROOT, "%.3g", values[values.length - 1]);
            }
        }
        return "";
    }
}
