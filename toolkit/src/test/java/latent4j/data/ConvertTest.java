package latent4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConvertTest {

    /** Twelve values a record, so that names need two digits; the second record is all zeros. */
    private static final Samples SAMPLES = Samples.of(new Shape(1, 3, 4), values())
            .withLabels(
                    new int[] {2, 0, 10},
                    IntStream.range(0, 11).mapToObj(Integer::toString).toList());

    private static float[] values() {
        var values = new float[36];
        for (int k = 0; k < 36; k++) {
            values[k] = k < 12 || k >= 24 ? (k % 5) / 4f : 0;
        }
        return values;
    }

    @Test
    void tribuoAndBack() {
        var dataset = Convert.toTribuo(SAMPLES);
        assertEquals(3, dataset.size());
        assertEquals(12, dataset.getFeatureMap().size());
        assertEquals("10", dataset.getExample(2).getOutput().getLabel());
        var back = Convert.fromTribuo(dataset, SAMPLES.shape());
        assertArrayEquals(SAMPLES.toArray(), back.toArray());
        // Only the classes that occur are known to Tribuo, here in numeric order.
        assertEquals(List.of("0", "2", "10"), back.classNames());
        assertArrayEquals(new int[] {1, 0, 2}, back.labels().orElseThrow());
        assertEquals(new Shape(12), Convert.fromTribuo(dataset).shape());
        Refusal.expect(() -> Convert.fromTribuo(dataset, new Shape(7)), "7 features", "got 12");
    }

    @Test
    void tribuoWithoutLabels() {
        var plain = Samples.of(new Shape(2), new float[] {1, 2, -3, 4});
        var back = Convert.fromTribuo(Convert.toTribuo(plain));
        assertTrue(back.labels().isEmpty());
        assertArrayEquals(plain.toArray(), back.toArray());
    }

    @Test
    void djlDatasetGivesTheRecordsInBatches() throws Exception {
        try (var manager = NDManager.newBaseManager()) {
            var dataset = Convert.toDjl(SAMPLES, manager, 2, false);
            assertEquals(3, dataset.size());
            var batches = dataset.getData(manager).iterator();
            var batch = batches.next();
            var data = batch.getData().head();
            assertEquals(new Shape(2, 1, 3, 4), data.getShape());
            assertArrayEquals(SAMPLES.head(2).toArray(), data.toFloatArray());
            assertEquals(DataType.INT64, batch.getLabels().head().getDataType());
            assertArrayEquals(new long[] {2, 0}, batch.getLabels().head().toLongArray());
            batch.close();
            var last = batches.next();
            assertArrayEquals(SAMPLES.row(2), last.getData().head().toFloatArray());
            last.close();
        }
    }

    @Test
    void djlArrayToSamples() {
        try (var manager = NDManager.newBaseManager()) {
            var back = Convert.fromDjl(manager.create(SAMPLES.toArray(), new Shape(3, 1, 3, 4)));
            assertEquals(SAMPLES.shape(), back.shape());
            assertArrayEquals(SAMPLES.toArray(), back.toArray());
            Refusal.expect(() -> Convert.fromDjl(manager.create(new float[3])), "(n, shape of one record)", "(3)");
        }
    }
}
