package latent4j.plot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Tablesaw's tables as HTML, and out of files. */
public final class Tables {

    private static final int ROWS = 25;

    private Tables() {}

    /** A table that was kept in a file, in UTF-8; left to guess, Tablesaw takes a text of few letters beyond ASCII for Latin. */
    public static Table csv(Path file) {
        try (var reader = Files.newBufferedReader(file)) {
            return Table.read().csv(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The table's first 25 rows, with a note where there are more; a column's numbers have as many decimals each, those from
     * 10⁷ on an exponent.
     */
    public static String html(Table table) {
        int shown = Math.min(ROWS, table.rowCount());
        var columns = table.columns().stream().map(c -> cells(c, shown)).toList();
        var html = new StringBuilder("<table>");
        html.append("<thead><tr>");
        for (var column : table.columns()) {
            html.append(cell("th", column, escape(column.name())));
        }
        html.append("</tr></thead><tbody>");
        for (int row = 0; row < shown; row++) {
            html.append("<tr>");
            for (int c = 0; c < columns.size(); c++) {
                html.append(cell("td", table.column(c), columns.get(c)[row]));
            }
            html.append("</tr>");
        }
        html.append("</tbody></table>");
        if (shown < table.rowCount()) {
            html.append("<p>The first ")
                    .append(shown)
                    .append(" of ")
                    .append(table.rowCount())
                    .append(" rows.</p>");
        }
        return html.toString();
    }

    /** The text with the characters that HTML gives a meaning replaced. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String cell(String tag, Column<?> column, String content) {
        var align = column instanceof NumericColumn ? "right" : "left";
        return "<" + tag + " style=\"text-align:" + align + "\">" + content + "</" + tag + ">";
    }

    private static String[] cells(Column<?> column, int rows) {
        if (column instanceof DoubleColumn || column instanceof FloatColumn) { // two objects may be the type DOUBLE
            var numbers = (NumericColumn<?>) column;
            var values =
                    IntStream.range(0, rows).mapToDouble(numbers::getDouble).toArray();
            int decimals = decimals(values);
            return IntStream.range(0, rows)
                    .mapToObj(i -> column.isMissing(i) ? "–" : number(values[i], decimals))
                    .toArray(String[]::new);
        }
        return IntStream.range(0, rows)
                .mapToObj(i -> column.isMissing(i) ? "–" : escape(column.getString(i)))
                .toArray(String[]::new);
    }

    private static String number(double value, int decimals) {
        return value == 0 && decimals < 0 ? "0" : Numbers.fixed(value, Math.abs(value) < Numbers.HUGE ? decimals : -1);
    }

    /**
     * Those that suit the greatest number without an exponent, less zeros at the end of all: one that ran away does not spoil
     * the others.
     */
    private static int decimals(double[] values) {
        var sizes = Arrays.stream(values)
                .map(Math::abs)
                .filter(v -> v < Numbers.HUGE)
                .toArray();
        if (Arrays.stream(sizes).allMatch(v -> v == Math.rint(v))) {
            return 0;
        }
        int most = Numbers.decimals(Arrays.stream(sizes).max().orElseThrow(), 5);
        return most < 0
                ? most
                : Arrays.stream(sizes)
                        .mapToInt(v -> new BigDecimal(Numbers.fixed(v, most))
                                .stripTrailingZeros()
                                .scale())
                        .reduce(0, Math::max);
    }
}
