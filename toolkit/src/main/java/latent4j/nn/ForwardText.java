package latent4j.nn;

import java.util.function.UnaryOperator;
import latent4j.tensor.Mode;

/** The TorchScript text of a forward pass while it is written, layer by layer. */
public final class ForwardText {

    private final Mode mode;
    private final StringBuilder lines = new StringBuilder();
    private int weights;
    private int values;
    private String current = "x";

    ForwardText(Mode mode) {
        this.mode = mode;
    }

    /** The value that the layer before left: an expression. */
    String input() {
        return current;
    }

    /** The next of the network's weights: an expression. */
    String weight() {
        return "weights[" + weights++ + "]";
    }

    /** How the network behaves for which this text is. */
    Mode mode() {
        return mode;
    }

    /** The layer's result: an expression over {@link #input} and {@link #weight}. */
    void result(String expression) {
        current = "x" + ++values;
        lines.append("  ").append(current).append(" = ").append(expression).append('\n');
    }

    /** The method of this mode: {@code (x, weights) -> y}. */
    String method() {
        return "def " + Network.method(mode) + "(self, x: Tensor, weights: List[Tensor]) -> Tensor:\n" + lines
                + "  return " + current + "\n";
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
