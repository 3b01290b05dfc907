package latent4j.spark;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Locale;
import latent4j.data.Samples;
import latent4j.tensor.Require;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** How a column holds records. */
public enum Content {
    /** Images as Spark's own image source reads them: a struct with size, channels and a byte a value. */
    IMAGES("image", imageType()) {
        @Override
        Object cell(Samples samples, int i) {
            var shape = samples.shape();
            int channels = (int) shape.get(0);
            int height = (int) shape.get(1);
            int width = (int) shape.get(2);
            var row = samples.row(i);
            var bytes = new byte[row.length];
            for (int c = 0; c < channels; c++) {
                for (int k = 0; k < height * width; k++) { // pixel after pixel, blue first, as in OpenCV
                    bytes[k * channels + channels - 1 - c] = (byte) Math.round(255 * row[c * height * width + k]);
                }
            }
            return RowFactory.create("", height, width, channels, channels == 1 ? GREY_BYTES : BGR_BYTES, bytes);
        }
    },
    /** Values as they are, an array of floats. */
    VALUES("values", DataTypes.createArrayType(DataTypes.FloatType, false)) {
        @Override
        Object cell(Samples samples, int i) {
            return boxed(samples.row(i));
        }
    },
    /** Codes, an array of floats. */
    CODES("code", DataTypes.createArrayType(DataTypes.FloatType, false)) {
        @Override
        Object cell(Samples samples, int i) {
            return boxed(samples.row(i));
        }
    };

    /** OpenCV's CV_8UC1 and CV_8UC3. */
    private static final int GREY_BYTES = 0;

    private static final int BGR_BYTES = 16;

    private final String column;
    private final org.apache.spark.sql.types.DataType type;

    Content(String column, org.apache.spark.sql.types.DataType type) {
        this.column = column;
        this.type = type;
    }

    /**
     * The one of this name, in lower case.
     *
     * @throws IllegalArgumentException naming all
     */
    static Content named(String name) {
        return Arrays.stream(values())
                .filter(content -> content.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("expected images, values or codes, got '" + name + "'"));
    }

    /** The column's name. */
    String column() {
        return column;
    }

    /** The column. */
    StructField field() {
        return DataTypes.createStructField(column, type, false);
    }

    /** Record {@code i} as the column holds it. */
    abstract Object cell(Samples samples, int i);

    /** The values in [0, 1] of a cell of Spark's image source. */
    static float[] values(Row image, Shape shape) {
        int height = image.getInt(image.fieldIndex("height"));
        int width = image.getInt(image.fieldIndex("width"));
        int channels = image.getInt(image.fieldIndex("nChannels"));
        Require.shape(
                "the image " + image.getString(image.fieldIndex("origin")), shape, new Shape(channels, height, width));
        var bytes = (byte[]) image.get(image.fieldIndex("data"));
        var values = new float[bytes.length];
        for (int c = 0; c < channels; c++) {
            for (int k = 0; k < height * width; k++) {
                values[c * height * width + k] = (bytes[k * channels + channels - 1 - c] & 0xff) / 255f;
            }
        }
        return values;
    }

    static Float[] boxed(float[] values) {
        var boxed = new Float[values.length];
        for (int i = 0; i < values.length; i++) {
            boxed[i] = values[i];
        }
        return boxed;
    }

    private static StructType imageType() {
        return DataTypes.createStructType(new StructField[] {
            DataTypes.createStructField("origin", DataTypes.StringType, true),
            DataTypes.createStructField("height", DataTypes.IntegerType, false),
            DataTypes.createStructField("width", DataTypes.IntegerType, false),
            DataTypes.createStructField("nChannels", DataTypes.IntegerType, false),
            DataTypes.createStructField("mode", DataTypes.IntegerType, false),
            DataTypes.createStructField("data", DataTypes.BinaryType, false)
        });
    }
}
