package latent4j.spark;

import ai.djl.ndarray.types.Shape;
import java.io.Serializable;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import latent4j.data.Colour;
import latent4j.data.ImageFile;
import latent4j.data.Samples;
import latent4j.tensor.Require;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Records of Spark as those of a model, read by partition.
 *
 * @param column which column has them
 * @param shape of one record
 */
record Records(String column, long[] shape) implements Serializable {

    static final String PATH = "path";

    private static final String CONTENT = "content";

    /** How many parts the files are read in, at least: not by how many executors there are, so that seeds mean the same anywhere. */
    private static final int PARTS = 64;

    /**
     * Records of a folder: of Parquet files, or of images, of any size. The name of an image's sub-folder becomes the column {@code
     * class}.
     *
     * @throws IllegalArgumentException if there is neither
     */
    static Dataset<Row> read(SparkSession spark, String folder) {
        if (!Parquet.isElsewhere(folder) && !Files.exists(Parquet.path(folder))) {
            throw new IllegalArgumentException("there is no folder " + Parquet.path(folder));
        }
        spark.conf().set("spark.sql.files.minPartitionNum", PARTS);
        spark.conf().set("spark.sql.files.maxPartitionBytes", 1L << 30);
        spark.conf().set("spark.sql.files.openCostInBytes", 1L << 16);
        var files = spark.read()
                .format("binaryFile")
                .option("recursiveFileLookup", "true")
                .load(folder)
                .select(PATH);
        if (files.filter(functions.col(PATH).endsWith(".parquet")).isEmpty()) {
            var images = spark.read()
                    .format("binaryFile")
                    .option("recursiveFileLookup", "true")
                    .option("pathGlobFilter", "*.{png,jpg,jpeg,gif,bmp,PNG,JPG,JPEG,GIF,BMP}")
                    .load(folder)
                    .select(
                            functions.col(PATH),
                            functions
                                    .nullif(
                                            functions.regexp_extract(functions.col(PATH), classOf(folder), 1),
                                            functions.lit(""))
                                    .as("class"),
                            functions.col(CONTENT));
            if (images.isEmpty()) {
                throw new IllegalArgumentException("expected Parquet files or images in " + folder + ", found neither");
            }
            return images;
        }
        return spark.read().parquet(folder);
    }

    /** A pattern whose first group is the folder of an image below this one. */
    static String classOf(String folder) {
        var root = Parquet.isElsewhere(folder)
                ? folder.replaceFirst("^[^/]*:(//[^/]*)?", "").replaceFirst("/+$", "")
                : Parquet.path(folder).toString();
        return Pattern.quote(root) + "/(?:.*/)?([^/]+)/[^/]+$";
    }

    /**
     * The reader of the column that has records.
     *
     * @param shape the model's
     * @throws IllegalArgumentException naming the columns, if none has
     */
    static Records of(StructType schema, Shape shape) {
        var names = Arrays.asList(schema.fieldNames());
        for (var name : List.of(Content.IMAGES.column(), Content.VALUES.column(), CONTENT)) {
            if (names.contains(name)) {
                var type = schema.apply(name).dataType();
                boolean fits =
                        switch (name) {
                            case "image" -> type instanceof StructType;
                            case "values" ->
                                type instanceof ArrayType array
                                        && array.elementType().equals(DataTypes.FloatType);
                            default -> type.equals(DataTypes.BinaryType);
                        };
                if (!fits) {
                    throw new IllegalArgumentException("the column '" + name + "' must be "
                            + (name.equals("image")
                                    ? "as Spark's image source makes it"
                                    : name.equals("values") ? "an array of floats" : "an image file's bytes")
                            + ", is " + type.simpleString());
                }
                return new Records(name, shape.getShape());
            }
        }
        throw new IllegalArgumentException(
                "expected a column image (as Spark's image source has it), values (an array of"
                        + " floats) or content (image files), found " + names);
    }

    /** The next rows, at most n. */
    List<Row> take(Iterator<Row> rows, int n) {
        var taken = new ArrayList<Row>();
        while (taken.size() < n && rows.hasNext()) {
            taken.add(rows.next());
        }
        return taken;
    }

    /** The records of some rows. */
    Samples samples(List<Row> rows) {
        var of = new Shape(shape);
        var samples = together(rows.stream().map(row -> values(row, of)).toList(), of);
        samples.requireValid("the column " + column);
        return samples;
    }

    /** Records of one shape, one after the other. */
    static Samples together(List<float[]> records, Shape shape) {
        int d = (int) shape.size();
        var values = new float[Math.multiplyExact(records.size(), d)];
        for (int i = 0; i < records.size(); i++) {
            System.arraycopy(records.get(i), 0, values, i * d, d);
        }
        return Samples.of(shape, values);
    }

    float[] values(Row row, Shape of) {
        int k = row.fieldIndex(column);
        if (column.equals(Content.IMAGES.column())) {
            return Content.values(row.getStruct(k), of);
        } else if (column.equals(CONTENT)) {
            int channels = (int) of.get(0);
            return ImageFile.read(
                    Arrays.asList(row.schema().fieldNames()).contains(PATH) ? row.getAs(PATH) : "an image",
                    (byte[]) row.get(k),
                    (int) of.get(1),
                    (int) of.get(2),
                    channels == 1 ? Colour.GREY : Colour.RGB);
        }
        List<Float> cell = row.getList(k);
        Require.shape("a record of the column values", new Shape(of.size()), new Shape(cell.size()));
        var values = new float[cell.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = cell.get(i);
        }
        return values;
    }
}
