package latent4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplesTest {

    private static final Samples THREE = Samples.of(new Shape(2), new float[] {1, 2, 3, 4, 5, 6.5f})
            .withLabels(new int[] {0, 2, 0}, List.of("cat", "dog", "cow"))
            .withFactors(new Samples.Factors(List.of("size"), new float[][] {{0.5f}, {1}, {2}}));

    @Test
    void rowsKeepLabelsNamesAndFactors() {
        var chosen = THREE.rows(2, 1);
        assertArrayEquals(new float[] {5, 6.5f, 3, 4}, chosen.toArray());
        assertArrayEquals(new int[] {0, 2}, chosen.labels().orElseThrow());
        assertArrayEquals(new float[] {2, 1}, chosen.factors().orElseThrow().column("size"));
        assertEquals(List.of("cat", "dog", "cow"), chosen.classNames());
        assertEquals(3, chosen.head(1).classes());
        assertArrayEquals(new float[] {1, 2, 5, 6.5f}, THREE.ofClass(0).toArray());
    }

    @Test
    void classesAreCountedFromTheGreatestLabelUnlessNamed() {
        var plain = Samples.of(new Shape(1), new float[] {1, 2});
        assertEquals(0, plain.classes());
        assertEquals(5, plain.withLabels(new int[] {1, 4}).classes());
        assertEquals("4", plain.withLabels(new int[] {1, 4}).classNames().get(4));
    }

    @Test
    void hashSeesValuesLabelsAndShape() {
        var values = new float[] {0.25f, 0.5f, 0.75f, 1};
        var samples = Samples.of(new Shape(2), values.clone());
        assertEquals(samples.hash(), Samples.of(new Shape(2), values.clone()).hash());
        assertEquals(64, samples.hash().length());
        assertNotEquals(samples.hash(), Samples.of(new Shape(4), values.clone()).hash());
        assertNotEquals(
                samples.hash(), Samples.of(new Shape(1, 2), values.clone()).hash());
        assertNotEquals(samples.hash(), samples.withLabels(new int[] {0, 0}).hash());
        assertNotEquals(
                samples.withLabels(new int[] {0, 1}).hash(),
                samples.withLabels(new int[] {1, 0}).hash());
        values[3] = Math.nextDown(1f);
        assertNotEquals(samples.hash(), Samples.of(new Shape(2), values).hash());
    }

    @Test
    void hashIsTheSha256OfLittleEndianBytes() throws Exception {
        var bytes = java.nio.ByteBuffer.allocate(3 * 8 + 4 + 8 + 4).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(1).putLong(1).putLong(1).putFloat(0.5f).putLong(1).putInt(3);
        var expected = java.security.MessageDigest.getInstance("SHA-256").digest(bytes.array());
        var samples = Samples.of(new Shape(1), new float[] {0.5f}).withLabels(new int[] {3});
        assertEquals(java.util.HexFormat.of().formatHex(expected), samples.hash());
    }

    @Test
    void tableHasLabelFactorsAndValues() {
        var table = THREE.toTable();
        assertEquals(List.of("label", "size", "x0", "x1"), table.columnNames());
        assertEquals(6.5, ((Number) table.get(2, 3)).doubleValue());
        assertEquals(2, table.intColumn("label").get(1));
        assertTrue(Samples.of(new Shape(1, 1, 2), new float[] {0, 1})
                .toTable()
                .columnNames()
                .contains("pixel1"));
    }

    @Test
    void csvIsWrittenWhole(@TempDir Path folder) throws Exception {
        var file = folder.resolve("new/three.csv");
        THREE.saveCsv(file);
        THREE.saveCsv(file);
        assertEquals(
                List.of("label,size,x0,x1", "0,0.5,1.0,2.0", "2,1.0,3.0,4.0", "0,2.0,5.0,6.5"),
                Files.readAllLines(file));
        try (var files = Files.list(file.getParent())) {
            assertEquals(1, files.count(), "no temporary file stays");
        }
    }

    @Test
    void csvThatCannotBeWrittenNamesTheFile(@TempDir Path folder) throws Exception {
        var blocked = Files.createFile(folder.resolve("file"));
        Refusal.expect(
                java.io.UncheckedIOException.class,
                () -> THREE.saveCsv(blocked.resolve("three.csv")),
                "cannot write",
                "three.csv");
    }

    @Test
    void refusesWhatDoesNotFit() {
        Refusal.expect(() -> Samples.of(new Shape(2), new float[3]), "whole records", "3 values");
        Refusal.expect(() -> THREE.withLabels(new int[2]), "expected 3 labels", "got 2");
        Refusal.expect(() -> THREE.withLabels(new int[] {0, -1, 0}), "record 1", "-1");
        Refusal.expect(() -> THREE.withLabels(new int[] {0, 1, 2}, List.of("a", "b")), "record 2", "between 0 and 1");
        Refusal.expect(() -> THREE.head(4), "between 0 and 3", "got 4");
        Refusal.expect(() -> THREE.rows(0, 3), "between 0 and 2", "got 3");
        Refusal.expect(() -> THREE.ofClass(3), "between 0 and 2", "got 3");
        Refusal.expect(() -> THREE.factors().orElseThrow().column("hue"), "hue", "[size]");
        Refusal.expect(() -> new Samples.Factors(List.of("a", "b"), new float[][] {{1, 2}, {3}}), "record 1", "got 1");
    }

    @Test
    void greyLevelsBecomeBlackAndWhiteAsOftenAsTheySay() {
        var grey = new float[4000];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = i % 4 / 3f;
        }
        var drawn = Samples.of(new Shape(4), grey).withLabels(new int[1000]).binarised(5);
        assertArrayEquals(
                drawn.toArray(), Samples.of(new Shape(4), grey).binarised(5).toArray());
        assertNotEquals(
                drawn.hash(), Samples.of(new Shape(4), grey).binarised(6).hash());
        assertTrue(drawn.labels().isPresent());
        var ones = new double[4];
        for (int i = 0; i < grey.length; i++) {
            float value = drawn.toArray()[i];
            assertTrue(value == 0 || value == 1);
            ones[i % 4] += value;
        }
        assertEquals(0, ones[0]);
        assertEquals(1000 / 3.0, ones[1], 60);
        assertEquals(2000 / 3.0, ones[2], 60);
        assertEquals(1000, ones[3]);
        Refusal.expect(
                () -> Samples.of(new Shape(2), new float[] {0, 1, 0.5f, 1.5f}).binarised(1),
                "record 1 has the value 1.5 at position 1");
    }
}
