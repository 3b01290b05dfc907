package latent4j.data;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import latent4j.tensor.Seed;

/** What of a picture is left in its view: the source of a pair whose target is the whole picture. */
public enum View {
    /** The rim of one pixel around what is drawn: the brightest of the 3 x 3 pixels around a pixel, less the pixel. */
    OUTLINE {
        @Override
        void take(float[] image, int height, int width, Seed seed, float[] view) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    float brightest = 0;
                    for (int v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
                        for (int u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
                            brightest = Math.max(brightest, image[v * width + u]);
                        }
                    }
                    view[y * width + x] = Grey.level(brightest - image[y * width + x]);
                }
            }
        }
    },
    /** A quarter of the resolution: each square of {@value #SQUARE} x {@value #SQUARE} pixels is its mean. */
    LOW_RESOLUTION {
        @Override
        void take(float[] image, int height, int width, Seed seed, float[] view) {
            for (int top = 0; top < height; top += SQUARE) {
                for (int left = 0; left < width; left += SQUARE) {
                    int bottom = Math.min(height, top + SQUARE);
                    int right = Math.min(width, left + SQUARE);
                    double sum = 0;
                    for (int y = top; y < bottom; y++) {
                        for (int x = left; x < right; x++) {
                            sum += image[y * width + x];
                        }
                    }
                    float mean = Grey.level(sum / ((bottom - top) * (right - left)));
                    for (int y = top; y < bottom; y++) {
                        Arrays.fill(view, y * width + left, y * width + right, mean);
                    }
                }
            }
        }
    },
    /**
     * All but a grey square of three sevenths of the height (12 of 28 pixels), at a random place at least a seventh away from
     * every edge; where it lies can be seen from its grey, 128/255.
     */
    MASKED {
        @Override
        void take(float[] image, int height, int width, Seed seed, float[] view) {
            var random = seed.stream();
            int side = 3 * height / 7;
            int edge = height / 7;
            int top = edge + random.integer(height - side - 2 * edge + 1);
            int left = edge + random.integer(width - side - 2 * edge + 1);
            System.arraycopy(image, 0, view, 0, image.length);
            for (int y = top; y < top + side; y++) {
                Arrays.fill(view, y * width + left, y * width + left + side, Grey.of(128));
            }
        }
    };

    private static final int SQUARE = 4;

    abstract void take(float[] image, int height, int width, Seed seed, float[] view);

    /** The views of grey images, each over its image: see {@link Pairs}. */
    Samples pairs(Samples images, Seed seed) {
        int height = (int) images.shape().get(1);
        int width = (int) images.shape().get(2);
        var views = Samples.room(images.size(), images.shape());
        var view = new float[height * width];
        for (int i = 0; i < images.size(); i++) {
            take(images.row(i), height, width, seed.child(i), view);
            System.arraycopy(view, 0, views, i * view.length, view.length);
        }
        return Pairs.of(Samples.of(new Shape(1, height, width), views), images);
    }
}
