package latent4j.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import latent4j.data.Samples;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What the programs make of rows and errors, without a cluster. */
class ContentTest {

    /** Two pixels, red and a dark blue-green, as OpenCV and Spark's image source have them: blue, green, red. */
    @Test
    void anImageIsBytesBlueFirst() {
        var shape = new Shape(3, 1, 2);
        var samples = Samples.of(shape, new float[] {1, 0, 0, 0.2f, 0, 0.4f});
        var cell = (Row) Content.IMAGES.cell(samples, 0);
        assertEquals(1, cell.getInt(1));
        assertEquals(2, cell.getInt(2));
        assertEquals(3, cell.getInt(3));
        assertEquals(16, cell.getInt(4));
        assertArrayEquals(new byte[] {0, 0, (byte) 255, 102, 51, 0}, (byte[]) cell.get(5));
    }

    @Test
    void valuesAreAsTheyWere() {
        var samples = Samples.of(new Shape(2), new float[] {0.1f, -3, 2, 0.25f});
        assertArrayEquals(new Float[] {2f, 0.25f}, (Float[]) Content.VALUES.cell(samples, 1));
    }

    @Test
    void wordsThatAreNoneNameAll() {
        assertEquals(Content.CODES, Content.named("codes"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Content.named("pictures"))
                .getMessage()
                .contains("images, values or codes"));
        assertEquals(1, Score.By.named("elbo").codes());
        assertEquals(500, Score.By.named("likelihood:500").codes());
        assertThrows(IllegalArgumentException.class, () -> Score.By.named("likelihood:0"));
    }

    @Test
    void theColumnOfRecordsIsFoundOrAllAreNamed() {
        var floats = DataTypes.createStructField("values", DataTypes.createArrayType(DataTypes.FloatType), false);
        var id = DataTypes.createStructField("id", DataTypes.LongType, false);
        var shape = new Shape(2);
        assertEquals(
                "values",
                Records.of(new StructType(new StructField[] {id, floats}), shape)
                        .column());
        var error = assertThrows(
                IllegalArgumentException.class, () -> Records.of(new StructType(new StructField[] {id}), shape));
        assertTrue(error.getMessage().contains("found [id]"), error.getMessage());
        var text = DataTypes.createStructField("values", DataTypes.StringType, false);
        error = assertThrows(
                IllegalArgumentException.class, () -> Records.of(new StructType(new StructField[] {text}), shape));
        assertTrue(error.getMessage().contains("must be an array of floats, is string"), error.getMessage());
    }

    @Test
    void theClassOfAnImageIsItsFolder() {
        assertEquals("dogs", classOf("/data/my (pets)", "file:/data/my (pets)/dogs/a.png"));
        assertEquals("small", classOf("/data/my (pets)/", "file:/data/my (pets)/dogs/small/a.png"));
        assertNull(classOf("/data/my (pets)", "file:/data/my (pets)/a.png"));
        assertEquals("cats", classOf("hdfs://host:9000/pets/", "hdfs://host:9000/pets/cats/a.png"));
        assertNull(classOf("hdfs:///pets", "hdfs://host:9000/pets/a.png"));
    }

    private static String classOf(String folder, String path) {
        var matcher = Pattern.compile(Records.classOf(folder)).matcher(path);
        return matcher.find() ? matcher.group(1) : null;
    }

    @Test
    void classesBecomeLabelsInOrder() {
        assertEquals(List.of("2", "10"), labelled("10", "2", "10").classNames());
        assertArrayEquals(
                new int[] {1, 0, 1}, labelled("10", "2", "10").labels().orElseThrow());
        assertEquals(List.of("10", "2", "cats"), labelled("cats", "2", "10").classNames());
        assertTrue(labelled(null, null).labels().isEmpty());
        var error = assertThrows(IllegalArgumentException.class, () -> labelled("cats", null));
        assertTrue(error.getMessage().contains("records of cats and others without one"), error.getMessage());
    }

    private static Samples labelled(String... labels) {
        var records = Arrays.stream(labels)
                .map(label -> new TrainingData.Record(new float[1], label, null))
                .toList();
        return TrainingData.labelled(Samples.of(new Shape(1), new float[labels.length]), records);
    }

    @Test
    void aTableHasItsColumnsAndNothingWhereAValueIsMissing() {
        var table = Table.create(
                "table",
                DoubleColumn.create("log p(x)", new double[] {1.5, Double.NaN}),
                LongColumn.create("seed", new long[] {1, 2}),
                IntColumn.create("n", new int[] {3, 4}),
                StringColumn.create("reason", "", "none"));
        assertEquals(
                "struct<log p(x):double,seed:bigint,n:int,reason:string>",
                Tables.schema(table).simpleString());
        assertEquals(
                List.of(RowFactory.create(1.5, 1L, 3, null), RowFactory.create(null, 2L, 4, "none")),
                Tables.rows(table));
    }

    @Test
    void ofAChainOfErrorsOurOwnWordsAreTold() {
        assertEquals("ours", Program.reason(new RuntimeException("theirs", new IllegalStateException("ours"))));
        var lost = new SparkException(
                "Job aborted: Lost task 0.0: java.lang.IllegalArgumentException: the column is wrong,\n"
                        + "as said\n\tat latent4j.Some.method\n\nDriver stacktrace:");
        assertEquals("the column is wrong,\nas said", Program.reason(lost));
        assertEquals("SparkException: boom", Program.reason(new SparkException("boom\n\nDriver stacktrace: …")));
    }
}
