package latent4j.plot;

import java.awt.image.BufferedImage;
import java.util.Optional;

/** Smaller encodings of pictures that need no colour. */
final class Pixels {

    private Pixels() {}

    /** The same picture with one byte a pixel, if it is all greys. */
    static Optional<BufferedImage> grey(BufferedImage image) {
        if (image.getType() == BufferedImage.TYPE_BYTE_GRAY) {
            return Optional.of(image);
        }
        int width = image.getWidth();
        int height = image.getHeight();
        var line = new int[width];
        var level = new int[width];
        // the raster is written directly: setRGB would convert between the two colour spaces' gammas
        var grey = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < height; y++) {
            image.getRGB(0, y, width, 1, line, 0, width);
            for (int x = 0; x < width; x++) {
                int blue = line[x] & 0xff;
                if (line[x] != (0xff000000 | blue * 0x010101)) {
                    return Optional.empty();
                }
                level[x] = blue;
            }
            grey.getRaster().setPixels(0, y, width, 1, level);
        }
        return Optional.of(grey);
    }
}
