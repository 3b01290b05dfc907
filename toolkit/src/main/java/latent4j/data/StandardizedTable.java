package latent4j.data;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Numeric columns as records with mean 0 and standard deviation 1, and the way back: {@code z = (x -
 * mean) / sd}, {@code x = mean + sd z}, where mean and sd are those of the training rows.
 *
 * @param dataset the standardised rows, of shape {@code (columns)}
 * @param columns the columns' names
 * @param mean each column's mean, in the column's unit
 * @param sd each column's standard deviation (divided by n), in the column's unit
 */
public record StandardizedTable(Dataset dataset, List<String> columns, double[] mean, double[] sd) {

    public StandardizedTable {
        columns = List.copyOf(columns);
        mean = mean.clone();
        sd = sd.clone();
    }

    /** Each column's mean, in the column's unit. */
    @Override
    public double[] mean() {
        return mean.clone();
    }

    /** Each column's standard deviation, in the column's unit. */
    @Override
    public double[] sd() {
        return sd.clone();
    }

    /** Records of this shape, such as samples of a model, as a table in the columns' own units. */
    public Table toTable(Samples standardized) {
        if (!standardized.shape().equals(dataset.shape())) {
            throw new IllegalArgumentException(
                    "expected records of shape " + dataset.shape() + " " + columns + ", got " + standardized.shape());
        }
        var restored = new ArrayList<Column<?>>();
        for (int k = 0; k < columns.size(); k++) {
            var values = new double[standardized.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = mean[k] + sd[k] * standardized.value(i, k);
            }
            restored.add(DoubleColumn.create(columns.get(k), values));
        }
        return Table.create(dataset.name(), restored);
    }

    static StandardizedTable of(Table table, double heldOut, long seed, List<String> names) {
        var chosen = names.isEmpty() ? numeric(table) : names;
        if (chosen.isEmpty() || table.rowCount() == 0) {
            throw new IllegalArgumentException(
                    table.name() + ": expected at least one numeric column and one row, found " + chosen.size()
                            + " numeric columns and " + table.rowCount() + " rows");
        }
        int n = table.rowCount();
        int d = chosen.size();
        var raw = new double[d][];
        for (int k = 0; k < d; k++) {
            raw[k] = column(table, chosen.get(k));
        }
        var split = Split.of(n, heldOut, seed);
        var mean = new double[d];
        var sd = new double[d];
        var values = new float[Math.multiplyExact(n, d)];
        for (int k = 0; k < d; k++) {
            var column = raw[k];
            double sum = 0;
            for (int i : split.train()) {
                sum += column[i];
            }
            double centre = sum / split.train().length;
            double squares = 0;
            for (int i : split.train()) {
                squares += (column[i] - centre) * (column[i] - centre);
            }
            mean[k] = centre;
            sd[k] = Math.sqrt(squares / split.train().length);
            if (!(sd[k] > 0)) {
                throw new IllegalArgumentException(
                        table.name() + ": column '" + chosen.get(k) + "' has the same value ("
                                + column[0] + ") in all " + split.train().length
                                + " training rows, so that it cannot be standardised; leave it out");
            }
            for (int i = 0; i < n; i++) {
                values[i * d + k] = (float) ((column[i] - mean[k]) / sd[k]);
            }
        }
        var all = Samples.of(new Shape(d), values);
        var dataset = new Dataset(table.name(), all.rows(split.train()), all.rows(split.test()));
        return new StandardizedTable(dataset, chosen, mean, sd);
    }

    private static List<String> numeric(Table table) {
        return table.columns().stream()
                .filter(column -> column instanceof NumericColumn)
                .map(Column::name)
                .toList();
    }

    private static double[] column(Table table, String name) {
        if (!table.containsColumn(name)) {
            throw new IllegalArgumentException(
                    table.name() + ": no column '" + name + "'; there are " + table.columnNames());
        }
        var column = table.column(name);
        if (!(column instanceof NumericColumn<?> numbers)) {
            throw new IllegalArgumentException(table.name() + ": expected numbers in column '" + name + "', found "
                    + column.type().name() + "; the numeric columns are " + numeric(table));
        }
        return IntStream.range(0, numbers.size())
                .mapToDouble(row -> {
                    double value = numbers.getDouble(row);
                    if (numbers.isMissing(row) || !Double.isFinite(value)) {
                        throw new IllegalArgumentException(
                                table.name() + ": expected a number in column '" + name
                                        + "', found " + (numbers.isMissing(row) ? "a missing value" : value)
                                        + " in row " + row
                                        + " (counted from 0); drop such rows, for example with table.dropRowsWithMissingValues()");
                    }
                    return value;
                })
                .toArray();
    }
}
