package latent4j.model;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import latent4j.docs.ModelSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every variant can be made small, and refuses what its settings cannot be, with the setting's name. */
class VariantSettingsTest {

    private static final Shape IMAGE = new Shape(1, 8, 9);

    static List<Class<?>> variants() {
        return Variants.all();
    }

    private static Model small(Class<?> type) {
        return new Variants.Variant(type, false).make(IMAGE);
    }

    /** Without it no test would see the variant. */
    @ParameterizedTest
    @MethodSource("variants")
    void itHasASmallOne(Class<?> type) throws ReflectiveOperationException {
        var method = assertDoesNotThrow(
                () -> type.getMethod("small", Shape.class), type.getSimpleName() + " needs a static small(Shape)");
        assertEquals(type, method.invoke(null, IMAGE).getClass());
    }

    @Test
    void theVariantsAreFound() {
        assertTrue(variants().size() >= 6, "found " + variants());
    }

    @ParameterizedTest
    @MethodSource("variants")
    void itRefusesWrongNumbers(Class<?> type) throws ReflectiveOperationException {
        var model = small(type);
        var accepted = new ArrayList<String>();
        for (var setting : type.getRecordComponents()) {
            for (var value : wrong(type, setting)) {
                var said = refusal(model, setting, value);
                if (!said.contains(setting.getName()) || !said.contains("got ")) {
                    accepted.add(setting.getName() + " = " + value + ": " + (said.isEmpty() ? "accepted" : said));
                }
            }
        }
        assertEquals(List.of(), accepted);
    }

    /** A negative number is one, unless all that is said of the setting is an upper bound. */
    private static List<?> wrong(Class<?> type, RecordComponent setting) {
        if (setting.getType() == int.class) {
            return List.of(-1);
        }
        if (setting.getType() != double.class) {
            return List.of();
        }
        var range = ModelSource.of(type).settings().get(setting.getName());
        return range.contains("≤") && !range.contains("≥")
                ? List.of(Double.NaN, Double.NEGATIVE_INFINITY)
                : List.of(Double.NaN, Double.POSITIVE_INFINITY, -1.0);
    }

    /** What the model says to another value of one of its settings; empty where it takes it. */
    private static String refusal(Model model, RecordComponent setting, Object value)
            throws ReflectiveOperationException {
        var components = model.getClass().getRecordComponents();
        var values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = components[i].getName().equals(setting.getName())
                    ? value
                    : components[i].getAccessor().invoke(model);
        }
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            model.getClass().getDeclaredConstructor(types).newInstance(values);
            return "";
        } catch (InvocationTargetException e) {
            assertEquals(IllegalArgumentException.class, e.getCause().getClass());
            return e.getCause().getMessage();
        }
    }
}
