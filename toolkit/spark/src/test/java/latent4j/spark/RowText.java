package latent4j.spark;

import org.apache.spark.sql.SparkSession;

/** Rows of Parquet as text. */
public final class RowText {

    private RowText() {}

    /** {@code PARQUET}: prints the schema and each row as JSON. */
    public static void main(String[] arguments) {
        var spark = SparkSession.builder().getOrCreate();
        var rows = spark.read().parquet(arguments[0]);
        System.out.println("schema " + rows.schema().simpleString());
        rows.toJSON().collectAsList().forEach(row -> System.out.println("row " + row));
        spark.stop();
    }
}
