package latent4j.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What was measured while training: named series over epochs, on training and on held-out data. */
public final class History {

    private final Map<String, Growing> series = new LinkedHashMap<>();

    /**
     * One quantity over time.
     *
     * @param name what was measured, such as {@code negative ELBO}
     * @param unit its unit, such as {@code nats}; empty for a pure number
     * @param validation whether it was measured on held-out data
     * @param epochs when, in epochs (2.5: in the middle of the third)
     * @param values the values
     */
    public record Series(String name, String unit, boolean validation, double[] epochs, double[] values) {

        /** The value measured last. */
        public double last() {
            if (values.length == 0) {
                throw new IllegalStateException("series " + name + " is empty");
            }
            return values[values.length - 1];
        }

        /** The mean of what was measured since then, in epochs; of nothing, the value measured last. */
        public double meanSince(double epoch) {
            double sum = 0;
            int count = 0;
            for (int i = values.length - 1; i >= 0 && epochs[i] >= epoch; i--) {
                sum += values[i];
                count++;
            }
            return count == 0 ? last() : sum / count;
        }
    }

    /** The series of an objective's gradient norms, see {@link latent4j.nn.GradientClip#measured}. */
    public static String gradientNorm(String objective) {
        return "gradient norm of " + objective;
    }

    static History of(List<Series> series) {
        var history = new History();
        history.addAll(series);
        return history;
    }

    /** Adds all values of these series. */
    void addAll(List<Series> series) {
        for (var s : series) {
            if (s.epochs.length != s.values.length) {
                throw new IllegalArgumentException(
                        "series " + s.name + " has " + s.epochs.length + " epochs for " + s.values.length + " values");
            }
            for (int i = 0; i < s.values.length; i++) {
                add(s.name, s.unit, s.validation, s.epochs[i], s.values[i]);
            }
        }
    }

    /** Notes one value; the trainer calls this. */
    public synchronized void add(String name, String unit, boolean validation, double epoch, double value) {
        series.computeIfAbsent(key(name, validation), k -> new Growing(name, unit, validation))
                .add(epoch, value);
    }

    /** All series, in the order in which they began. */
    public synchronized List<Series> series() {
        return series.values().stream().map(Growing::snapshot).toList();
    }

    /** The series of this name measured on training data. */
    public Series training(String name) {
        return get(name, false);
    }

    /** The series of this name measured on held-out data. */
    public Series validation(String name) {
        return get(name, true);
    }

    /** The series of this name, or none; training data or held-out data. */
    public synchronized Optional<Series> find(String name, boolean validation) {
        return Optional.ofNullable(series.get(key(name, validation))).map(Growing::snapshot);
    }

    /** The same with each training series as its means over so many epochs at a time, each at the first of its times. */
    History thinned(double epochs) {
        var thinned = new History();
        for (var s : series()) {
            int from = 0;
            while (from < s.values.length) {
                long window = window(s, from, epochs);
                int to = from + 1;
                double sum = s.values[from];
                while (!s.validation && to < s.values.length && window(s, to, epochs) == window) {
                    sum += s.values[to++];
                }
                thinned.add(s.name, s.unit, s.validation, s.epochs[from], sum / (to - from));
                from = to;
            }
        }
        return thinned;
    }

    private static long window(Series series, int i, double epochs) {
        return (long) Math.floor(series.epochs[i] / epochs + 1e-9);
    }

    /** All values as one table with the columns series, data, unit, epoch and value. */
    public Table toTable() {
        var name = StringColumn.create("series");
        var data = StringColumn.create("data");
        var unit = StringColumn.create("unit");
        var epoch = DoubleColumn.create("epoch");
        var value = DoubleColumn.create("value");
        for (var s : series()) {
            for (int i = 0; i < s.values().length; i++) {
                name.append(s.name());
                data.append(s.validation() ? "held-out" : "training");
                unit.append(s.unit());
                epoch.append(s.epochs()[i]);
                value.append(s.values()[i]);
            }
        }
        return Table.create("history", name, data, unit, epoch, value);
    }

    private Series get(String name, boolean validation) {
        return find(name, validation)
                .orElseThrow(() -> new IllegalArgumentException("no series '" + name + "' on "
                        + (validation ? "held-out" : "training") + " data; there are "
                        + series().stream()
                                .map(s -> "'" + s.name() + "'" + (s.validation() ? " (held-out)" : ""))
                                .toList()));
    }

    private static String key(String name, boolean validation) {
        return (validation ? "held-out " : "training ") + name;
    }

    private static final class Growing {
        private final String name;
        private final String unit;
        private final boolean validation;
        private double[] epochs = new double[256];
        private double[] values = new double[256];
        private int size;

        Growing(String name, String unit, boolean validation) {
            this.name = name;
            this.unit = unit;
            this.validation = validation;
        }

        void add(double epoch, double value) {
            if (size == values.length) {
                epochs = Arrays.copyOf(epochs, size * 2);
                values = Arrays.copyOf(values, size * 2);
            }
            epochs[size] = epoch;
            values[size++] = value;
        }

        Series snapshot() {
            return new Series(name, unit, validation, Arrays.copyOf(epochs, size), Arrays.copyOf(values, size));
        }
    }
}
