package latent4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.tensor.Kernels;
import latent4j.tensor.Mode;
import latent4j.tensor.Require;

/**
 * Gated recurrent units (Cho et al. 2014, equations 5 to 8, in the arrangement of PyTorch and cuDNN, where the reset gate acts on
 * the product): from h₀ = 0, r = σ(Wᵣx + bᵣ + Uᵣh + cᵣ), z = σ(W_z x + b_z + U_z h + c_z), n = tanh(Wₙx + bₙ + r ⊙ (Uₙh + cₙ)),
 * h ← (1 − z) ⊙ n + z ⊙ h at each step; x: [batch, steps, d].
 *
 * @param units the size of the state h, ≥ 1
 * @param everyStep whether the states after all steps come out, [batch, steps, units], or the last one, [batch, units]
 */
public record Gru(int units, boolean everyStep) implements Layer {

    public Gru {
        Require.atLeast("units", 1, units);
    }

    @Override
    public Shape output(Shape input) {
        if (input.dimension() != 2) {
            throw new IllegalArgumentException(
                    "Gru takes sequences (steps, d), got shape " + input + "; put a Repeat or a Reshape before it");
        }
        return everyStep ? new Shape(input.get(0), units) : new Shape(units);
    }

    /** All start as weights with {@code units} inputs and outputs, as PyTorch has it. */
    @Override
    public List<Weight> weights(Shape input, Initialisation initialisation) {
        return List.of(
                Weight.trainable(
                        "input weight", new Shape(3L * units, input.get(1)), initialisation.weight(units, units)),
                Weight.trainable("state weight", new Shape(3L * units, units), initialisation.weight(units, units)),
                Weight.trainable("input bias", new Shape(3L * units), initialisation.bias(units)),
                Weight.trainable("state bias", new Shape(3L * units), initialisation.bias(units)));
    }

    @Override
    public void write(ForwardText text, Shape input) {
        var x = text.input();
        var start = text.value("torch.new_zeros(" + x + ", [1, torch.size(" + x + ", 0), " + units + "])");
        var weights = "[" + text.weight() + ", " + text.weight() + ", " + text.weight() + ", " + text.weight() + "]";
        // In training mode always, which without dropout changes no value: on a GPU gradients exist only there.
        var states =
                text.value("(torch.gru(" + x + ", " + start + ", " + weights + ", True, 1, 0., True, False, True))[0]");
        text.result(everyStep ? states : "torch.select(" + states + ", 1, -1)");
    }

    @Override
    public NDArray apply(Kernels kernels, NDArray x, List<NDArray> weights, Mode mode) {
        long batch = x.getShape().get(0);
        int steps = (int) x.getShape().get(1);
        var h = x.getManager().zeros(new Shape(batch, units), x.getDataType());
        NDArray states = null;
        for (int t = 0; t < steps; t++) {
            var now = x.get(":, " + t);
            var fromInput = kernels.linear(now, weights.get(0), weights.get(2)).split(3, 1);
            var fromState = kernels.linear(h, weights.get(1), weights.get(3)).split(3, 1);
            var r = kernels.sigmoid(fromInput.get(0).add(fromState.get(0)));
            var z = kernels.sigmoid(fromInput.get(1).add(fromState.get(1)));
            var n = fromInput.get(2).add(r.mul(fromState.get(2))).tanh();
            h = n.add(z.mul(h.sub(n)));
            var state = h.reshape(batch, 1, units);
            states = states == null ? state : states.concat(state, 1);
        }
        return everyStep ? states : h;
    }
}
