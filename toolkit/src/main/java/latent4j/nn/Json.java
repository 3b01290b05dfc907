package latent4j.nn;

import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Values to JSON and back: records by their components, enums by name, lists, maps, shapes, numbers, texts, what may be
 * missing as null, and networks by their description. Where a declared type has several implementations, the object says
 * its {@code type}: the simple name in a closed set, else the full name of a class of this toolkit. Numbers come back bit
 * by bit.
 *
 * <p>Only Gson's tree is used: the IJava kernel brings an old Gson that knows no records and comes first on the class path.
 */
public final class Json {

    private static final String TYPE = "type";

    private Json() {}

    /** The value as JSON, to be read as the given type. */
    public static JsonElement write(Object value, Type declared) {
        if (value == null) {
            return JsonNull.INSTANCE;
        } else if (value instanceof JsonElement json) {
            return json;
        } else if (value instanceof Optional<?> optional) {
            return write(optional.orElse(null), argument(declared, 0));
        } else if (value instanceof OptionalDouble optional) {
            return optional.isPresent() ? write(optional.getAsDouble(), double.class) : JsonNull.INSTANCE;
        } else if (value instanceof Number number) {
            // JSON has no number that is not finite
            return Double.isFinite(number.doubleValue())
                    ? new JsonPrimitive(number)
                    : new JsonPrimitive(number.toString());
        } else if (value instanceof Boolean flag) {
            return new JsonPrimitive(flag);
        } else if (value instanceof String text) {
            return new JsonPrimitive(text);
        } else if (value instanceof Shape shape) {
            var sizes = new JsonArray();
            Arrays.stream(shape.getShape()).forEach(size -> sizes.add(new JsonPrimitive(size)));
            return sizes;
        } else if (value instanceof double[] numbers) {
            var elements = new JsonArray();
            Arrays.stream(numbers).forEach(number -> elements.add(write(number, double.class)));
            return elements;
        } else if (value instanceof Enum<?> constant && value.getClass() == declared) {
            return new JsonPrimitive(constant.name());
        } else if (value instanceof List<?> list) {
            var elements = new JsonArray();
            list.forEach(element -> elements.add(write(element, argument(declared, 0))));
            return elements;
        } else if (value instanceof Map<?, ?> map) {
            var object = new JsonObject();
            map.forEach((key, element) -> object.add((String) key, write(element, argument(declared, 1))));
            return object;
        }
        var object = new JsonObject();
        if (value.getClass() != declared) {
            object.addProperty(TYPE, typeName(value.getClass(), raw(declared)));
        }
        writeMembers(value, object);
        return object;
    }

    private static void writeMembers(Object value, JsonObject object) {
        if (value instanceof Enum<?> constant) {
            object.addProperty("name", constant.name());
        } else if (value instanceof Net net) {
            object.addProperty("name", net.name());
            object.add("input", write(net.input(), Shape.class));
            net.network().ifPresent(network -> object.add("network", write(network, Network.class)));
        } else if (value instanceof Record) {
            for (var component : value.getClass().getRecordComponents()) {
                try {
                    component.getAccessor().setAccessible(true); // the record may stand in a notebook's cell
                    object.add(
                            component.getName(),
                            write(component.getAccessor().invoke(value), component.getGenericType()));
                } catch (IllegalAccessException | InvocationTargetException e) {
                    throw new IllegalArgumentException("cannot read " + component, e);
                }
            }
        } else {
            throw new IllegalArgumentException(
                    "only records, enums, networks and plain values can be written as JSON, got " + value.getClass());
        }
    }

    /**
     * The value that the JSON describes.
     *
     * @throws IllegalArgumentException if it does not describe one; the message says where
     */
    public static Object read(JsonElement json, Type declared) {
        var type = raw(declared);
        if (type == Optional.class) {
            return json == null || json.isJsonNull()
                    ? Optional.empty()
                    : Optional.of(read(json, argument(declared, 0)));
        } else if (type == OptionalDouble.class) {
            return json == null || json.isJsonNull() ? OptionalDouble.empty() : OptionalDouble.of(json.getAsDouble());
        } else if (json == null || json.isJsonNull()) {
            throw new IllegalArgumentException("a value of type " + type.getSimpleName() + " is missing");
        } else if (JsonElement.class.isAssignableFrom(type)) {
            return json;
        } else if (type == double.class || type == Double.class) {
            return json.getAsDouble();
        } else if (type == double[].class) {
            return elements(json).mapToDouble(JsonElement::getAsDouble).toArray();
        } else if (type == int.class) {
            return json.getAsInt();
        } else if (type == long.class) {
            return json.getAsLong();
        } else if (type == boolean.class) {
            return json.getAsBoolean();
        } else if (type == String.class) {
            return json.getAsString();
        } else if (type == Shape.class) {
            return new Shape(elements(json).mapToLong(JsonElement::getAsLong).toArray());
        } else if (type == List.class) {
            return elements(json)
                    .map(element -> read(element, argument(declared, 0)))
                    .toList();
        } else if (type == Map.class) {
            var map = new LinkedHashMap<String, Object>();
            json.getAsJsonObject()
                    .entrySet()
                    .forEach(entry -> map.put(entry.getKey(), read(entry.getValue(), argument(declared, 1))));
            return map;
        } else if (type.isEnum() && json.isJsonPrimitive()) {
            return constant(type, json.getAsString());
        }
        return readObject(json.getAsJsonObject(), type);
    }

    private static Object readObject(JsonObject object, Class<?> declared) {
        var type = object.has(TYPE) ? typeNamed(object.get(TYPE).getAsString(), declared) : declared;
        if (type.isEnum()) {
            return constant(type, object.get("name").getAsString());
        } else if (type == Net.class) {
            if (!object.has("network")) {
                throw new IllegalArgumentException(
                        "network '" + object.get("name").getAsString()
                                + "' is a foreign DJL block, which cannot be made from a file: make the model in Java, then load"
                                + " the file into it");
            }
            return new Net(
                    object.get("name").getAsString(), (Network) read(object.get("network"), Network.class), (Shape)
                            read(object.get("input"), Shape.class));
        }
        return readRecord(object, type);
    }

    private static Object constant(Class<?> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> ((Enum<?>) constant).name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown " + type.getSimpleName() + " " + name));
    }

    private static Object readRecord(JsonObject object, Class<?> type) {
        if (!type.isRecord()) {
            throw new IllegalArgumentException("cannot read a " + type.getName() + ": it is no record");
        }
        var components = type.getRecordComponents();
        for (var name : object.keySet()) {
            if (!name.equals(TYPE)
                    && Arrays.stream(components)
                            .noneMatch(component -> component.getName().equals(name))) {
                throw new IllegalArgumentException(
                        type.getSimpleName() + " has no '" + name + "'; was the file written by a newer version?");
            }
        }
        var types = new Class<?>[components.length];
        var values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            try {
                values[i] = read(object.get(components[i].getName()), components[i].getGenericType());
            } catch (RuntimeException e) {
                throw new IllegalArgumentException(
                        type.getSimpleName() + "." + components[i].getName() + ": " + e.getMessage(), e);
            }
        }
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(
                    type.getSimpleName() + ": " + e.getCause().getMessage(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("cannot make a " + type.getName(), e);
        }
    }

    private static String typeName(Class<?> type, Class<?> declared) {
        // JShell numbers the classes around a cell's own, and anew in each session.
        return declared.isSealed()
                ? type.getSimpleName()
                : type.getName().replaceFirst("^REPL\\.\\$JShell\\$\\w+\\$", "");
    }

    private static Class<?> typeNamed(String name, Class<?> declared) {
        if (declared.isSealed()) {
            return permitted(declared)
                    .filter(type -> type.getSimpleName().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("unknown " + declared.getSimpleName() + " '" + name
                            + "'; was the file written by a newer version?"));
        }
        try {
            var type = Class.forName(name, false, Json.class.getClassLoader());
            if (declared.isAssignableFrom(type)) {
                return type;
            }
        } catch (ClassNotFoundException e) {
            // said below: from here, a class that is missing and one that does not fit are the same
        }
        throw new IllegalArgumentException("unknown " + declared.getSimpleName() + " '" + name
                + "': it is no class of this toolkit. A class from a notebook's cell cannot be made from a file: make the"
                + " object in Java, then load the file into it");
    }

    private static Stream<Class<?>> permitted(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(Json::permitted)
                : Stream.of(type);
    }

    private static Stream<JsonElement> elements(JsonElement json) {
        var elements = new ArrayList<JsonElement>();
        json.getAsJsonArray().forEach(elements::add);
        return elements.stream();
    }

    private static Class<?> raw(Type type) {
        return type instanceof ParameterizedType parameterized
                ? (Class<?>) parameterized.getRawType()
                : (Class<?>) type;
    }

    private static Type argument(Type type, int i) {
        return ((ParameterizedType) type).getActualTypeArguments()[i];
    }
}
