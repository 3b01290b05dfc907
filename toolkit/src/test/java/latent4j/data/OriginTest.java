package latent4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OriginTest {

    /** The sets whose files are not here; they take no arguments. */
    private static final Set<String> DOWNLOADED = Set.of("mnist", "cifar10");

    @Test
    void everySetIsMadeAgainAsItWas(@TempDir Path folder) throws Exception {
        IdxFiles.write(folder);
        var images = folder.resolve("images");
        assertTrue(images.toFile().mkdir());
        for (int i = 0; i < 5; i++) {
            var image = new BufferedImage(6, 5, BufferedImage.TYPE_INT_RGB);
            image.setRGB(i, 2, 0xffffff);
            ImageIO.write(image, "png", images.resolve(i + ".png").toFile());
        }
        var file = folder.resolve("saved.data");
        Datasets.digits(3, 2).save(file);
        var sets = List.of(
                Datasets.digits(3, 2),
                Datasets.digits(3, 2, 5),
                Datasets.digitsWithoutSlant(3, 2),
                Datasets.shapes(3, 2, 7),
                Datasets.pairs(View.MASKED, 3, 2, 7),
                Datasets.movingDigits(3, 2, 7),
                Datasets.sums(3, 2, 7),
                Datasets.sounds(3, 2, 7),
                Datasets.ring(5, 2, 0.1, 30, 3),
                Datasets.grid(3, 1.5, 0.1, 30, 3),
                Datasets.flatModes(6, 4, 30, 3),
                Datasets.stackedDigits(3, 2, 7),
                Datasets.idx(folder),
                Datasets.images(images, 4, 3, Colour.GREY, 0.4, 9),
                Datasets.saved(file));
        for (var set : sets) {
            var again = set.origin().orElseThrow().make();
            assertEquals(set.hash(), again.hash(), set.origin().toString());
            assertEquals(set.name(), again.name());
            assertEquals(set.origin(), again.origin());
        }
        var named =
                sets.stream().map(set -> set.origin().orElseThrow().method()).collect(Collectors.toSet());
        named.addAll(DOWNLOADED);
        assertEquals(
                Origin.methods().map(method -> method.getName()).collect(Collectors.toSet()),
                named,
                "every method that makes a set must be in this test");
    }

    @Test
    void whatIsOfNoUseIsNamed() {
        Refusal.expect(() -> new Origin("quantum", List.of()).make(), "Datasets.quantum()", "newer version");
        Refusal.expect(() -> new Origin("digits", List.of("1", "2", "3", "4")).make(), "Datasets.digits(1, 2, 3, 4)");
        Refusal.expect(() -> new Origin("digits", List.of("many", "2", "3")).make(), "int", "'many'");
        Refusal.expect(() -> new Origin("digits", List.of("-1", "2", "3")).make(), "train must be >= 0, got -1");
    }

    @Test
    void yourOwnRecordsHaveNone() {
        assertTrue(Dataset.of(Datasets.digits(2, 1).train()).origin().isEmpty());
        var digits = Datasets.digits(2, 1);
        assertTrue(new Dataset("mine", digits.train(), digits.test()).origin().isEmpty());
    }
}
