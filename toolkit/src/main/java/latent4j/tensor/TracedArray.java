package latent4j.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrayAdapter;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * An array of a {@link Trace}: a shape, and an expression of what it will hold. It knows the arithmetic that losses are
 * made of; whatever else is asked of it, its values above all, ends the trace, and the computation is run operation by operation.
 */
final class TracedArray extends NDArrayAdapter {

    private final int number;
    private final String expression;
    private NDArray value;

    TracedArray(int number, String expression, NDArray value) {
        super(Compute.current().manager(), null, value.getShape(), value.getDataType(), "traced " + number);
        this.number = number;
        this.expression = expression;
        this.value = value;
    }

    /** Its number in the order in which a trace's arrays arise. */
    int number() {
        return number;
    }

    String expression() {
        return expression;
    }

    /** What it holds while the trace is recorded. */
    NDArray value() {
        return value;
    }

    void forget() {
        value = null;
    }

    private NDArray apply(String expression, UnaryOperator<NDArray> same) {
        return Trace.current().express(expression, () -> same.apply(value), this);
    }

    private NDArray apply(String expression, BinaryOperator<NDArray> same, NDArray other) {
        var trace = Trace.current();
        return trace.express(expression, () -> same.apply(value, trace.copy(other)), this, other);
    }

    private NDArray apply(String expression, UnaryOperator<NDArray> same, Number other) {
        return Trace.current().express(expression, () -> same.apply(value), this, other.doubleValue());
    }

    private static String list(int... axes) {
        return Arrays.stream(axes).mapToObj(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }

    @Override
    public NDArray add(Number n) {
        return apply("torch.add(%s, %s)", a -> a.add(n), n);
    }

    @Override
    public NDArray add(NDArray other) {
        return apply("torch.add(%s, %s)", NDArray::add, other);
    }

    @Override
    public NDArray sub(Number n) {
        return apply("torch.sub(%s, %s)", a -> a.sub(n), n);
    }

    @Override
    public NDArray sub(NDArray other) {
        return apply("torch.sub(%s, %s)", NDArray::sub, other);
    }

    @Override
    public NDArray mul(Number n) {
        return apply("torch.mul(%s, %s)", a -> a.mul(n), n);
    }

    @Override
    public NDArray mul(NDArray other) {
        return apply("torch.mul(%s, %s)", NDArray::mul, other);
    }

    @Override
    public NDArray div(Number n) {
        return apply("torch.div(%s, %s)", a -> a.div(n), n);
    }

    @Override
    public NDArray div(NDArray other) {
        return apply("torch.div(%s, %s)", NDArray::div, other);
    }

    @Override
    public NDArray pow(Number n) {
        return apply("torch.pow(%s, %s)", a -> a.pow(n), n);
    }

    @Override
    public NDArray neg() {
        return apply("torch.neg(%s)", NDArray::neg);
    }

    @Override
    public NDArray abs() {
        return apply("torch.abs(%s)", NDArray::abs);
    }

    @Override
    public NDArray square() {
        return apply("torch.square(%s)", NDArray::square);
    }

    @Override
    public NDArray sqrt() {
        return apply("torch.sqrt(%s)", NDArray::sqrt);
    }

    @Override
    public NDArray exp() {
        return apply("torch.exp(%s)", NDArray::exp);
    }

    @Override
    public NDArray log() {
        return apply("torch.log(%s)", NDArray::log);
    }

    @Override
    public NDArray tanh() {
        return apply("torch.tanh(%s)", NDArray::tanh);
    }

    @Override
    public NDArray mean() {
        return apply("torch.mean(%s)", NDArray::mean);
    }

    @Override
    public NDArray mean(int[] axes, boolean keepDims) {
        return apply(
                "torch.mean(%s, " + list(axes) + ", " + (keepDims ? "True" : "False") + ")",
                a -> a.mean(axes, keepDims));
    }

    @Override
    public NDArray sum() {
        return apply("torch.sum(%s)", NDArray::sum);
    }

    @Override
    public NDArray sum(int[] axes, boolean keepDims) {
        return apply(
                "torch.sum(%s, " + list(axes) + ", " + (keepDims ? "True" : "False") + ")", a -> a.sum(axes, keepDims));
    }

    @Override
    public NDArray reshape(Shape shape) {
        return apply("torch.reshape(%s, " + Arrays.toString(shape.getShape()) + ")", a -> a.reshape(shape));
    }

    @Override
    public NDArray stopGradient() {
        return apply("torch.detach(%s)", NDArray::stopGradient);
    }

    @Override
    public NDManager getManager() {
        return manager;
    }

    @Override
    public ByteBuffer toByteBuffer(boolean tryDirect) {
        throw new NotTraceable("its values are read");
    }

    @Override
    public void set(Buffer data) {
        throw new NotTraceable("its values are set");
    }

    @Override
    public void intern(NDArray replaced) {
        throw new NotTraceable("it takes another array's place");
    }

    @Override
    public void attach(NDManager manager) {
        // it lives as long as the trace
    }

    @Override
    public void detach() {
        // it lives as long as the trace
    }

    @Override
    public void close() {
        // it lives as long as the trace
    }

    @Override
    public String toString() {
        return "traced array " + shape;
    }
}
