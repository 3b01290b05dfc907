package latent4j.spark;

import org.apache.spark.sql.SparkSession;

/** Counts rows of images, and digests the first ones whatever their order. */
public final class RowDigest {

    private RowDigest() {}

    /** {@code FOLDER FIRST}: prints how many rows and different ids there are, and a digest of the rows with id below FIRST. */
    public static void main(String[] arguments) {
        var spark = SparkSession.builder().getOrCreate();
        var row = spark.read()
                .parquet(arguments[0])
                .selectExpr(
                        "count(*)",
                        "count(distinct id)",
                        "sum(if(id < " + arguments[1] + ", crc32(image.data) * (id + 1), 0))")
                .head();
        System.out.println("rows " + row.get(0) + " " + row.get(1) + " " + row.get(2));
        spark.stop();
    }
}
