package latent4j.metric;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A number that says something of a model, with all that a reader needs to judge it.
 *
 * @param name what was measured and on what, such as {@code Fréchet distance (digits-cnn)}
 * @param value the number
 * @param unit its unit, such as {@code nats}; empty for a pure number
 * @param better which way is better
 * @param interval where the number lies if measured again, where that was found out
 * @param floor what it is compared with, where that was measured at the same counts: of samples what perfect ones would reach,
 *     of a score what chance reaches; the protocol says which
 * @param count how many samples it is made from
 * @param protocol how it was measured, in words
 */
public record Measure(
        String name,
        double value,
        String unit,
        Better better,
        Optional<Interval> interval,
        OptionalDouble floor,
        long count,
        String protocol) {

    /** Which way a number is better. */
    public enum Better {
        /** The less, the better: a distance, an error, −log p(x). */
        LOWER,
        /** The more, the better: a share, an accuracy. */
        HIGHER,
        /** It describes and does not judge: active units, a rate. */
        NEITHER
    }

    /**
     * Where a number lies.
     *
     * @param low the lower end
     * @param high the upper end
     * @param level how often such an interval holds the number, such as 0.95
     * @param how how it was found, such as {@code 10 fresh draws}
     */
    public record Interval(double low, double high, double level, String how) {

        public Interval {
            if (!(low <= high)) {
                throw new IllegalArgumentException("an interval needs low <= high, got " + low + " and " + high);
            }
        }
    }

    /** A bare number; {@link #within}, {@link #above} and {@link #by} say the rest. */
    public static Measure of(String name, double value, String unit, Better better, long count) {
        return new Measure(name, value, unit, better, Optional.empty(), OptionalDouble.empty(), count, "");
    }

    /** The same with its interval. */
    public Measure within(Interval interval) {
        return new Measure(name, value, unit, better, Optional.of(interval), floor, count, protocol);
    }

    /** The same with what it is compared with. */
    public Measure above(double floor) {
        return new Measure(name, value, unit, better, interval, OptionalDouble.of(floor), count, protocol);
    }

    /** The same with how it was measured. */
    public Measure by(String protocol) {
        return new Measure(name, value, unit, better, interval, floor, count, protocol);
    }

    /** Measures as a table, one a row: measure, value, unit, low, high, floor, count, protocol. */
    public static Table table(List<Measure> measures) {
        var name = StringColumn.create("measure");
        var value = DoubleColumn.create("value");
        var unit = StringColumn.create("unit");
        var low = DoubleColumn.create("low");
        var high = DoubleColumn.create("high");
        var floor = DoubleColumn.create("floor");
        var count = LongColumn.create("count");
        var protocol = StringColumn.create("protocol");
        for (var measure : measures) {
            name.append(measure.name);
            value.append(measure.value);
            unit.append(measure.unit);
            measure.interval.ifPresentOrElse(i -> low.append(i.low), low::appendMissing);
            measure.interval.ifPresentOrElse(i -> high.append(i.high), high::appendMissing);
            measure.floor.ifPresentOrElse(floor::append, floor::appendMissing);
            count.append(measure.count);
            protocol.append(measure.protocol);
        }
        return Table.create("measures", name, value, unit, low, high, floor, count, protocol);
    }

    /** {@code Fréchet distance (digits-cnn) 3.21 [3.02, 3.40], floor 0.412, from 2,000 samples: protocol}. */
    @Override
    public String toString() {
        var text = new StringBuilder(name).append(' ').append(number(value));
        text.append(unit.isEmpty() ? "" : " " + unit);
        interval.ifPresent(i -> text.append(" [" + number(i.low) + ", " + number(i.high) + "]"));
        floor.ifPresent(f -> text.append(", floor " + number(f)));
        text.append(String.format(Locale.ROOT, ", from %,d samples", count));
        return text + (protocol.isEmpty() ? "" : ": " + protocol);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 1000 ? "%,.0f" : "%.4g", value);
    }
}
