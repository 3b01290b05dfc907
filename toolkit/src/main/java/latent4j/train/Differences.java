package latent4j.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import latent4j.train.History.Series;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** In what two runs differ. */
final class Differences {

    private Differences() {}

    /** All of them, settings first, as a table. */
    static Table table(Run here, Run there) {
        var all = new ArrayList<>(here.provenance().differences(there.provenance()));
        figure("state", here, there, Run::state).ifPresent(all::add);
        figure("steps", here, there, Run::steps).ifPresent(all::add);
        figure("seconds", here, there, Run::seconds).ifPresent(all::add);
        figure("weights", here, there, Run::weights).ifPresent(all::add);
        for (var key : series(here, there)) {
            firstOf(key, here, there).ifPresent(first -> {
                all.add(first.difference);
                figure(key.words() + ", last value", here, there, run -> key.of(run)
                                .map(Series::last)
                                .orElse(null))
                        .ifPresent(all::add);
            });
        }
        return Table.create(
                "differences",
                StringColumn.create("name", all.stream().map(Difference::name).toList()),
                StringColumn.create("this", all.stream().map(Difference::here).toList()),
                StringColumn.create("other", all.stream().map(Difference::there).toList()));
    }

    /** The first value in which the histories differ, or else the weights; nothing where both are the same. */
    static Optional<Difference> first(Run here, Run there) {
        return series(here, there).stream()
                .flatMap(key -> firstOf(key, here, there).stream())
                .min(Comparator.comparingDouble(First::epoch))
                .map(First::difference)
                .or(() -> figure("steps", here, there, Run::steps))
                .or(() -> figure("weights at the end", here, there, Run::weights));
    }

    /** Which series: a name, on training or on held-out data. */
    record Key(String name, boolean validation) {

        Optional<Series> of(Run run) {
            return run.history().find(name, validation);
        }

        String words() {
            return name + (validation ? " on held-out data" : " on training data");
        }
    }

    /** The series of either, in their order. */
    static List<Key> series(Run here, Run there) {
        var keys = new LinkedHashSet<Key>();
        for (var run : List.of(here, there)) {
            run.history().series().forEach(s -> keys.add(new Key(s.name(), s.validation())));
        }
        return List.copyOf(keys);
    }

    private record First(double epoch, Difference difference) {}

    private static Optional<First> firstOf(Key key, Run here, Run there) {
        var first = key.of(here);
        var second = key.of(there);
        int n = Math.max(length(first), length(second));
        for (int i = 0; i < n; i++) {
            var a = point(first, i);
            var b = point(second, i);
            if (!a.equals(b)) {
                var epoch = (i < length(first) ? first : second).get().epochs()[i];
                var run = i < length(first) ? here : there;
                var difference = new Difference(key.words() + ", " + when(key, epoch, run), a, b);
                return Optional.of(new First(epoch, difference));
            }
        }
        return Optional.empty();
    }

    private static int length(Optional<Series> series) {
        return series.map(s -> s.values().length).orElse(0);
    }

    /** A value as text, which is the same for the same bits only. */
    private static String point(Optional<Series> series, int i) {
        return i < length(series) ? String.valueOf(series.get().values()[i]) : "none";
    }

    private static String when(Key key, double epoch, Run run) {
        int stepsPerEpoch = run.provenance().data().training() / run.trainer().batch();
        return key.validation
                ? String.format(Locale.ROOT, "after epoch %.0f", epoch)
                : String.format(Locale.ROOT, "step %d (epoch %.2f)", Math.round(epoch * stepsPerEpoch), epoch);
    }

    private static Optional<Difference> figure(String name, Run here, Run there, Function<Run, Object> figure) {
        var difference = new Difference(name, text(figure.apply(here)), text(figure.apply(there)));
        return difference.here().equals(difference.there()) ? Optional.empty() : Optional.of(difference);
    }

    private static String text(Object value) {
        return value == null ? "none" : value.toString();
    }
}
