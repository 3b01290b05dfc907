package latent4j.data;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import latent4j.tensor.Require;

/**
 * A folder of images: directly in it, without classes, or in one sub-folder a class. Files and
 * folders are taken in the order of their names; hidden ones and files that are not called like an
 * image are passed over.
 */
final class ImageFolder {

    private ImageFolder() {}

    static Dataset load(Path folder, int height, int width, Colour colour, double heldOut, long seed) {
        Require.atLeast("height", 1, height);
        Require.atLeast("width", 1, width);
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("expected a folder of images, found "
                    + (Files.exists(folder) ? "a file" : "nothing") + " at " + folder.toAbsolutePath());
        }
        var classFolders = list(folder, Files::isDirectory);
        var files = new ArrayList<>(images(folder));
        if (!files.isEmpty() && !classFolders.isEmpty()) {
            throw new IllegalArgumentException(folder + ": expected images either in the folder itself or in one "
                    + "sub-folder a class, found both (" + files.get(0).getFileName() + " and "
                    + classFolders.get(0).getFileName() + ")");
        }
        var labels = new ArrayList<Integer>();
        for (int label = 0; label < classFolders.size(); label++) {
            var ofClass = images(classFolders.get(label));
            if (ofClass.isEmpty()) {
                throw empty(classFolders.get(label));
            }
            for (var file : ofClass) {
                files.add(file);
                labels.add(label);
            }
        }
        if (files.isEmpty()) {
            throw empty(folder);
        }
        var all = read(files, height, width, colour);
        if (!classFolders.isEmpty()) {
            all = all.withLabels(
                    labels.stream().mapToInt(Integer::intValue).toArray(),
                    classFolders.stream().map(f -> f.getFileName().toString()).toList());
        }
        return Dataset.split(folder.toAbsolutePath().normalize().getFileName().toString(), all, heldOut, seed);
    }

    private static Samples read(List<Path> files, int height, int width, Colour colour) {
        var shape = new Shape(colour.channels(), height, width);
        int d = (int) shape.size();
        var values = Samples.room(files.size(), shape);
        var refusals = new RuntimeException[files.size()];
        IntStream.range(0, files.size()).parallel().forEach(i -> {
            try {
                var image = ImageFile.read(files.get(i), height, width, colour);
                System.arraycopy(image, 0, values, i * d, d);
            } catch (RuntimeException e) {
                // Kept, because a parallel stream wraps what another thread throws, and any one of several.
                refusals[i] = e;
            }
        });
        for (var refusal : refusals) {
            if (refusal != null) {
                throw refusal;
            }
        }
        return Samples.of(shape, values);
    }

    private static List<Path> images(Path folder) {
        var suffixes = Arrays.asList(ImageIO.getReaderFileSuffixes());
        return list(folder, file -> {
            var name = file.getFileName().toString().toLowerCase(Locale.ROOT);
            return Files.isRegularFile(file) && suffixes.contains(name.substring(name.lastIndexOf('.') + 1));
        });
    }

    private static List<Path> list(Path folder, Predicate<Path> wanted) {
        try (var entries = Files.list(folder)) {
            // By name as text: a path's own order differs between file systems.
            return entries.filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .filter(wanted)
                    .sorted((a, b) ->
                            a.getFileName().toString().compareTo(b.getFileName().toString()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the folder " + folder + ": " + e, e);
        }
    }

    private static IllegalArgumentException empty(Path folder) {
        var others = list(folder, Files::isRegularFile);
        return new IllegalArgumentException(folder.toAbsolutePath() + ": expected images ("
                + String.join(", ", new TreeSet<>(Arrays.asList(lowerCaseSuffixes()))) + "), found "
                + (others.isEmpty()
                        ? "none"
                        : others.size() + " other files, such as "
                                + others.get(0).getFileName()));
    }

    private static String[] lowerCaseSuffixes() {
        return Arrays.stream(ImageIO.getReaderFileSuffixes())
                .map(suffix -> suffix.toLowerCase(Locale.ROOT))
                .toArray(String[]::new);
    }
}
