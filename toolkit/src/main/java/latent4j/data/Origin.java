package latent4j.data;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a data set can be made again: a method of {@link Datasets} and its arguments, such as {@code digits("60000",
 * "10000", "0")}.
 *
 * @param method the method's name
 * @param arguments each argument as text
 */
public record Origin(String method, List<String> arguments) {

    public Origin {
        arguments = List.copyOf(arguments);
    }

    static Origin of(String method, Object... arguments) {
        return new Origin(
                method,
                Arrays.stream(arguments)
                        .map(a -> a instanceof Path path ? path.toAbsolutePath().normalize() : a)
                        .map(String::valueOf)
                        .toList());
    }

    /**
     * The data set, made again.
     *
     * @throws IllegalArgumentException if {@link Datasets} has no such method, or it refuses the arguments
     */
    public Dataset make() {
        var found = methods()
                .filter(candidate ->
                        candidate.getName().equals(method) && candidate.getParameterCount() == arguments.size())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no data set Datasets." + this + "; was it written by a newer version?"));
        var types = found.getParameterTypes();
        var values = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            values[i] = parse(arguments.get(i), types[i]);
        }
        try {
            return (Dataset) found.invoke(null, values);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(
                    "Datasets." + this + ": " + e.getCause().getMessage(), e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e); // the methods are public
        }
    }

    /** All methods that an origin can name. */
    static Stream<Method> methods() {
        return Arrays.stream(Datasets.class.getMethods()).filter(method -> method.getReturnType() == Dataset.class);
    }

    private Object parse(String text, Class<?> type) {
        try {
            if (type == int.class) {
                return Integer.valueOf(text);
            } else if (type == long.class) {
                return Long.valueOf(text);
            } else if (type == double.class) {
                return Double.valueOf(text);
            } else if (type == Path.class) {
                return Path.of(text);
            } else if (type == Colour.class) {
                return Colour.valueOf(text);
            } else if (type == View.class) {
                return View.valueOf(text);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Datasets." + this + ": expected a value of type " + type.getSimpleName() + ", got '" + text + "'",
                    e);
        }
        throw new IllegalArgumentException("Datasets." + this + " takes a " + type.getSimpleName());
    }

    @Override
    public String toString() {
        return method + "(" + String.join(", ", arguments) + ")";
    }
}
