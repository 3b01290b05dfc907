package latent4j.data;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** One image file as numbers in [0, 1]. */
public final class ImageFile {

    private ImageFile() {}

    /**
     * Reads an image and fits it to a size: the largest centred part of the right proportions, then
     * {@linkplain Resampling area averages or linear interpolation}.
     *
     * @return {@code channels * height * width} values, one channel's plane after the other
     */
    static float[] read(Path file, int height, int width, Colour colour) {
        return fitted(decode(file.toString(), () -> ImageIO.read(file.toFile())), height, width, colour);
    }

    /**
     * The same of a file's content.
     *
     * @param name of the file, for errors
     * @return {@code channels * height * width} values, one channel's plane after the other
     * @throws IllegalArgumentException naming the file, if it is no image or damaged
     */
    public static float[] read(String name, byte[] content, int height, int width, Colour colour) {
        return fitted(decode(name, () -> ImageIO.read(new ByteArrayInputStream(content))), height, width, colour);
    }

    private static float[] fitted(BufferedImage image, int height, int width, Colour colour) {
        var planes = planes(image, colour);
        double scale = Math.min((double) image.getHeight() / height, (double) image.getWidth() / width);
        var rows = Resampling.of(image.getHeight(), scale * height, height);
        var columns = Resampling.of(image.getWidth(), scale * width, width);
        var fitted = new float[planes.length * height * width];
        for (int c = 0; c < planes.length; c++) {
            var narrow = columns.apply(planes[c], image.getHeight(), 1, image.getWidth());
            var small = rows.apply(narrow, width, width, 1);
            for (int k = 0; k < small.length; k++) {
                fitted[c * height * width + k] = (float) Math.max(0, Math.min(1, small[k]));
            }
        }
        return fitted;
    }

    private interface Reading {
        BufferedImage image() throws IOException;
    }

    private static BufferedImage decode(String file, Reading reading) {
        try {
            var image = reading.image();
            if (image == null) {
                throw new IllegalArgumentException(file + ": expected an image, found data that no image reader knows; "
                        + "remove the file or save it again as PNG");
            }
            return image;
        } catch (IOException | IndexOutOfBoundsException e) {
            // A damaged file makes some readers run out of their arrays.
            throw new IllegalArgumentException(
                    file + ": expected an image, but it cannot be read (" + e + "); remove the file or copy it again",
                    e);
        }
    }

    private static double[][] planes(BufferedImage image, Colour colour) {
        int width = image.getWidth();
        int height = image.getHeight();
        var planes = new double[colour.channels()][height * width];
        // A grey image's getRGB converts from linear light, which brightens it; its raster has the stored levels,
        // and in a second band the opacity.
        int bands = image.getRaster().getNumBands();
        boolean grey = bands <= 2 && !(image.getColorModel() instanceof IndexColorModel);
        double greatest = grey ? (1L << image.getSampleModel().getSampleSize(0)) - 1 : 255;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int k = y * width + x;
                if (grey) {
                    double alpha = bands == 1 ? 1 : image.getRaster().getSample(x, y, 1) / greatest;
                    double level = 1 - alpha + alpha * (image.getRaster().getSample(x, y, 0) / greatest);
                    for (var plane : planes) {
                        plane[k] = level;
                    }
                } else {
                    put(planes, k, image.getRGB(x, y));
                }
            }
        }
        return planes;
    }

    /** One pixel over a white page. */
    private static void put(double[][] planes, int k, int argb) {
        double alpha = (argb >>> 24) / 255.0;
        double red = 1 - alpha + alpha * (argb >> 16 & 0xff) / 255;
        double green = 1 - alpha + alpha * (argb >> 8 & 0xff) / 255;
        double blue = 1 - alpha + alpha * (argb & 0xff) / 255;
        if (planes.length == 1) {
            planes[0][k] = 0.299 * red + 0.587 * green + 0.114 * blue;
        } else {
            planes[0][k] = red;
            planes[1][k] = green;
            planes[2][k] = blue;
        }
    }
}
