package latent4j.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import latent4j.tensor.Require;
import latent4j.tensor.Seed;
import tech.tablesaw.api.Table;

/**
 * All data sets: drawn by the toolkit ({@link #digits()}, {@link #shapes()}, {@link #pairs(View)}, {@link
 * #movingDigits()}, {@link #sums()}, {@link #sounds()}, {@link #ring()}, {@link #grid()}, {@link #flatModes()}, {@link #stackedDigits()}), read from files ({@link #mnist()}, {@link #cifar10()}, {@link #idx}, {@link #images}, {@link #saved}) or
 * from a table ({@link #table}).
 *
 * <p>What is drawn needs no network, is the same on every platform, and a smaller set is the
 * beginning of a larger one.
 */
public final class Datasets {

    private static final long SEED = 0;
    private static final double HELD_OUT = 0.2;

    private Datasets() {}

    /**
     * Drawn digits: 60,000 to train on, 10,000 held out, grey 28 x 28, ten classes, with factors; made
     * in a few seconds. See {@link DrawnDigits}.
     */
    public static Dataset digits() {
        return digits(60_000, 10_000);
    }

    /** Drawn digits: the first {@code train} and {@code test} of {@link #digits()}. */
    public static Dataset digits(int train, int test) {
        return digits(train, test, SEED);
    }

    /** Drawn digits of another seed. */
    public static Dataset digits(int train, int test, long seed) {
        requireSizes(train, test);
        return new Dataset(
                        "digits", DrawnDigits.sequence(train, seed, 0, true), DrawnDigits.sequence(test, seed, 1, true))
                .madeBy("digits", train, test, seed);
    }

    /** The same digits with slant 0: then no factor looks like a mixture of others. */
    public static Dataset digitsWithoutSlant() {
        return digitsWithoutSlant(60_000, 10_000);
    }

    /** The first {@code train} and {@code test} of {@link #digitsWithoutSlant()}. */
    public static Dataset digitsWithoutSlant(int train, int test) {
        requireSizes(train, test);
        return new Dataset(
                        "digits without slant",
                        DrawnDigits.sequence(train, SEED, 0, false),
                        DrawnDigits.sequence(test, SEED, 1, false))
                .madeBy("digitsWithoutSlant", train, test);
    }

    /**
     * Drawn coloured shapes on textures: 10,000 to train on, 2,000 held out, 32 x 32 in red, green and
     * blue, six classes, with factors. See {@link DrawnShapes}.
     */
    public static Dataset shapes() {
        return shapes(10_000, 2_000);
    }

    /** Drawn shapes: the first of an endless sequence. */
    public static Dataset shapes(int train, int test) {
        return shapes(train, test, SEED);
    }

    /** Drawn shapes of another seed. */
    public static Dataset shapes(int train, int test, long seed) {
        requireSizes(train, test);
        return new Dataset("shapes", DrawnShapes.sequence(train, seed, 0), DrawnShapes.sequence(test, seed, 1))
                .madeBy("shapes", train, test, seed);
    }

    /** Views of the drawn digits over the digits: 10,000 pairs to train on, 2,000 held out. See {@link #pairs(View, int, int, long)}. */
    public static Dataset pairs(View view) {
        return pairs(view, 10_000, 2_000, SEED);
    }

    /**
     * The first drawn digits of a seed, each below a view of it: a record of shape (1, 56, 28) holds source and target of a
     * translation. See {@link Pairs}.
     */
    public static Dataset pairs(View view, int train, int test, long seed) {
        requireSizes(train, test);
        return new Dataset(
                        "digits from " + view.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        view.pairs(DrawnDigits.sequence(train, seed, 0, true), new Seed(seed).child(0)),
                        view.pairs(DrawnDigits.sequence(test, seed, 1, true), new Seed(seed).child(1)))
                .madeBy("pairs", view, train, test, seed);
    }

    /** Digits that fly and bounce: 5,000 films of 8 frames to train on, 1,000 held out. See {@link MovingDigits}. */
    public static Dataset movingDigits() {
        return movingDigits(5_000, 1_000, SEED);
    }

    /** The first films of a seed. */
    public static Dataset movingDigits(int train, int test, long seed) {
        requireSizes(train, test);
        return new Dataset("moving digits", MovingDigits.sequence(train, seed, 0), MovingDigits.sequence(test, seed, 1))
                .madeBy("movingDigits", train, test, seed);
    }

    /** Strings of a small grammar, a one-hot row a character: 10,000 to train on, 2,000 held out. See {@link Grammar}. */
    public static Dataset sums() {
        return sums(10_000, 2_000, SEED);
    }

    /** The first strings of a seed. */
    public static Dataset sums(int train, int test, long seed) {
        requireSizes(train, test);
        return new Dataset("sums", Grammar.sequence(train, seed, 0), Grammar.sequence(test, seed, 1))
                .madeBy("sums", train, test, seed);
    }

    /** Spectrograms of tones and vowels: 2,000 to train on, 400 held out, grey 128 x 64. See {@link DrawnSounds}. */
    public static Dataset sounds() {
        return sounds(2_000, 400, SEED);
    }

    /** The first spectrograms of a seed. */
    public static Dataset sounds(int train, int test, long seed) {
        requireSizes(train, test);
        return new Dataset("sounds", DrawnSounds.sequence(train, seed, 0), DrawnSounds.sequence(test, seed, 1))
                .madeBy("sounds", train, test, seed);
    }

    /**
     * The MNIST database of handwritten digits (LeCun, Cortes and Burges): 60,000 + 10,000, grey 28 x 28.
     *
     * <p>Its four IDX files, plain or gzipped, are looked for in the folder that the environment
     * variable {@code LATENT4J_DATA} names (and its sub-folder {@code mnist}), then in {@code
     * data/mnist} of the project; else they are downloaded through DJL. In all cases their published
     * MD5 sums are checked.
     */
    public static Dataset mnist() {
        return Mnist.load(DataFolder.candidates("mnist"), Download.djl()).madeBy("mnist");
    }

    /**
     * CIFAR-10 (Krizhevsky): 50,000 + 10,000 photographs, 32 x 32 in red, green and blue, ten classes.
     *
     * <p>Its binary files {@code data_batch_1.bin} to {@code data_batch_5.bin} and {@code
     * test_batch.bin} are looked for in the folder that the environment variable {@code LATENT4J_DATA}
     * names (and its sub-folder {@code cifar10}), then in {@code data/cifar10} of the project; else they
     * are downloaded through DJL.
     */
    public static Dataset cifar10() {
        return Cifar10.load(DataFolder.candidates("cifar10"), Download.djl()).madeBy("cifar10");
    }

    /** Any set in MNIST's layout, such as Fashion-MNIST: four IDX files of MNIST's names, plain or gzipped. */
    public static Dataset idx(Path folder) {
        return IdxFolder.dataset(
                        folder.toAbsolutePath().normalize().getFileName().toString(), IdxFolder.read(folder), 256)
                .madeBy("idx", folder);
    }

    /** The images of a folder, of which a fifth is held out; see {@link #images(Path, int, int, Colour, double, long)}. */
    public static Dataset images(Path folder, int height, int width, Colour colour) {
        return images(folder, height, width, colour, HELD_OUT, SEED);
    }

    /**
     * The images of a folder, with one sub-folder a class, or without sub-folders and labels.
     *
     * <p>Each is cropped to the largest centred part of the right proportions and resized (area
     * averages to smaller, linear interpolation to larger). Transparent pixels lie over white.
     *
     * @param height in pixels, of what comes out
     * @param width in pixels, of what comes out
     * @param heldOut the share held out, in [0, 1)
     * @param seed chooses what is held out
     */
    public static Dataset images(Path folder, int height, int width, Colour colour, double heldOut, long seed) {
        return ImageFolder.load(folder, height, width, colour, heldOut, seed)
                .madeBy("images", folder, height, width, colour, heldOut, seed);
    }

    /**
     * The set in a file that {@link Dataset#save} wrote, or {@code ./lab records} of a folder of images or Parquet.
     *
     * @throws IllegalArgumentException if it is no such file, or damaged
     */
    public static Dataset saved(Path file) {
        return DatasetFile.read(file).madeBy("saved", file);
    }

    /**
     * 100,000 points from 8 Gaussians on the unit circle, sd 0.01: the ring on which VEEGAN (Srivastava
     * et al., 2017) and PacGAN (Lin et al., 2018) count modes.
     */
    public static Dataset ring() {
        return ring(8, 1, 0.01, 100_000, SEED);
    }

    /** Points from Gaussians on a circle, labelled with the mode; a tenth more is held out. */
    public static Dataset ring(int modes, double radius, double sd, int n, long seed) {
        return GaussianMixture.ring(modes, radius, sd).dataset(n, seed).madeBy("ring", modes, radius, sd, n, seed);
    }

    /** 100,000 points from 25 Gaussians at {-4, -2, 0, 2, 4}^2, sd 0.05: the grid of VEEGAN and PacGAN. */
    public static Dataset grid() {
        return grid(5, 2, 0.05, 100_000, SEED);
    }

    /** Points from Gaussians on a square grid, labelled with the mode; a tenth more is held out. */
    public static Dataset grid(int side, double spacing, double sd, int n, long seed) {
        return GaussianMixture.grid(side, spacing, sd).dataset(n, seed).madeBy("grid", side, spacing, sd, n, seed);
    }

    /** 10,000 points of ten flat modes in 1,200 dimensions (VEEGAN's "1200D"). See {@link GaussianMixture#flat}. */
    public static Dataset flatModes() {
        return flatModes(1200, 700, 10_000, SEED);
    }

    /** Points of {@link GaussianMixture#flat}, labelled with the mode; a tenth more is held out. */
    public static Dataset flatModes(int dimension, int spread, int n, long seed) {
        return GaussianMixture.flat(dimension, spread).dataset(n, seed).madeBy("flatModes", dimension, spread, n, seed);
    }

    /**
     * Three drawn digits at once, one a colour: 20,000 to train on (in PacGAN 128,000, which are 1.2 GB), 2,000 held out, 28 x
     * 28 in red, green and blue, 1,000 classes. See {@link StackedDigits}.
     */
    public static Dataset stackedDigits() {
        return stackedDigits(20_000, 2_000, SEED);
    }

    /** Each three drawn digits in a row of a seed, stacked. */
    public static Dataset stackedDigits(int train, int test, long seed) {
        requireSizes(train, test);
        return new Dataset(
                        "stacked digits",
                        StackedDigits.of(DrawnDigits.sequence(3 * train, seed, 0, true)),
                        StackedDigits.of(DrawnDigits.sequence(3 * test, seed, 1, true)))
                .madeBy("stackedDigits", train, test, seed);
    }

    /**
     * Numeric columns of a table, standardised; a fifth of the rows is held out.
     *
     * @param numericColumns which; none for all
     */
    public static StandardizedTable table(Table table, String... numericColumns) {
        return table(table, HELD_OUT, SEED, numericColumns);
    }

    /** Numeric columns of a table, standardised, of which a share chosen by the seed is held out. */
    public static StandardizedTable table(Table table, double heldOut, long seed, String... numericColumns) {
        return StandardizedTable.of(table, heldOut, seed, List.of(numericColumns));
    }

    private static void requireSizes(int train, int test) {
        Require.atLeast("train", 0, train);
        Require.atLeast("test", 0, test);
    }
}
