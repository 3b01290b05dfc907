package latent4j.spark;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import latent4j.study.Studied;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** The tables of a study as Parquet. */
public final class Tables {

    private Tables() {}

    /**
     * Writes {@link Studied#runs} and {@link Studied#means} beside the results: {@code runs.parquet} and {@code means.parquet}.
     *
     * @param arguments the study's file and the folder of its results
     */
    public static void main(String[] arguments) {
        Program.run("tables", () -> {
            var folder = Path.of(arguments[1]);
            var studied = Driver.read(Path.of(arguments[0])).read(folder);
            return spark -> {
                for (var table : List.of(studied.runs(), studied.means())) {
                    Parquet.writeFile(
                            spark.createDataset(rows(table), Encoders.row(schema(table))),
                            folder.resolve(table.name() + ".parquet"));
                }
            };
        });
    }

    static StructType schema(Table table) {
        return DataTypes.createStructType(table.columns().stream()
                .map(column -> DataTypes.createStructField(column.name(), type(column), true))
                .toArray(StructField[]::new));
    }

    /** A table's rows, with nothing where a value is missing. */
    static List<Row> rows(Table table) {
        return IntStream.range(0, table.rowCount())
                .mapToObj(i -> RowFactory.create(table.columns().stream()
                        .map(column -> column.isMissing(i) ? null : column.get(i))
                        .toArray()))
                .toList();
    }

    private static DataType type(Column<?> column) {
        var type = column.type();
        if (type.equals(ColumnType.DOUBLE)) {
            return DataTypes.DoubleType;
        } else if (type.equals(ColumnType.LONG)) {
            return DataTypes.LongType;
        } else if (type.equals(ColumnType.INTEGER)) {
            return DataTypes.IntegerType;
        } else if (type.equals(ColumnType.STRING)) {
            return DataTypes.StringType;
        }
        throw new IllegalArgumentException("no column of Parquet for '" + column.name() + "', of type " + type.name());
    }
}
