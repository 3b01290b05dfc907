package latent4j.model;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** All model variants, found by scanning: there is no list to keep. */
public final class Variants {

    private Variants() {}

    /** The records below this package; one in the package itself is no variant, but wraps one. */
    public static List<Class<?>> all() {
        try {
            var place = Path.of(Model.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isDirectory(place)) {
                return in(place);
            }
            try (var jar = FileSystems.newFileSystem(place)) {
                return in(jar.getPath("/"));
            }
        } catch (IOException | URISyntaxException e) {
            throw new AssertionError("the classes must lie in a folder or a jar", e);
        }
    }

    private static List<Class<?>> in(Path root) throws IOException {
        try (var files = Files.walk(root.resolve("latent4j").resolve("model"), 2)) {
            return files.map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.endsWith(".class") && name.split("/").length == 4)
                    .sorted()
                    .<Class<?>>map(name -> load(
                            name.substring(0, name.length() - ".class".length()).replace('/', '.')))
                    .filter(type -> type.isRecord() && Model.class.isAssignableFrom(type))
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Model.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * A way to make a small model of a kind: its static {@code small(shape)}, which every variant must have, or its static
     * {@code convolutional(shape, latent)}, where there is one.
     */
    public record Variant(Class<?> type, boolean convolutional) {

        public Model make(Shape shape) {
            try {
                return (Model)
                        (convolutional
                                ? type.getMethod("convolutional", Shape.class, int.class)
                                        .invoke(null, shape, 3)
                                : type.getMethod("small", Shape.class).invoke(null, shape));
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof RuntimeException refusal) {
                    throw refusal;
                }
                throw new AssertionError(e.getCause());
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(type + " needs a static small(Shape) for the contract", e);
            }
        }

        @Override
        public String toString() {
            return type.getSimpleName() + (convolutional ? ", convolutional" : "");
        }
    }

    /**
     * All variants, in all the ways in which they can be made; or those alone that the system property {@code variant} or the
     * environment's {@code LATENT4J_VARIANTS} names, such as {@code Vae,Gan}.
     */
    public static List<Variant> made() {
        return chosen().stream()
                .flatMap(type -> Stream.of(false, true)
                        .filter(convolutional -> !convolutional || isConvolutional(type))
                        .map(convolutional -> new Variant(type, convolutional)))
                .toList();
    }

    private static List<Class<?>> chosen() {
        var setting = System.getProperty("variant", System.getenv("LATENT4J_VARIANTS"));
        if (setting == null || setting.isBlank()) {
            return all();
        }
        var names = List.of(setting.strip().split("\\s*,\\s*"));
        var known = all().stream().map(Class::getSimpleName).toList();
        if (!known.containsAll(names)) {
            throw new IllegalArgumentException("variant must name some of " + known + ", got " + setting);
        }
        return all().stream()
                .filter(type -> names.contains(type.getSimpleName()))
                .toList();
    }

    private static boolean isConvolutional(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .anyMatch(method -> method.getName().equals("convolutional")
                        && Arrays.equals(method.getParameterTypes(), new Class<?>[] {Shape.class, int.class}));
    }
}
