package latent4j.model;

import ai.djl.ndarray.types.Shape;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** All model variants, found by scanning: there is no list to keep. */
public final class Variants {

    private Variants() {}

    public static List<Class<?>> all() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("latent4j.model").stream()
                        .filter(type -> type.isRecord() && type.isAssignableTo(Model.class))
                        .<Class<?>>map(JavaClass::reflect)
                        .sorted(Comparator.comparing(Class::getName))
                        .toList();
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
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(type + " needs a static small(Shape) for the contract", e);
            }
        }

        @Override
        public String toString() {
            return type.getSimpleName() + (convolutional ? ", convolutional" : "");
        }
    }

    /** All variants, in all the ways in which they can be made. */
    public static List<Variant> made() {
        return all().stream()
                .flatMap(type -> Stream.of(false, true)
                        .filter(convolutional -> !convolutional || isConvolutional(type))
                        .map(convolutional -> new Variant(type, convolutional)))
                .toList();
    }

    private static boolean isConvolutional(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .anyMatch(method -> method.getName().equals("convolutional")
                        && Arrays.equals(method.getParameterTypes(), new Class<?>[] {Shape.class, int.class}));
    }
}
