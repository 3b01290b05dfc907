package latent4j.plot;

import ai.djl.ndarray.types.Shape;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import latent4j.data.Samples;
import latent4j.tensor.WholeFile;

/**
 * Samples as pictures.
 *
 * <p>The pictures made here have {@link #scale} pixels to each pixel of the page, and carry a description for readers
 * who cannot see them.
 */
public final class Images {

    private static final int SCALE = 2;
    private static final int PAGE_WIDTH = 640;
    private static final int GAP = 2;
    private static final String SCALE_KEY = "latent4j.scale";
    private static final String ALTERNATIVE_KEY = "latent4j.alternative";

    /**
     * A titled row of images.
     *
     * @param title stands to the left of the images
     * @param images the images, from left to right
     */
    public record Row(String title, Samples images) {
        public Row {
            requireImages(images);
        }
    }

    private Images() {}

    /** All images in a grid that is about as wide as high; up to ten in one row. */
    public static BufferedImage grid(Samples images) {
        return grid(
                images, images.size() <= 10 ? Math.max(1, images.size()) : (int) Math.ceil(Math.sqrt(images.size())));
    }

    /**
     * All images in a grid, row by row, as large as a page is wide; values are clamped to [0, 1].
     *
     * @throws IllegalArgumentException when the samples are no images
     */
    public static BufferedImage grid(Samples images, int columns) {
        return grid(images, columns, Cell.fitting(images, columns, PAGE_WIDTH));
    }

    /** The same with each of the images' pixels enlarged to {@code enlarged} pixels of the page. */
    public static BufferedImage grid(Samples images, int columns, int enlarged) {
        return grid(images, columns, Cell.of(images, enlarged * SCALE));
    }

    private static BufferedImage grid(Samples images, int columns, Cell cell) {
        int rows = Math.max(1, (images.size() + columns - 1) / columns);
        var picture = page(
                cell.span(columns, cell.width),
                cell.span(rows, cell.height),
                images.size() + " images in " + rows + " rows of " + columns);
        for (int i = 0; i < images.size(); i++) {
            cell.paint(picture, images, i, cell.left(i % columns), cell.top(i / columns));
        }
        return picture;
    }

    /**
     * Rows of images below each other, their titles to the left: originals over reconstructions, one factor a row.
     *
     * @throws IllegalArgumentException when there is no row
     */
    public static BufferedImage rows(Row... rows) {
        if (rows.length == 0) {
            throw new IllegalArgumentException("expected at least one row");
        }
        var context = new FontRenderContext(null, true, true);
        double widest = Arrays.stream(rows)
                .filter(row -> !row.title().isEmpty())
                .mapToDouble(row -> new TextLayout(row.title(), LabelledChart.FONT, context).getAdvance())
                .max()
                .orElse(-10);
        int left = (int) Math.ceil(widest) + 10;
        int columns = Arrays.stream(rows).mapToInt(r -> r.images().size()).max().orElse(1);
        var cells = Arrays.stream(rows)
                .map(row -> Cell.fitting(row.images(), Math.max(1, columns), PAGE_WIDTH - left))
                .toList();
        int width = 0;
        int height = -GAP;
        for (var cell : cells) {
            width = Math.max(width, left + cell.span(Math.max(1, columns), cell.width));
            height += cell.span(1, cell.height) + GAP;
        }
        var titles = Arrays.stream(rows).map(Row::title).toList();
        var picture = page(width, height, "rows of images: " + String.join("; ", titles));
        var g = pen(picture);
        g.setColor(Palette.INK);
        int top = 0;
        for (int r = 0; r < rows.length; r++) {
            var cell = cells.get(r);
            for (int i = 0; i < rows[r].images().size(); i++) {
                cell.paint(picture, rows[r].images(), i, left * SCALE + cell.left(i), top * SCALE);
            }
            if (!rows[r].title().isEmpty()) {
                var text = new TextLayout(rows[r].title(), LabelledChart.FONT, context);
                text.draw(g, left - 10 - text.getAdvance(), top + cell.span(1, cell.height) / 2f + 4);
            }
            top += cell.span(1, cell.height) + GAP;
        }
        g.dispose();
        return picture;
    }

    /** The pictures one after the other, for ever; all of one size. */
    public static Animation animation(List<BufferedImage> frames, double framesPerSecond) {
        return Animation.of(frames, framesPerSecond);
    }

    /** The images one after the other, for ever. */
    public static Animation animation(Samples images, double framesPerSecond) {
        requireImages(images);
        int enlarged = (int) Math.max(1, 160 / images.shape().get(2));
        return animation(
                IntStream.range(0, images.size())
                        .mapToObj(i -> {
                            var cell = Cell.of(images, enlarged * SCALE);
                            var frame = page(
                                    cell.span(1, cell.width),
                                    cell.span(1, cell.height),
                                    "image " + (i + 1) + " of " + images.size());
                            cell.paint(frame, images, i, 0, 0);
                            return frame;
                        })
                        .toList(),
                framesPerSecond);
    }

    /**
     * Films that play together, for ever, in a grid like that of {@link #grid(Samples)}; values are clamped to [0, 1].
     *
     * @param films records of shape (frames, height, width), grey
     * @param framesPerSecond greater than 0 and at most 50
     * @throws IllegalArgumentException when the samples are no films
     */
    public static Animation films(Samples films, double framesPerSecond) {
        var shape = films.shape();
        if (shape.dimension() != 3) {
            throw new IllegalArgumentException("expected films of shape (frames, height, width), got " + films);
        }
        int pixels = (int) (shape.get(1) * shape.get(2));
        var frame = new Shape(1, shape.get(1), shape.get(2));
        return animation(
                IntStream.range(0, (int) shape.get(0))
                        .mapToObj(t -> {
                            var values = new float[films.size() * pixels];
                            for (int i = 0; i < films.size(); i++) {
                                System.arraycopy(films.row(i), t * pixels, values, i * pixels, pixels);
                            }
                            return grid(Samples.of(frame, values));
                        })
                        .toList(),
                framesPerSecond);
    }

    /**
     * Writes a PNG file, whole or not at all.
     *
     * @throws UncheckedIOException naming the path, when that fails
     */
    public static void savePng(BufferedImage image, Path path) {
        var bytes = png(image);
        WholeFile.write(path, stream -> stream.write(bytes));
    }

    /**
     * Writes a GIF file, whole or not at all.
     *
     * @throws UncheckedIOException naming the path, when that fails
     */
    public static void saveGif(Animation animation, Path path) {
        var bytes = animation.gif();
        WholeFile.write(path, stream -> stream.write(bytes));
    }

    /** The image as a PNG file's bytes. */
    public static byte[] png(BufferedImage image) {
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.setUseCache(false);
            ImageIO.write(Pixels.grey(image).orElse(image), "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("no PNG could be made of " + image, e);
        }
        return bytes.toByteArray();
    }

    /** How many pixels this image has to one pixel of the page: 2 for those made here, 1 for any other. */
    public static int scale(BufferedImage image) {
        return image.getProperty(SCALE_KEY) instanceof Integer scale ? scale : 1;
    }

    /** What the image shows, in words. */
    public static String alternative(BufferedImage image) {
        return image.getProperty(ALTERNATIVE_KEY) instanceof String text
                ? text
                : "image of " + image.getWidth() + " x " + image.getHeight() + " pixels";
    }

    /** A white picture of the given size on the page, at two pixels to one. */
    static BufferedImage page(int width, int height, String alternative) {
        var plain = new BufferedImage(width * SCALE, height * SCALE, BufferedImage.TYPE_INT_RGB);
        var properties = new Hashtable<String, Object>();
        properties.put(SCALE_KEY, SCALE);
        properties.put(ALTERNATIVE_KEY, alternative);
        var picture = new BufferedImage(plain.getColorModel(), plain.getRaster(), false, properties);
        var g = picture.createGraphics();
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, picture.getWidth(), picture.getHeight());
        g.dispose();
        return picture;
    }

    /** Draws on a {@link #page} in the page's own pixels. */
    static Graphics2D pen(BufferedImage page) {
        var g = page.createGraphics();
        g.scale(SCALE, SCALE);
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        return g;
    }

    private static void requireImages(Samples samples) {
        if (!samples.isImage()) {
            throw new IllegalArgumentException("expected images of shape (1 or 3, height, width), got " + samples
                    + (samples.shape().size() == 2 ? "; show points with scatter(samples)" : ""));
        }
    }

    /** One image's place in a picture; {@code enlarged} is how many pixels of the picture one of its pixels takes. */
    private record Cell(int channels, int height, int width, int enlarged) {

        static Cell of(Samples images, int enlarged) {
            requireImages(images);
            if (enlarged < 1) {
                throw new IllegalArgumentException(
                        "images can only be enlarged, by 1 or more, got " + enlarged / SCALE);
            }
            var shape = images.shape();
            return new Cell((int) shape.get(0), (int) shape.get(1), (int) shape.get(2), enlarged);
        }

        /** As large as {@code columns} of them fit into the width of a page, but not above a hundred pixels of it. */
        static Cell fitting(Samples images, int columns, int pageWidth) {
            requireImages(images);
            if (columns < 1) {
                throw new IllegalArgumentException("columns must be >= 1, got " + columns);
            }
            long room = (pageWidth - (long) GAP * (columns - 1))
                    * SCALE
                    / (columns * images.shape().get(2));
            long most = 100 * SCALE / images.shape().get(2);
            return new Cell(
                    (int) images.shape().get(0),
                    (int) images.shape().get(1),
                    (int) images.shape().get(2),
                    (int) Math.max(1, Math.min(most, room)));
        }

        int left(int column) {
            return column * (width * enlarged + GAP * SCALE);
        }

        int top(int row) {
            return row * (height * enlarged + GAP * SCALE);
        }

        /** Pixels of the page that {@code n} images of this extent take. */
        int span(int n, int extent) {
            return (n * extent * enlarged + SCALE - 1) / SCALE + (n - 1) * GAP;
        }

        void paint(BufferedImage picture, Samples images, int index, int x0, int y0) {
            var values = images.row(index);
            var line = new int[width * enlarged];
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < line.length; x++) {
                    int at = y * width + x / enlarged;
                    line[x] = channels == 1
                            ? level(values[at]) * 0x010101
                            : level(values[at]) << 16
                                    | level(values[at + height * width]) << 8
                                    | level(values[at + 2 * height * width]);
                }
                for (int i = 0; i < enlarged; i++) {
                    picture.setRGB(x0, y0 + y * enlarged + i, line.length, 1, line, 0, line.length);
                }
            }
        }

        /** NaN becomes black. */
        private static int level(float value) {
            return Math.round(Math.min(1, Math.max(0, value)) * 255);
        }
    }
}
