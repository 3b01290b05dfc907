package latent4j.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A computation as TorchScript text. The first time it is recorded: every operation is computed, on copies, for the shapes
 * and for the errors that it may have, and noted. From then on the same Java code is only followed: its operations must be the
 * noted ones, with the same arguments, and yield arrays without values ({@link TracedArray}). What changes from time to time
 * (arrays made outside, and all numbers) are the arguments of the one call that computes everything.
 */
final class Trace {

    private static final ThreadLocal<Trace> CURRENT = new ThreadLocal<>();
    private static final Pattern DEFINITION = Pattern.compile("(?m)^def (\\w+)\\(");

    /** One noted operation; {@code code} is a method's name, or an expression with %s for each argument. */
    private record Operation(TorchModule module, String code, Object[] arguments, List<TracedArray> results) {

        boolean is(TorchModule module, String code, Object[] arguments) {
            return this.module == module && this.code.equals(code) && Arrays.equals(this.arguments, arguments);
        }
    }

    /** An argument that is not a traced array's number: what it is, and its place among the inputs. */
    private record Input(String kind, int place) {}

    private final List<Operation> operations = new ArrayList<>();
    private final List<TracedArray> arrays = new ArrayList<>();
    private final List<TracedArray> lifted = new ArrayList<>();
    private final List<String> inputTypes = new ArrayList<>();
    private final StringBuilder lines = new StringBuilder();
    private final Map<TorchModule, Map<String, String>> methods = new LinkedHashMap<>();
    private TorchModule program;
    private Object[] keptLists = {};
    private IValue[] keptValues = {};

    // of one pass
    private boolean recording;
    private int operation;
    private int liftedCount;
    private List<Object> inputs;
    private List<Double> numbers;
    private Map<Object, Input> places;
    private Map<NDArray, NDArray> copies;

    /** Whether calls on this thread are traced. */
    static boolean recordsHere() {
        return CURRENT.get() != null;
    }

    static Trace current() {
        return CURRENT.get();
    }

    /** An array made outside, as one that computations of a trace can begin with; the array itself where nothing is traced. */
    static NDArray lift(NDArray array) {
        return recordsHere() ? current().input(array) : array;
    }

    /** Follows a computation of scalars, which {@link #compute} then computes. */
    void follow(Supplier<List<NDArray>> computation) {
        recording = program == null;
        operation = 0;
        liftedCount = 0;
        inputs = new ArrayList<>();
        numbers = new ArrayList<>();
        places = new IdentityHashMap<>();
        copies = new IdentityHashMap<>();
        CURRENT.set(this);
        try {
            var results = Kernels.current().stacked(computation.get());
            if (recording) {
                compile((TracedArray) results);
            } else if (operation != operations.size()) {
                throw new NotTraceable("it ended early");
            }
        } finally {
            CURRENT.remove();
            copies.values().forEach(NDArray::close);
            copies = null;
            places = null;
        }
    }

    NDArray call(TorchModule module, String method, Object... arguments) {
        return operate(
                        module,
                        method,
                        arguments,
                        () -> List.of(module.now(method, values(arguments)).singletonOrThrow()))
                .get(0);
    }

    List<NDArray> callForList(TorchModule module, String method, Object... arguments) {
        return List.copyOf(operate(module, method, arguments, () -> module.now(method, values(arguments))));
    }

    /** An operation that is an expression of its arguments. */
    NDArray express(String expression, Supplier<NDArray> value, Object... arguments) {
        return operate(null, expression, arguments, () -> List.of(value.get())).get(0);
    }

    /** From here on operations are recorded for gradients, or not. */
    void record(boolean gradients) {
        operate(null, "torch.set_grad_enabled(" + (gradients ? "True" : "False") + ")", new Object[0], List::of);
    }

    private List<TracedArray> operate(
            TorchModule module, String code, Object[] arguments, Supplier<List<NDArray>> compute) {
        var noted = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            noted[i] = note(arguments[i]);
        }
        if (!recording) {
            if (operation == operations.size() || !operations.get(operation).is(module, code, noted)) {
                throw new NotTraceable("it does something else than before: " + code);
            }
            return operations.get(operation++).results();
        }
        var values = compute.get();
        var expressions = new String[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            expressions[i] = expression(noted[i]);
        }
        var name = "v" + operations.size();
        lines.append("  ")
                .append(name)
                .append(" = ")
                .append(
                        module == null
                                ? String.format(code, (Object[]) expressions)
                                : "(self)." + method(module, code) + "(" + String.join(", ", expressions) + ")")
                .append('\n');
        boolean list = module != null && returnsList(module, code);
        var results = new ArrayList<TracedArray>();
        for (int i = 0; i < values.size(); i++) {
            var result = list ? name + "[" + i + "]" : name;
            results.add(traced(result, values.get(i)));
        }
        operations.add(new Operation(module, code, noted, List.copyOf(results)));
        operation++;
        return results;
    }

    private TracedArray input(NDArray array) {
        var input = (Input) note(array);
        if (recording) {
            lifted.add(traced(expression(input), array));
        }
        if (liftedCount == lifted.size()) {
            throw new NotTraceable("it takes more arrays than before");
        }
        var traced = lifted.get(liftedCount++);
        if (!traced.getShape().equals(array.getShape()) || traced.getDataType() != array.getDataType()) {
            throw new NotTraceable("it takes arrays of other shapes than before");
        }
        return traced;
    }

    /** What an argument is, for the comparison of one pass with another. */
    private Object note(Object argument) {
        if (argument instanceof TracedArray traced) {
            return traced.number();
        }
        if (argument instanceof NDArray array) {
            return place("Tensor", array);
        }
        if (argument instanceof List<?> list) {
            return list.stream().anyMatch(TracedArray.class::isInstance)
                    ? list.stream().map(this::note).toList()
                    : place("List[Tensor]", list);
        }
        if (argument instanceof Double number) {
            numbers.add(number);
            return new Input("float", numbers.size() - 1);
        }
        throw new NotTraceable("an argument is a " + argument.getClass());
    }

    private Input place(String kind, Object input) {
        return places.computeIfAbsent(input, i -> {
            inputs.add(i);
            return new Input(kind, inputs.size() - 1);
        });
    }

    private String expression(Object noted) {
        if (noted instanceof Input input && input.kind().equals("float")) {
            return "numbers[" + input.place() + "]";
        }
        if (noted instanceof Input input) {
            if (input.place() == inputTypes.size()) {
                inputTypes.add(input.kind());
            }
            return "p" + input.place();
        }
        if (noted instanceof List<?> list) {
            return list.stream().map(this::expression).collect(Collectors.joining(", ", "[", "]"));
        }
        return arrays.get((Integer) noted).expression();
    }

    private TracedArray traced(String expression, NDArray value) {
        var array = new TracedArray(arrays.size(), expression, value);
        arrays.add(array);
        return array;
    }

    /** Arguments as they are computed with while recording: weights are copied, so that nothing moves. */
    private Object[] values(Object... arguments) {
        return Arrays.stream(arguments).map(this::value).toArray();
    }

    private Object value(Object argument) {
        if (argument instanceof TracedArray traced) {
            return traced.value();
        }
        if (argument instanceof NDArray array) {
            return copy(array);
        }
        return argument instanceof List<?> list
                ? list.stream().map(element -> (NDArray) value(element)).toList()
                : argument;
    }

    /** The value of an array while recording. */
    NDArray copy(NDArray array) {
        return array instanceof TracedArray traced
                ? traced.value()
                : copies.computeIfAbsent(array, a -> {
                    var copy = Tape.keep(a); // it may be needed after a tape that is open only now
                    copy.setRequiresGradient(a.hasGradient());
                    return copy;
                });
    }

    private boolean returnsList(TorchModule module, String method) {
        return methods.get(module).get(method).contains("-> List[Tensor]:");
    }

    /** The name of a module's method in the program, which gets its text. */
    private String method(TorchModule module, String method) {
        methods.computeIfAbsent(module, m -> new LinkedHashMap<>()).computeIfAbsent(method, m -> {
            var found = DEFINITION.matcher(module.methods());
            while (found.find()) {
                if (found.group(1).equals(method)) {
                    int from = found.start();
                    return module.methods()
                            .substring(
                                    from,
                                    found.find()
                                            ? found.start()
                                            : module.methods().length());
                }
            }
            throw new IllegalArgumentException("no method " + method);
        });
        return "m" + new ArrayList<>(methods.keySet()).indexOf(module) + "_" + method;
    }

    private void compile(TracedArray results) {
        var text = new StringBuilder();
        methods.forEach((module, used) -> used.forEach((name, method) -> text.append("def ")
                .append(method(module, name))
                .append(method.substring(4 + name.length()))
                .append('\n')));
        var parameters = new StringBuilder("self");
        for (int i = 0; i < inputTypes.size(); i++) {
            parameters.append(", p").append(i).append(": ").append(inputTypes.get(i));
        }
        text.append("def run(").append(parameters).append(", numbers: List[float]) -> Tensor:\n");
        text.append(lines).append("  return ").append(results.expression()).append('\n');
        program = new TorchModule(text.toString(), Compute.current().manager());
        keptLists = new Object[inputTypes.size()];
        keptValues = new IValue[inputTypes.size()];
        arrays.forEach(TracedArray::forget);
    }

    /** What was followed last, in one call. */
    double[] compute() {
        var values = new IValue[inputs.size() + 1];
        try {
            values[inputs.size()] = IValue.listFrom(
                    numbers.stream().mapToDouble(Double::doubleValue).toArray());
            for (int i = 0; i < inputs.size(); i++) {
                var input = inputs.get(i);
                // Lists are of weights and of what optimisers remember: the same arrays at every pass.
                if (input instanceof List<?> && keptLists[i] != input) {
                    close(keptValues[i]);
                    keptValues[i] = TorchModule.value(input);
                    keptLists[i] = input;
                }
                values[i] = input instanceof List<?> ? keptValues[i] : TorchModule.value(input);
            }
            try (var result = program.run("run", values);
                    var numbers = result.toTensor((ai.djl.pytorch.engine.PtNDManager)
                            Compute.current().manager())) {
                return numbers.toDoubleArray();
            }
        } finally {
            for (int i = 0; i < values.length; i++) {
                if (i == keptValues.length || values[i] != keptValues[i]) {
                    close(values[i]);
                }
            }
            inputs = null;
            numbers = null;
        }
    }

    private static void close(IValue value) {
        if (value != null) {
            value.close();
        }
    }

    void close() {
        for (var value : keptValues) {
            close(value);
        }
        if (program != null) {
            program.close();
        }
    }
}
