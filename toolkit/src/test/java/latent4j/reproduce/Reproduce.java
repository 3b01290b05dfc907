package latent4j.reproduce;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import latent4j.study.Folders;

/** {@code ./lab reproduce}: makes the results that the project states again. */
public final class Reproduce {

    private Reproduce() {}

    /** {@code FOLDER full|smoke keep|again NAME…}; without names, lists what there is. */
    public static void main(String[] arguments) throws IOException {
        var folder = Path.of(arguments[0]);
        boolean smoke = arguments[1].equals("smoke");
        boolean again = arguments[2].equals("again");
        var names = List.of(arguments).subList(3, arguments.length);
        var all = all();
        var known = all.stream().map(Reproduction::name).toList();
        if (!known.containsAll(names)) {
            System.err.println("there are " + known + ", asked for " + names);
            System.exit(2);
        }
        for (var reproduction : all) {
            if (names.isEmpty()) {
                System.out.printf("%-20s %s%n", reproduction.name(), reproduction.about());
            } else if (names.contains(reproduction.name())) {
                var place = folder.resolve(reproduction.name());
                if (again) {
                    Folders.delete(place);
                }
                Files.createDirectories(place.resolve("runs"));
                reproduction.run(new Results(place), smoke);
                System.out.println("results: " + place);
            }
        }
    }

    /** Those beside this class, by name. */
    static List<Reproduction> all() {
        try {
            var here = Path.of(Reproduce.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .resolve("latent4j/reproduce");
            try (var files = Files.list(here)) {
                return files.map(file -> file.getFileName().toString())
                        .filter(file -> file.matches("\\w+\\.class"))
                        .map(file -> type(file.replace(".class", "")))
                        .filter(type -> Reproduction.class.isAssignableFrom(type) && !type.isInterface())
                        .map(Reproduce::make)
                        .sorted(Comparator.comparing(Reproduction::name))
                        .toList();
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("cannot list the classes beside " + Reproduce.class, e);
        }
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName("latent4j.reproduce." + name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Reproduction make(Class<?> type) {
        try {
            return (Reproduction) type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " needs a constructor without arguments", e);
        }
    }
}
