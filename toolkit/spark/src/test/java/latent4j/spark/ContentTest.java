package latent4j.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import latent4j.data.Samples;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

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
    void ofAChainOfErrorsOurOwnWordsAreTold() {
        assertEquals("ours", Program.reason(new RuntimeException("theirs", new IllegalStateException("ours"))));
        var lost = new SparkException(
                "Job aborted: Lost task 0.0: java.lang.IllegalArgumentException: the column is wrong,\n"
                        + "as said\n\tat latent4j.Some.method\n\nDriver stacktrace:");
        assertEquals("the column is wrong,\nas said", Program.reason(lost));
        assertEquals("SparkException: boom", Program.reason(new SparkException("boom\n\nDriver stacktrace: …")));
    }
}
