package latent4j.model;

import ai.djl.ndarray.types.Shape;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;

/** All model variants, found by scanning: there is no list to keep. */
public final class Variants {

    private Variants() {}

    public static List<Class<?>> all() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("latent4j.model").stream()
                        .filter(type -> type.isRecord() && type.isAssignableTo(Model.class))
                        .<Class<?>>map(JavaClass::reflect)
                        .sorted(java.util.Comparator.comparing(Class::getName))
                        .toList();
    }

    /** A small model of this kind, by its static {@code small(shape)}, which every variant must have. */
    public static Model small(Class<?> variant, Shape shape) {
        try {
            return (Model) variant.getMethod("small", Shape.class).invoke(null, shape);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(variant + " needs a static small(Shape) for the contract", e);
        }
    }
}
