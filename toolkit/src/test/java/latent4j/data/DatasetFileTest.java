package latent4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.types.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetFileTest {

    @TempDir
    Path folder;

    @Test
    void comesBackToTheBit() {
        var digits = Datasets.digits(7, 3);
        var plain = new Dataset(
                "plain",
                Samples.of(new Shape(2), new float[] {0.1f, -0f, 1e-40f, 3}),
                Samples.of(new Shape(2), new float[0]));
        for (var set : List.of(digits, plain)) {
            var file = folder.resolve(set.name());
            set.save(file);
            var back = Datasets.saved(file);
            assertEquals(set.hash(), back.hash());
            assertEquals(set.name(), back.name());
            assertEquals(set.train().classNames(), back.train().classNames());
            assertEquals(
                    set.train().factors().map(Samples.Factors::names),
                    back.train().factors().map(Samples.Factors::names));
        }
        var back = Datasets.saved(folder.resolve("digits")).test().factors().orElseThrow();
        assertArrayEquals(digits.test().factors().orElseThrow().values(), back.values());
    }

    @Test
    void whatIsNoSetOrDamagedIsNamed() throws Exception {
        var file = folder.resolve("set");
        Datasets.digits(4, 1).save(file);
        var bytes = Files.readAllBytes(file);
        for (int length : new int[] {0, 1, 30, 500, bytes.length - 1}) {
            Files.write(file, Arrays.copyOf(bytes, length));
            Refusal.expect(() -> Datasets.saved(file), file.toString());
        }
        Files.writeString(file, "something else, long enough to be read");
        Refusal.expect(() -> Datasets.saved(file), file.toString(), "is no data set that Dataset.save");
        for (int at : new int[] {40, 60, 3000, bytes.length - 5}) {
            var damaged = bytes.clone();
            damaged[at] ^= 1;
            Files.write(file, damaged);
            Refusal.expect(() -> Datasets.saved(file), file.toString());
        }
    }

    @Test
    void yourOwnRecordsCanThenBeMadeAgain() {
        var mine = Dataset.split("mine", Datasets.digits(20, 1).train(), 0.25, 3);
        assertEquals(5, mine.test().size());
        var file = folder.resolve("mine.data");
        mine.save(file);
        assertEquals(
                mine.hash(), Datasets.saved(file).origin().orElseThrow().make().hash());
    }
}
