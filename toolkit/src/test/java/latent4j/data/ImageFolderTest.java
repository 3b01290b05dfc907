package latent4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.awt.Color;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {

    @TempDir
    Path folder;

    private void png(String name, int width, int height, Color colour) throws IOException {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        write(name, image);
    }

    private void write(String name, BufferedImage image) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        assertTrue(ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile()));
    }

    private Samples all(int height, int width, Colour colour) {
        return Datasets.images(folder, height, width, colour, 0, 0).train();
    }

    @Test
    void subFoldersAreClassesInTheOrderOfTheirNames() throws Exception {
        png("red/b.png", 5, 5, Color.RED);
        png("red/a.png", 9, 4, Color.RED);
        png("blue/only.bmp", 3, 3, Color.BLUE);
        png(".hidden/x.png", 3, 3, Color.GREEN);
        Files.writeString(folder.resolve("red/notes.txt"), "not an image");
        Files.writeString(folder.resolve("README.md"), "not an image");
        var images = all(2, 3, Colour.RGB);
        assertEquals(new Shape(3, 2, 3), images.shape());
        assertEquals(List.of("blue", "red"), images.classNames());
        assertArrayEquals(new int[] {0, 1, 1}, images.labels().orElseThrow());
        assertArrayEquals(new float[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1}, images.row(0), 1e-6f);
        assertArrayEquals(new float[] {1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, images.row(1), 1e-6f);
    }

    @Test
    void withoutSubFoldersThereAreNoLabels() throws Exception {
        png("a.png", 4, 4, Color.WHITE);
        png("b.png", 4, 4, Color.BLACK);
        var images = all(1, 1, Colour.GREY);
        assertTrue(images.labels().isEmpty());
        assertArrayEquals(new float[] {1, 0}, images.toArray(), 1e-6f);
    }

    @Test
    void greyIsLuma() throws Exception {
        png("a.png", 4, 4, new Color(200, 100, 50));
        assertEquals(
                (0.299 * 200 + 0.587 * 100 + 0.114 * 50) / 255,
                all(1, 1, Colour.GREY).toArray()[0],
                1e-6);
    }

    @Test
    void greyFilesKeepTheirStoredLevels() throws Exception {
        var eight = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
        eight.getRaster().setSample(0, 0, 0, 128);
        eight.getRaster().setSample(1, 0, 0, 255);
        write("a.png", eight);
        var sixteen = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
        sixteen.getRaster().setSample(0, 0, 0, 128 * 257);
        sixteen.getRaster().setSample(1, 0, 0, 65535);
        write("b.png", sixteen);
        assertArrayEquals(
                new float[] {128 / 255f, 1, 128 / 255f, 1},
                all(1, 2, Colour.GREY).toArray(),
                1e-6f);
        assertEquals(128 / 255f, all(1, 2, Colour.RGB).row(0)[4], 1e-6f);
    }

    @Test
    void greyWithOpacityKeepsItsLevelsOverWhite() throws Exception {
        var space = ColorSpace.getInstance(ColorSpace.CS_GRAY);
        var model = new ComponentColorModel(space, true, false, Transparency.TRANSLUCENT, DataBuffer.TYPE_BYTE);
        var image = new BufferedImage(model, model.createCompatibleWritableRaster(2, 1), false, null);
        image.getRaster().setPixels(0, 0, 2, 1, new int[] {100, 255, 100, 51});
        write("a.png", image);
        assertArrayEquals(
                new float[] {100 / 255f, 0.8f + 0.2f * 100 / 255f},
                all(1, 2, Colour.GREY).toArray(),
                1e-6f);
    }

    @Test
    void transparentPixelsLieOverWhite() throws Exception {
        var image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x00000000);
        image.setRGB(1, 0, 0x80ff0000);
        write("a.png", image);
        double through = 1 - 128 / 255.0;
        assertArrayEquals(
                new float[] {1, 1, 1, (float) through, 1, (float) through},
                all(1, 2, Colour.RGB).row(0),
                1e-6f);
    }

    @Test
    void wideImageIsCroppedInTheMiddle() throws Exception {
        var image = new BufferedImage(6, 2, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 6; x++) {
            for (int y = 0; y < 2; y++) {
                image.setRGB(x, y, x < 2 || x > 3 ? 0xff0000 : y == 0 ? 0x00ff00 : 0x0000ff);
            }
        }
        write("a.png", image);
        assertArrayEquals(
                new float[] {0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1},
                all(2, 2, Colour.RGB).row(0),
                1e-6f);
        var averaged = all(1, 1, Colour.RGB).row(0);
        assertArrayEquals(new float[] {0, 0.5f, 0.5f}, averaged, 1e-6f);
    }

    @Test
    void tallImageIsCroppedInTheMiddleToo() throws Exception {
        var image = new BufferedImage(2, 6, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 6; y++) {
            for (int x = 0; x < 2; x++) {
                image.setRGB(x, y, y < 2 || y > 3 ? 0xffffff : x == 0 ? 0 : 0x333333);
            }
        }
        write("a.png", image);
        assertArrayEquals(new float[] {0, 0.2f, 0, 0.2f}, all(2, 2, Colour.GREY).row(0), 1e-6f);
    }

    @Test
    void splitDependsOnTheSeedOnly() throws Exception {
        for (int i = 0; i < 20; i++) {
            png(String.format("%02d.png", i), 2, 2, new Color(i * 10, 0, 0));
        }
        var first = Datasets.images(folder, 1, 1, Colour.RGB, 0.25, 3);
        assertEquals(15, first.train().size());
        assertEquals(5, first.test().size());
        assertEquals(
                first.hash(), Datasets.images(folder, 1, 1, Colour.RGB, 0.25, 3).hash());
        assertNotEquals(
                first.hash(), Datasets.images(folder, 1, 1, Colour.RGB, 0.25, 4).hash());
        var both = new float[20];
        for (int i = 0; i < 20; i++) {
            both[i] = (i < 15 ? first.train().row(i) : first.test().row(i - 15))[0];
        }
        Arrays.sort(both);
        for (int i = 0; i < 20; i++) {
            assertEquals(i * 10 / 255f, both[i], 1e-6f, "every image once");
        }
        assertEquals(4, Datasets.images(folder, 1, 1, Colour.RGB).test().size());
    }

    @Test
    void unreadableImageNamesTheFile() throws Exception {
        png("a.png", 4, 4, Color.RED);
        Files.writeString(folder.resolve("broken.png"), "not an image at all");
        Refusal.expect(() -> all(2, 2, Colour.RGB), "broken.png", "no image reader knows");
        var whole = Files.readAllBytes(folder.resolve("a.png"));
        Files.write(folder.resolve("broken.png"), Arrays.copyOf(whole, whole.length / 2));
        Refusal.expect(() -> all(2, 2, Colour.RGB), "broken.png", "expected an image", "cannot be read");
        // Of several, the first by name, with its own message.
        for (int i = 0; i < 30; i++) {
            Files.writeString(folder.resolve("bad" + (10 + i) + ".png"), "nothing");
        }
        Refusal.expect(() -> all(2, 2, Colour.RGB), "bad10.png: expected an image");
    }

    @Test
    void emptyFolderSaysWhatItFound() throws Exception {
        Refusal.expect(() -> all(2, 2, Colour.RGB), folder.toString(), "expected images", "png", "found none");
        Files.writeString(folder.resolve("a.webp"), "");
        Refusal.expect(() -> all(2, 2, Colour.RGB), "1 other file", "a.webp");
        Files.delete(folder.resolve("a.webp"));
        png("full/a.png", 2, 2, Color.RED);
        Files.createDirectory(folder.resolve("hollow"));
        Refusal.expect(() -> all(2, 2, Colour.RGB), "hollow", "found none");
    }

    @Test
    void refusesWhatIsNoSuchFolder() throws Exception {
        Refusal.expect(() -> Datasets.images(folder.resolve("no"), 2, 2, Colour.RGB), "found nothing", "no");
        png("a.png", 2, 2, Color.RED);
        Refusal.expect(() -> Datasets.images(folder.resolve("a.png"), 2, 2, Colour.RGB), "found a file", "a.png");
        Refusal.expect(() -> all(0, 2, Colour.RGB), "height must be >= 1", "got 0");
        Refusal.expect(() -> Datasets.images(folder, 2, 2, Colour.RGB, 1, 0), "heldOut", "1.0");
        png("class/b.png", 2, 2, Color.RED);
        Refusal.expect(() -> all(2, 2, Colour.RGB), "found both", "a.png", "class");
    }
}
