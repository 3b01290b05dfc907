package latent4j.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.metadata.IIOMetadataNode;
import latent4j.data.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImagesTest {

    private static int grey(BufferedImage image, int x, int y) {
        int rgb = image.getRGB(x, y) & 0xffffff;
        assertEquals((rgb & 0xff) * 0x010101, rgb, "a grey");
        return rgb & 0xff;
    }

    @Test
    void valuesBecomeLevelsAndAreClamped() {
        var samples = Samples.of(new Shape(1, 1, 5), new float[] {-3, 0.2f, 0.5f, 7, Float.NaN});
        var image = Images.grid(samples, 1, 1);
        assertEquals(10, image.getWidth());
        assertEquals(2, image.getHeight());
        var expected = new int[] {0, 51, 128, 255, 0};
        for (int x = 0; x < 10; x++) {
            assertEquals(expected[x / 2], grey(image, x, 1));
        }
    }

    @Test
    void threeChannelsAreRedGreenAndBlue() {
        var samples = Samples.of(new Shape(3, 1, 2), new float[] {1, 0, 0.2f, 0, 0, 1});
        var image = Images.grid(samples, 1, 1);
        assertEquals(0xff3300, image.getRGB(0, 0) & 0xffffff);
        assertEquals(0x0000ff, image.getRGB(2, 0) & 0xffffff);
    }

    @ParameterizedTest
    @CsvSource({"1,28,28,64", "3,32,32,7", "3,64,48,12", "1,3,200,5", "3,700,900,2", "1,1,1,1"})
    void imagesOfAnySizeFitThePageInTheirOrder(int channels, int height, int width, int n) {
        var values = new float[n * channels * height * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (i / (channels * height * width)) / n;
        }
        var image = Images.grid(Samples.of(new Shape(channels, height, width), values), 2);
        int page = image.getWidth() / Images.scale(image);
        assertTrue(page <= Math.max(640, width + 2), "page width " + page);
        int rows = (n + 1) / 2;
        for (int i = 0; i < n; i++) {
            int x = (image.getWidth() + 4) * (2 * (i % 2) + 1) / 4 - 2; // a gap is 4 pixels
            int y = (image.getHeight() + 4) * (2 * (i / 2) + 1) / (2 * rows) - 2;
            assertEquals(Math.round(255f * ((float) i / n)), grey(image, x, y), "image " + i);
        }
    }

    @Test
    void gapsAreWhiteAndThin() {
        var image = Images.grid(Samples.of(new Shape(1, 2, 2), new float[8]), 2, 3);
        assertEquals(2 * (6 + 2 + 6), image.getWidth());
        assertEquals(0, grey(image, 11, 0));
        for (int x = 12; x < 16; x++) {
            assertEquals(255, grey(image, x, 5));
        }
        assertEquals(0, grey(image, 16, 0));
    }

    @Test
    void rowsHaveTheirTitlesToTheLeft() {
        var black = Samples.of(new Shape(1, 8, 8), new float[3 * 64]);
        var titled = Images.rows(new Images.Row("original", black), new Images.Row("reconstruction", black.head(2)));
        var plain = Images.rows(new Images.Row("", black), new Images.Row("", black.head(2)));
        int left = 0;
        while (grey(titled, left, 0) == 255) {
            left++;
        }
        assertTrue(left > 100 && left < 300, "room for the longer title: " + left);
        assertEquals(plain.getHeight(), titled.getHeight());
        assertEquals(255, grey(titled, titled.getWidth() - 1, titled.getHeight() - 1), "the third place is empty");
        assertEquals(0, grey(titled, titled.getWidth() - 1, 0));
        assertTrue(Images.alternative(titled).contains("original; reconstruction"));
    }

    @Test
    void whatIsNoImageIsRefusedWithTheWayOut() {
        var points = Samples.of(new Shape(2), new float[4]);
        var error = assertThrows(IllegalArgumentException.class, () -> Images.grid(points));
        assertTrue(error.getMessage().contains("scatter(samples)"), error.getMessage());
        var fourChannels = Samples.of(new Shape(4, 2, 2), new float[16]);
        assertThrows(IllegalArgumentException.class, () -> new Images.Row("four", fourChannels));
        assertThrows(IllegalArgumentException.class, Images::rows);
    }

    @Test
    void pngKeepsEachPixelInGreyAndColour(@TempDir Path folder) throws Exception {
        for (int channels : new int[] {1, 3}) {
            var image = Images.grid(Examples.images(4, channels, 16, 16));
            var path = folder.resolve("new/folder/picture.png");
            Images.savePng(image, path);
            assertSame(image, ImageIO.read(path.toFile()));
            try (var files = Files.list(path.getParent())) {
                assertEquals(List.of(path), files.toList(), "no temporary file is left");
            }
        }
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed(@TempDir Path folder) throws Exception {
        var file = Files.createFile(folder.resolve("file"));
        var path = file.resolve("picture.png");
        var image = Images.grid(Examples.images(1, 1, 2, 2));
        var error = assertThrows(UncheckedIOException.class, () -> Images.savePng(image, path));
        assertTrue(error.getMessage().contains(path.toString()), error.getMessage());
        var occupied =
                Files.createDirectories(folder.resolve("occupied.gif/inside")).getParent();
        var animation = Images.animation(Examples.images(2, 1, 2, 2), 5);
        assertThrows(UncheckedIOException.class, () -> Images.saveGif(animation, occupied));
        try (var files = Files.list(folder)) {
            assertEquals(2, files.count(), "no temporary file is left");
        }
    }

    @Test
    void aGifHoldsEachFrameAndRunsForEver() throws Exception {
        var images = Examples.images(5, 1, 28, 28);
        var gif = Images.animation(images, 8).gif();
        var text = new String(gif, StandardCharsets.ISO_8859_1);
        assertTrue(text.startsWith("GIF89a"));
        int loop = text.indexOf("NETSCAPE2.0");
        assertArrayEquals(new byte[] {3, 1, 0, 0, 0}, java.util.Arrays.copyOfRange(gif, loop + 11, loop + 16));
        var reader = ImageIO.getImageReadersByFormatName("gif").next();
        reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(gif)));
        assertEquals(5, reader.getNumImages(true));
        for (int i = 0; i < 5; i++) {
            assertSame(Images.grid(images.rows(i), 1, 160 / 28), reader.read(i));
            var control = ((IIOMetadataNode) reader.getImageMetadata(i).getAsTree("javax_imageio_gif_image_1.0"))
                    .getElementsByTagName("GraphicControlExtension")
                    .item(0);
            assertEquals("13", control.getAttributes().getNamedItem("delayTime").getNodeValue(), "hundredths");
        }
    }

    /** Frame t of the animation is the grid of all films' frames t. */
    @Test
    void filmsPlayTogether() throws Exception {
        var films = Examples.images(12, 4, 6, 5); // 12 films of 4 frames
        var animation = Images.films(films, 8);
        assertEquals(4, animation.frames());
        var reader = ImageIO.getImageReadersByFormatName("gif").next();
        reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(animation.gif())));
        var single = Samples.of(new Shape(1, 6, 5), films.toArray());
        for (int t = 0; t < 4; t++) {
            int frame = t;
            var frames =
                    single.rows(IntStream.range(0, 12).map(i -> 4 * i + frame).toArray());
            assertSame(Images.grid(frames), reader.read(t));
        }
        var error = assertThrows(
                IllegalArgumentException.class, () -> Images.films(Samples.of(new Shape(2), new float[4]), 8));
        assertTrue(
                error.getMessage().contains("films of shape (frames, height, width), got 2 records"),
                error.getMessage());
    }

    @Test
    void coloursOfAGifStayClose() throws Exception {
        var images = Examples.images(3, 3, 16, 16);
        var animation = Images.animation(images, 8);
        var reader = ImageIO.getImageReadersByFormatName("gif").next();
        reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(animation.gif())));
        var frame = reader.read(0);
        var original = animation.first();
        for (int y = 0; y < frame.getHeight(); y += 5) {
            for (int x = 0; x < frame.getWidth(); x += 5) {
                for (int shift = 0; shift <= 16; shift += 8) {
                    assertEquals(
                            original.getRGB(x, y) >> shift & 0xff,
                            frame.getRGB(x, y) >> shift & 0xff,
                            12,
                            x + ", " + y);
                }
            }
        }
    }

    @Test
    void framesOfDifferentSizesAreRefused() {
        var frames =
                List.of(Images.grid(Examples.images(1, 1, 2, 2), 1, 1), Images.grid(Examples.images(1, 1, 2, 3), 1, 1));
        var error = assertThrows(IllegalArgumentException.class, () -> Images.animation(frames, 5));
        assertTrue(error.getMessage().contains("4 x 4") && error.getMessage().contains("6 x 4"), error.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Images.animation(List.of(), 5));
        assertThrows(IllegalArgumentException.class, () -> Images.animation(frames.subList(0, 1), 0));
    }

    private static void assertSame(BufferedImage expected, BufferedImage actual) {
        assertEquals(expected.getWidth(), actual.getWidth());
        assertEquals(expected.getHeight(), actual.getHeight());
        int width = expected.getWidth();
        for (int y = 0; y < expected.getHeight(); y++) {
            assertArrayEquals(expected.getRGB(0, y, width, 1, null, 0, width), levels(actual, y, width), "row " + y);
        }
    }

    /** The row's levels, without the gamma that getRGB applies to grey images. */
    private static int[] levels(BufferedImage image, int y, int width) {
        if (image.getType() != BufferedImage.TYPE_BYTE_GRAY) {
            return image.getRGB(0, y, width, 1, null, 0, width);
        }
        var levels = image.getRaster().getSamples(0, y, width, 1, 0, (int[]) null);
        return java.util.Arrays.stream(levels)
                .map(v -> 0xff000000 | v * 0x010101)
                .toArray();
    }
}
