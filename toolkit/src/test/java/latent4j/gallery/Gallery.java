package latent4j.gallery;

import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import latent4j.data.Dataset;
import latent4j.data.Samples;
import latent4j.model.Conditional;
import latent4j.model.Model;
import latent4j.model.Translator;
import latent4j.plot.Images;
import latent4j.train.Run;

/**
 * {@code ./lab gallery}: trains every model on the drawn digits, each as {@link Exhibits} says, and keeps 64 samples of it as a
 * picture beside its run. What is there already is not trained again. All pictures make one sheet.
 */
public final class Gallery {

    private static final int SAMPLES = 64;
    private static final long SEED = 7;

    private final Path folder;

    private Gallery(Path folder) {
        this.folder = folder;
    }

    /** {@code FOLDER full|smoke keep|again [MODEL…]}. */
    public static void main(String[] arguments) throws IOException {
        var gallery = new Gallery(Path.of(arguments[0]));
        boolean smoke = arguments[1].equals("smoke");
        boolean again = arguments[2].equals("again");
        var names = List.of(arguments).subList(3, arguments.length);
        var known = Exhibits.all().stream().map(Exhibit::name).toList();
        if (!known.containsAll(names)) {
            System.err.println("the gallery has " + known + ", asked for " + names);
            System.exit(2);
        }
        Files.createDirectories(gallery.folder);
        for (var exhibit : Exhibits.all()) {
            boolean asked = names.isEmpty() || names.contains(exhibit.name());
            if (asked && (again || !gallery.has(exhibit))) {
                gallery.make(smoke ? exhibit.tiny() : exhibit);
            }
        }
        gallery.hang();
    }

    private Path picture(Exhibit exhibit) {
        return folder.resolve(exhibit.name() + ".png");
    }

    private Path run(Exhibit exhibit) {
        return folder.resolve(exhibit.name() + ".json");
    }

    private boolean has(Exhibit exhibit) {
        return Files.exists(picture(exhibit)) && Files.exists(run(exhibit));
    }

    /** The run is written last: what was interrupted is made again. */
    private void make(Exhibit exhibit) throws IOException {
        Files.deleteIfExists(run(exhibit));
        var model = exhibit.model().get();
        var data = exhibit.data();
        var run = exhibit.trainer().watchedBy().fit(model, data);
        Images.savePng(samples(model, data), picture(exhibit));
        run.save(run(exhibit));
        System.out.printf(Locale.ROOT, "%-28s %5.1f s  %s%n", exhibit.name(), run.seconds(), Captions.quality(run));
    }

    /** 64 samples; of a conditional model one class in each column; of a translator what it makes, below its sources. */
    private static BufferedImage samples(Model model, Dataset data) {
        if (model instanceof Translator translator) {
            return Images.grid(translations(translator, data.test().head(SAMPLES)), 12, 1);
        }
        if (model instanceof Conditional conditional) {
            return Images.grid(ofClasses(conditional), conditional.classes() < 5 ? 8 : conditional.classes(), 1);
        }
        var samples = model.draw(SAMPLES, SEED);
        var shape = model.shape();
        return isImage(shape)
                ? Images.grid(samples, 8, 1)
                : Images.grid( // a film's frames, one below the other
                        Samples.of(new Shape(1, shape.get(0) * shape.get(1), shape.get(2)), samples.toArray()), 32, 1);
    }

    private static boolean isImage(Shape shape) {
        return shape.get(0) == 1 || shape.get(0) == 3;
    }

    private static Samples ofClasses(Conditional model) {
        int classes = model.classes();
        int rows = (SAMPLES + classes - 1) / classes;
        int d = (int) model.shape().size();
        var values = new float[SAMPLES * d];
        for (int label = 0; label < classes; label++) {
            var drawn = model.draw(rows, label, SEED);
            for (int row = 0; row * classes + label < SAMPLES; row++) {
                drawn.copyRow(row, values, (row * classes + label) * d);
            }
        }
        return Samples.of(model.shape(), values);
    }

    /** Each source above what it becomes. */
    private static Samples translations(Translator model, Samples pairs) {
        int d = (int) model.source().size();
        var sources = new float[pairs.size() * d];
        for (int i = 0; i < pairs.size(); i++) {
            System.arraycopy(pairs.row(i), 0, sources, i * d, d); // grey pictures: the upper half comes first
        }
        var results = model.translate(Samples.of(model.source(), sources), SEED);
        int made = (int) results.shape().size();
        var both = new float[pairs.size() * (d + made)];
        for (int i = 0; i < pairs.size(); i++) {
            System.arraycopy(sources, i * d, both, i * (d + made), d);
            results.copyRow(i, both, i * (d + made) + d);
        }
        var source = model.source();
        var shape = new Shape(source.get(0), source.get(1) + results.shape().get(1), source.get(2));
        return Samples.of(shape, both);
    }

    /** The sheet of all that is there. */
    private void hang() throws IOException {
        var tiles = new ArrayList<Sheet.Tile>();
        double seconds = 0;
        for (var exhibit : Exhibits.all()) {
            if (has(exhibit)) {
                var run = Run.load(run(exhibit));
                seconds += run.seconds();
                tiles.add(new Sheet.Tile(
                        ImageIO.read(picture(exhibit).toFile()), exhibit.name(), Captions.of(run, SEED)));
            }
        }
        Images.savePng(Sheet.of(tiles), folder.resolve("gallery.png"));
        System.out.printf(
                Locale.ROOT,
                "%d models, trained in %d min: %s%n",
                tiles.size(),
                TimeUnit.SECONDS.toMinutes(Math.round(seconds)),
                folder.resolve("gallery.png"));
    }
}
