package latent4j.study;

import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import latent4j.data.Origin;
import latent4j.nn.Json;

/**
 * A call of a public static method by its name, which another process can make too: {@code latent4j.model.vae.BetaVae.mlp} with
 * {@code latent = 8, beta = 4}. A parameter of type {@link Shape} that is not given is filled from the data.
 *
 * <p>Names of parameters are those that the compiler kept: this toolkit's are there, and for classes of your own it keeps them
 * with {@code -parameters}.
 *
 * @param method the class's full name, a dot, and the method's name
 * @param arguments by parameter's name: numbers, texts, truth values, names of enum constants, lists of whole numbers, records and
 *     networks as {@link Json} writes them, or the result of another call
 */
public record Call(String method, Map<String, JsonElement> arguments) {

    private static final String METHOD = "call";
    private static final String ARGUMENTS = "arguments";

    public Call {
        arguments = java.util.Collections.unmodifiableMap(new TreeMap<>(arguments));
    }

    /**
     * A call of a class's method, whose arguments {@link #with} names.
     *
     * @throws IllegalArgumentException if another process would not find the method
     */
    public static Call of(Class<?> type, String method) {
        requireTravelling(type);
        var call = new Call(type.getName() + "." + method, Map.of());
        call.methods(type); // refuses what is not there
        return call;
    }

    /** A call of the method that a {@linkplain Factory method reference} names. */
    static Call of(Factory factory) {
        try {
            var replace = factory.getClass().getDeclaredMethod("writeReplace");
            replace.setAccessible(true);
            var lambda = (SerializedLambda) replace.invoke(factory);
            var owner = lambda.getImplClass().replace('/', '.');
            if (lambda.getImplMethodName().startsWith("lambda$") || lambda.getCapturedArgCount() > 0) {
                throw new IllegalArgumentException(
                        "a lambda cannot travel to another process: name a public static method"
                                + " instead, such as BetaVae::mlp, and its arguments by with(…) and vary(…)");
            }
            return of(Class.forName(owner, false, factory.getClass().getClassLoader()), lambda.getImplMethodName());
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "this names no method: pass a method reference such as BetaVae::mlp, or the"
                            + " class and the method's name",
                    e);
        }
    }

    /** The call that makes a data set of {@link latent4j.data.Datasets} again. */
    static Call of(Origin origin) {
        var owner = latent4j.data.Datasets.class;
        var call = new Call(owner.getName() + "." + origin.method(), Map.of());
        var found = call.methods(owner).stream()
                .filter(m -> m.getParameterCount() == origin.arguments().size())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no data set Datasets." + origin));
        var arguments = new LinkedHashMap<String, JsonElement>();
        for (int i = 0; i < found.getParameterCount(); i++) {
            var parameter = found.getParameters()[i];
            arguments.put(
                    parameter.getName(),
                    Argument.written(
                            origin.arguments().get(i), parameter.getType(), call.method + ": " + parameter.getName()));
        }
        return new Call(call.method, arguments);
    }

    /** With this argument: a number, text, truth value, enum constant, record, or {@code Call} whose result it is. */
    public Call with(String name, Object value) {
        var type = parameter(name).getParameterizedType();
        var all = new TreeMap<>(arguments);
        all.put(name, Argument.written(value, type, shortName() + ": " + name));
        return new Call(method, all);
    }

    /** Whether a method of this name has such a parameter. */
    boolean takes(String name) {
        return names().contains(name);
    }

    /** The names of the parameters that can be given. */
    Set<String> names() {
        var names = new LinkedHashSet<String>();
        for (var candidate : methods(owner())) {
            for (var parameter : candidate.getParameters()) {
                if (parameter.getType() != Shape.class) {
                    names.add(parameter.getName());
                }
            }
        }
        return names;
    }

    /** The type of the argument of this name. */
    Type type(String name) {
        return parameter(name).getParameterizedType();
    }

    private Parameter parameter(String name) {
        return methods(owner()).stream()
                .flatMap(candidate -> Arrays.stream(candidate.getParameters()))
                .filter(parameter -> parameter.getName().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(shortName() + " takes no '" + name + "', but " + signatures()));
    }

    /**
     * Refuses a call that cannot be made for want of a class, a method or an argument, or for one too many or of a wrong kind.
     *
     * @throws IllegalArgumentException with the remedy
     */
    void requireComplete() {
        values(null);
    }

    private record Prepared(Method method, Object[] values) {}

    /** The method and its arguments; without a shape what is filled with it stays null. */
    private Prepared values(Shape shape) {
        var found = methods(owner()).stream()
                .filter(this::fits)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(shortName() + " is called with "
                        + (arguments.isEmpty() ? "nothing" : String.join(", ", arguments.keySet())) + ", but takes "
                        + signatures()));
        var parameters = found.getParameters();
        var values = new Object[parameters.length];
        for (int i = 0; i < values.length; i++) {
            var given = arguments.get(parameters[i].getName());
            values[i] = given == null
                    ? shape
                    : Argument.read(
                            given, parameters[i].getParameterizedType(), shortName() + ": " + parameters[i].getName());
        }
        return new Prepared(found, values);
    }

    /**
     * Makes the call.
     *
     * @param shape fills parameters of this type that are not given
     * @throws RuntimeException whatever the method throws
     */
    Object make(Shape shape) {
        var prepared = values(shape);
        try {
            return prepared.method.invoke(null, prepared.values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException refusal
                    ? refusal
                    : new IllegalStateException(this + ": " + e.getCause(), e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(method + " cannot be called: is its class public?", e);
        }
    }

    /** What {@link #make} makes, of a type that is asked for. */
    <T> T make(Shape shape, Class<T> type) {
        var made = make(shape);
        if (!type.isInstance(made)) {
            throw new IllegalArgumentException(shortName() + " makes a "
                    + (made == null ? "null" : made.getClass().getSimpleName()) + ", expected a "
                    + type.getSimpleName());
        }
        return type.cast(made);
    }

    private boolean fits(Method candidate) {
        var names =
                Arrays.stream(candidate.getParameters()).map(Parameter::getName).collect(Collectors.toSet());
        return names.containsAll(arguments.keySet())
                && Arrays.stream(candidate.getParameters())
                        .allMatch(p -> p.getType() == Shape.class || arguments.containsKey(p.getName()));
    }

    private String signatures() {
        return methods(owner()).stream()
                .map(candidate -> Arrays.stream(candidate.getParameters())
                        .filter(p -> p.getType() != Shape.class)
                        .map(p -> p.getType().getSimpleName() + " " + p.getName())
                        .collect(Collectors.joining(", ", "(", ")")))
                .distinct()
                .collect(Collectors.joining(" or "));
    }

    private Class<?> owner() {
        int dot = method.lastIndexOf('.');
        if (dot < 1) {
            throw new IllegalArgumentException(
                    "\"" + METHOD + "\" must be a class's full name, a dot and a method's name,"
                            + " such as latent4j.model.vae.BetaVae.mlp, got '" + method + "'");
        }
        var name = method.substring(0, dot);
        for (var loader : Stream.of(Thread.currentThread().getContextClassLoader(), Call.class.getClassLoader())
                .filter(l -> l != null)
                .toList()) {
            try {
                return Class.forName(name, true, loader);
            } catch (ClassNotFoundException e) {
                // the next loader may know it
            }
        }
        throw new IllegalArgumentException(
                "there is no class " + name + " on the class path; its jar must be there" + " wherever the study runs");
    }

    private List<Method> methods(Class<?> owner) {
        var name = method.substring(method.lastIndexOf('.') + 1);
        var found = Arrays.stream(owner.getMethods())
                .filter(m -> Modifier.isStatic(m.getModifiers()) && m.getName().equals(name))
                .sorted(java.util.Comparator.comparing(Method::toString)) // reflection promises no order
                .toList();
        if (found.isEmpty()) {
            var others = Arrays.stream(owner.getMethods())
                    .filter(m -> Modifier.isStatic(m.getModifiers()))
                    .map(Method::getName)
                    .distinct()
                    .sorted()
                    .toList();
            throw new IllegalArgumentException(owner.getName() + " has no public static method '" + name + "'"
                    + (others.isEmpty() ? "" : ", but " + String.join(", ", others)));
        }
        if (found.stream().flatMap(m -> Arrays.stream(m.getParameters())).anyMatch(p -> !p.isNamePresent())) {
            throw new IllegalArgumentException(
                    owner.getName() + " was compiled without the names of parameters: compile it with -parameters");
        }
        return found;
    }

    /**
     * Refuses a class that only this process has.
     *
     * @throws IllegalArgumentException with the way out
     */
    static void requireTravelling(Class<?> type) {
        if (type.getName().startsWith("REPL.") || type.isHidden() || type.isAnonymousClass() || type.isLocalClass()) {
            throw new IllegalArgumentException((type.getSimpleName().isEmpty() ? type.getName() : type.getSimpleName())
                    + " exists in this process alone, such as what a notebook's cell defines, and cannot travel to"
                    + " another one: put the class into a jar on the class path, or train it here with a Comparison");
        }
        if (!Modifier.isPublic(type.getModifiers())) {
            throw new IllegalArgumentException(type.getName() + " must be public, so that a study can call it");
        }
    }

    /** {@code BetaVae.mlp}. */
    String shortName() {
        var parts = method.split("\\.");
        return parts.length < 2 ? method : parts[parts.length - 2] + "." + parts[parts.length - 1];
    }

    JsonObject json() {
        var json = new JsonObject();
        json.addProperty(METHOD, method);
        if (!arguments.isEmpty()) {
            var members = new JsonObject();
            arguments.forEach(members::add);
            json.add(ARGUMENTS, members);
        }
        return json;
    }

    static boolean isCall(JsonElement json) {
        return json instanceof JsonObject object && object.has(METHOD);
    }

    static Call read(JsonElement json, String field) {
        var fields = Fields.of(json, field, METHOD, ARGUMENTS);
        var arguments = new TreeMap<String, JsonElement>();
        if (fields.has(ARGUMENTS)) {
            fields.object(ARGUMENTS).entrySet().forEach(e -> arguments.put(e.getKey(), e.getValue()));
        }
        return new Call(fields.text(METHOD), arguments);
    }

    @Override
    public String toString() {
        return shortName()
                + arguments.entrySet().stream()
                        .map(e -> e.getKey() + " = " + Argument.words(e.getValue()))
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    /** Values of arguments as JSON and back. */
    static final class Argument {

        private Argument() {}

        static JsonElement written(Object value, Type type, String what) {
            JsonElement json;
            if (value instanceof Call call) {
                return call.json();
            } else if (value instanceof JsonElement given) {
                json = given;
            } else if (value instanceof Path path) {
                json = new JsonPrimitive(path.toAbsolutePath().normalize().toString());
            } else if (value instanceof int[] numbers) {
                var elements = new JsonArray();
                Arrays.stream(numbers).forEach(n -> elements.add(new JsonPrimitive(n)));
                json = elements;
            } else if (value instanceof String text && type != String.class) {
                json = parsed(text, type);
            } else {
                if (value != null && !value.getClass().getName().startsWith("java.")) {
                    var declared = value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
                    requireTravelling(declared);
                }
                try {
                    json = Json.write(value, type);
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(
                            what + ": " + value + " cannot travel to another process: " + e.getMessage(), e);
                }
            }
            read(json, type, what); // refuses a wrong kind
            return type == double.class ? new JsonPrimitive(json.getAsDouble()) : json;
        }

        private static JsonElement parsed(String text, Type type) {
            try {
                return type == int.class || type == long.class
                        ? new JsonPrimitive(Long.valueOf(text))
                        : type == double.class ? new JsonPrimitive(Double.valueOf(text)) : new JsonPrimitive(text);
            } catch (NumberFormatException e) {
                return new JsonPrimitive(text); // refused as of a wrong kind
            }
        }

        static Object read(JsonElement json, Type type, String what) {
            try {
                if (isCall(json)) {
                    var call = Call.read(json, what);
                    call.requireComplete();
                    return call.make(null);
                } else if (type == int.class || type == Integer.class) {
                    return Math.toIntExact(whole(json));
                } else if (type == long.class || type == Long.class) {
                    return whole(json);
                } else if (type == double.class || type == Double.class) {
                    return number(json);
                } else if (type == boolean.class
                        && isPrimitive(json)
                        && json.getAsJsonPrimitive().isBoolean()) {
                    return json.getAsBoolean();
                } else if (type == String.class
                        && isPrimitive(json)
                        && json.getAsJsonPrimitive().isString()) {
                    return json.getAsString();
                } else if (type == Path.class && isPrimitive(json)) {
                    return Path.of(json.getAsString());
                } else if (type == int[].class && json.isJsonArray()) {
                    var numbers = new int[json.getAsJsonArray().size()];
                    Arrays.setAll(
                            numbers,
                            i -> Math.toIntExact(whole(json.getAsJsonArray().get(i))));
                    return numbers;
                } else if (type != boolean.class && type != String.class) {
                    return Json.read(json, type);
                }
            } catch (RuntimeException e) {
                throw new IllegalArgumentException(
                        what + " must be " + words(type) + ", got " + json
                                + (e instanceof NotOfThisKind ? "" : ": " + e.getMessage()),
                        e);
            }
            throw new IllegalArgumentException(what + " must be " + words(type) + ", got " + json);
        }

        private static final class NotOfThisKind extends IllegalArgumentException {}

        private static boolean isPrimitive(JsonElement json) {
            return json != null && json.isJsonPrimitive();
        }

        private static double number(JsonElement json) {
            if (!isPrimitive(json) || !json.getAsJsonPrimitive().isNumber()) {
                throw new NotOfThisKind();
            }
            return json.getAsDouble();
        }

        private static long whole(JsonElement json) {
            double number = number(json);
            if (number != Math.rint(number)) {
                throw new NotOfThisKind();
            }
            return json.getAsJsonPrimitive().getAsBigDecimal().longValueExact();
        }

        private static String words(Type type) {
            if (type == int.class || type == long.class) {
                return "a whole number";
            } else if (type == double.class) {
                return "a number";
            } else if (type == boolean.class) {
                return "true or false";
            } else if (type == String.class) {
                return "a text";
            } else if (type == int[].class) {
                return "a list of whole numbers";
            } else if (type instanceof Class<?> declared && declared.isEnum()) {
                return "one of " + Arrays.toString(declared.getEnumConstants());
            }
            return "a " + (type instanceof Class<?> declared ? declared.getSimpleName() : type.getTypeName());
        }

        /** As a reader writes it: {@code 4}, not {@code 4.0}, {@code 1e-4}, not {@code 1.0E-4}, and a text without quotes. */
        static String words(JsonElement json) {
            if (isPrimitive(json) && json.getAsJsonPrimitive().isNumber()) {
                double number = json.getAsDouble();
                return number == Math.rint(number) && Math.abs(number) < 1e15
                        ? Long.toString((long) number)
                        : json.getAsString().replace(".0E", "e").replace('E', 'e');
            } else if (isPrimitive(json)) {
                return json.getAsString();
            } else if (isCall(json)) {
                return Call.read(json, "").toString();
            }
            return json.toString();
        }
    }
}
