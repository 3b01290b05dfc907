package latent4j.data;

import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * IDX, the file format of MNIST and its relatives: a big-endian magic number (0, 0, type of values,
 * number of dimensions), the sizes as 32-bit integers, then the values. Here: unsigned bytes, in one
 * dimension for labels and three for images.
 */
final class Idx {

    private static final int LABELS = 0x0801;
    private static final int IMAGES = 0x0803;

    private Idx() {}

    /**
     * Grey images of shape {@code (1, height, width)}, bytes divided by 255.
     *
     * @param content the unpacked file
     * @param name what errors call it
     */
    static Samples images(byte[] content, String name) {
        requireMagic(content, IMAGES, name);
        if (content.length < 16) {
            throw new IllegalArgumentException(
                    name + ": expected a header of 16 bytes, found only " + content.length + "; the file is truncated");
        }
        var header = ByteBuffer.wrap(content);
        int n = header.getInt(4);
        int height = header.getInt(8);
        int width = header.getInt(12);
        if (n < 0 || height < 1 || height > 0xffff || width < 1 || width > 0xffff) {
            throw new IllegalArgumentException(name + ": expected a number of images >= 0 of 1 to 65535 pixels a side, "
                    + "found " + n + " of " + height + " x " + width + " in the header");
        }
        requireLength(
                content, 16, (long) n * height * width, n + " images of " + height + " x " + width + " pixels", name);
        var values = new float[content.length - 16];
        for (int k = 0; k < values.length; k++) {
            values[k] = Grey.of(content[16 + k] & 0xff);
        }
        return Samples.of(new Shape(1, height, width), values);
    }

    /** Labels, 0 to {@code classes - 1}. */
    static int[] labels(byte[] content, int classes, String name) {
        requireMagic(content, LABELS, name);
        if (content.length < 8) {
            throw new IllegalArgumentException(
                    name + ": expected a header of 8 bytes, found only " + content.length + "; the file is truncated");
        }
        int n = ByteBuffer.wrap(content).getInt(4);
        requireLength(content, 8, n, n + " labels", name);
        var labels = new int[n];
        for (int i = 0; i < n; i++) {
            labels[i] = content[8 + i] & 0xff;
            if (labels[i] >= classes) {
                throw new IllegalArgumentException(name + ": expected labels between 0 and " + (classes - 1)
                        + ", found " + labels[i] + " at record " + i);
            }
        }
        return labels;
    }

    /** Images with their labels. */
    static Samples labelled(Samples images, String imagesName, int[] labels, String labelsName) {
        if (images.size() != labels.length) {
            throw new IllegalArgumentException("expected one label an image, found " + images.size() + " images in "
                    + imagesName + " but " + labels.length + " labels in " + labelsName
                    + "; are the two files from the same set and split?");
        }
        int classes = Math.max(10, Arrays.stream(labels).max().orElse(0) + 1);
        return images.withLabels(labels, Samples.numbered(classes));
    }

    private static void requireMagic(byte[] content, int expected, String name) {
        var wanted = expected == IMAGES ? "IDX images" : "IDX labels";
        if (content.length < 4) {
            throw new IllegalArgumentException(
                    name + ": expected " + wanted + ", found only " + content.length + " bytes; the file is truncated");
        }
        int found = ByteBuffer.wrap(content).getInt(0);
        if (found != expected) {
            var kind = found == IMAGES
                    ? ", which means images: are the files of images and labels swapped?"
                    : found == LABELS
                            ? ", which means labels: are the files of images and labels swapped?"
                            : "; this is no such file";
            throw new IllegalArgumentException(String.format(
                    "%s: expected %s (magic number 0x%08x), found 0x%08x%s", name, wanted, expected, found, kind));
        }
    }

    private static void requireLength(byte[] content, int header, long values, String what, String name) {
        long expected = header + values;
        if (values < 0 || content.length != expected) {
            throw new IllegalArgumentException(name + ": its header announces " + what + ", which takes " + expected
                    + " bytes, found " + content.length + "; the file is "
                    + (content.length < expected ? "truncated" : "wrongly sized") + ", copy or download it again");
        }
    }
}
