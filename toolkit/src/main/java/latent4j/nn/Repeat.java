package latent4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.tensor.Kernels;
import latent4j.tensor.Mode;
import latent4j.tensor.Require;

/**
 * A vector at every step of a sequence, as a recurrent decoder gets it; x: [batch, d], y: [batch, steps, d].
 *
 * @param steps how many, ≥ 1
 */
public record Repeat(int steps) implements Layer {

    public Repeat {
        Require.atLeast("steps", 1, steps);
    }

    @Override
    public Shape output(Shape input) {
        Checks.vector("Repeat", input);
        return new Shape(steps, input.get(0));
    }

    @Override
    public void write(ForwardText text, Shape input) {
        text.result("torch.expand(torch.unsqueeze(" + text.input() + ", 1), [-1, " + steps + ", -1])");
    }

    @Override
    public NDArray apply(Kernels kernels, NDArray x, List<NDArray> weights, Mode mode) {
        long batch = x.getShape().get(0);
        long d = x.getShape().get(1);
        return x.reshape(batch, 1, d).broadcast(batch, steps, d);
    }
}
