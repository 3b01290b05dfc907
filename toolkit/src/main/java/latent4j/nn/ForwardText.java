package latent4j.nn;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.UnaryOperator;
import latent4j.tensor.Mode;

/** The TorchScript text of a forward pass while it is written, layer by layer. */
public final class ForwardText {

    private static final String FLOAT32 = "6"; // the numbers of TorchScript's types
    private static final String BFLOAT16 = "15";

    private final Mode mode;
    private final Precision precision;
    private final StringBuilder lines = new StringBuilder();
    private final Deque<String> inPlace = new ArrayDeque<>();
    private int weights;
    private int values;
    private String current = "x";

    ForwardText(Mode mode, Precision precision) {
        this.mode = mode;
        this.precision = precision;
    }

    /** The value that the layer before left: an expression. */
    String input() {
        return current;
    }

    /** The value that the layer before left, images with channels last in memory, as convolutions leave them. */
    String images(Shape input) {
        return input.dimension() == 3 ? "torch.contiguous(" + current + ", memory_format=2)" : current;
    }

    /** The next of the network's weights, or what was put in its place: an expression. */
    String weight() {
        return inPlace.isEmpty() ? "weights[" + weights++ + "]" : inPlace.poll();
    }

    /** The expression stands in the place of a weight that has been read: the next to ask gets it. */
    void nextWeight(String expression) {
        inPlace.add(expression);
    }

    /** A shape as a list of sizes. */
    static String sizes(Shape shape) {
        return Arrays.toString(shape.getShape());
    }

    /** How the network behaves for which this text is. */
    Mode mode() {
        return mode;
    }

    /** The layer's result: an expression over {@link #input} and {@link #weight}. */
    void result(String expression) {
        current = value(expression);
    }

    /** A value on the way to the layer's result: its name. */
    String value(String expression) {
        var name = "x" + ++values;
        lines.append("  ").append(name).append(" = ").append(expression).append('\n');
        return name;
    }

    /** What the next layer gets, where that is not what the layer before left. */
    void from(String expression) {
        current = expression;
    }

    /**
     * The layer's result: the input times its slope at the input, which is what the backward pass of a piecewise linear
     * function computes. Its second derivative is then known to be nothing; the function itself would compute it, as zeros
     * that pass back through the whole network (a third of the time of a gradient penalty).
     *
     * @param backward {@code backward(gradient, input, …)}
     * @param further the rest of its arguments
     */
    void kinked(String backward, String further) {
        result(backward + "(" + input() + ", torch.detach(" + input() + "), " + further + ")");
    }

    /** The layer's result: {@code function(input, weight, bias or None)}, a product that is computed in the text's precision. */
    void product(String function, boolean bias) {
        product(function, weight(), bias, "");
    }

    /** As {@link #product}, of images: with channels last in memory, in which libtorch's convolutions are fastest. */
    void convolution(String function, String further) {
        product(function, "torch.clone(" + weight() + ", memory_format=2)", true, further);
    }

    private void product(String function, String weight, boolean bias, String further) {
        if (precision == Precision.FLOAT32) {
            result(function + "(" + input() + ", " + weight + ", " + (bias ? weight() : "None") + further + ")");
        } else {
            var added = bias ? to(BFLOAT16, weight()) : "None";
            result(to(
                    FLOAT32,
                    function + "(" + to(BFLOAT16, input()) + ", " + to(BFLOAT16, weight) + ", " + added + further
                            + ")"));
        }
    }

    private static String to(String type, String expression) {
        return "torch.to(" + expression + ", " + type + ")";
    }

    /** The method of this mode and precision: {@code (x, weights) -> y}. */
    String method() {
        return "def " + Network.method(mode, precision) + "(self, x: Tensor, weights: List[Tensor]) -> Tensor:\n"
                + lines + "  return " + current + "\n";
    }

    /**
     * The method {@code forward(x)} of a module that owns its weights as {@code self.w0}, {@code self.w1}, …
     *
     * @param last what is returned, as an expression of what the last layer leaves
     */
    String ownedForward(UnaryOperator<String> last) {
        return "def forward(self, x: Tensor) -> Tensor:\n"
                + lines.toString().replaceAll("weights\\[(\\d+)]", "self.w$1") + "  return " + last.apply(current)
                + "\n";
    }
}
