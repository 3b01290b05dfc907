package latent4j.metric;

import java.util.Arrays;
import java.util.List;
import latent4j.data.Samples;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * What disentanglement is measured on, column by column, checked.
 *
 * @param codes [latent][n]
 * @param factors [factors][n]
 * @param names what the factors are called
 */
record CodesAndFactors(double[][] codes, double[][] factors, List<String> names) {

    /** Fewer make every score a matter of chance. */
    static final int LEAST = 200;

    static CodesAndFactors of(Samples codes, String... chosen) {
        var known = codes.factors()
                .orElseThrow(() -> new IllegalArgumentException("disentanglement is measured against the factors that"
                        + " records were made with, and these codes have none: encode records that do, such as those"
                        + " of Datasets.digitsWithoutSlant()"));
        var factors = chosen.length == 0 ? known : known.only(chosen);
        if (codes.size() < LEAST) {
            throw new IllegalArgumentException("expected at least " + LEAST + " codes, got " + codes.size());
        }
        int latent = (int) codes.shape().size();
        if (latent < 2 || factors.names().size() < 2) {
            throw new IllegalArgumentException("expected codes of at least 2 dimensions and at least 2 factors, got "
                    + latent + " and " + factors.names());
        }
        var z = new double[latent][codes.size()];
        var v = new double[factors.names().size()][codes.size()];
        for (int i = 0; i < codes.size(); i++) {
            var row = codes.row(i);
            for (int j = 0; j < latent; j++) {
                if (!Float.isFinite(row[j])) {
                    throw new IllegalArgumentException("code " + i + " has the value " + row[j] + " in dimension " + j);
                }
                z[j][i] = row[j];
            }
            for (int k = 0; k < v.length; k++) {
                v[k][i] = factors.values()[i][k];
            }
        }
        for (int k = 0; k < v.length; k++) {
            if (isConstant(v[k])) {
                throw new IllegalArgumentException("factor '" + factors.names().get(k) + "' is " + v[k][0] + " in all "
                        + codes.size() + " records: name the factors that vary; there are " + known.names());
            }
        }
        if (Arrays.stream(z).allMatch(CodesAndFactors::isConstant)) {
            throw new IllegalArgumentException("all " + codes.size() + " codes are the same: nothing is encoded");
        }
        return new CodesAndFactors(z, v, factors.names());
    }

    int count() {
        return codes[0].length;
    }

    static boolean isConstant(double[] values) {
        return Arrays.stream(values).allMatch(value -> value == values[0]);
    }

    /** The greatest of a column less the next one. */
    static double gap(double[][] scores, int column) {
        double first = Double.NEGATIVE_INFINITY;
        double second = Double.NEGATIVE_INFINITY;
        for (var row : scores) {
            if (row[column] > first) {
                second = first;
                first = row[column];
            } else {
                second = Math.max(second, row[column]);
            }
        }
        return first - second;
    }

    /** Numbers of each code's dimension and each factor as a table, a dimension a row. */
    static Table table(String name, List<String> factors, double[][] numbers) {
        var table = Table.create(name, IntColumn.create("code"));
        factors.forEach(factor -> table.addColumns(DoubleColumn.create(factor)));
        for (int j = 0; j < numbers.length; j++) {
            table.intColumn("code").append(j);
            for (int k = 0; k < factors.size(); k++) {
                table.doubleColumn(factors.get(k)).append(numbers[j][k]);
            }
        }
        return table;
    }
}
