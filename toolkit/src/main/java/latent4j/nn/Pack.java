package latent4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import latent4j.tensor.Kernels;
import latent4j.tensor.Mode;
import latent4j.tensor.Require;

/**
 * Makes one example of every {@code count} of a batch, their channels (for vectors: their values) one after another, as a
 * packed discriminator takes them (Lin et al. 2018, figure 1); x: [batch, c, …], y: [⌈batch / count⌉, count·c, …]. A last pack
 * that is not full is filled up with the batch's first examples.
 *
 * @param count m ≥ 1
 */
public record Pack(int count) implements Layer {

    public Pack {
        Require.atLeast("count", 1, count);
    }

    @Override
    public Shape output(Shape input) {
        return new Shape(count * input.get(0)).addAll(input.slice(1));
    }

    @Override
    public boolean mixesExamples() {
        return true;
    }

    @Override
    public void write(ForwardText text, Shape input) {
        var x = text.input();
        var size = "torch.size(" + x + ", 0)";
        var missing = "torch.remainder(torch.neg(" + size + "), " + count + ")";
        var places = "torch.remainder(torch.arange(torch.add(" + size + ", " + missing
                + "), dtype=4, layout=None, device=ops.prim.device(" + x + "), pin_memory=False), " + size + ")";
        var filled = "torch.index_select(" + x + ", 0, " + places + ")";
        var sizes =
                Arrays.stream(output(input).getShape()).mapToObj(Long::toString).collect(Collectors.joining(", "));
        text.result(
                "torch.reshape(" + x + " if torch.eq(" + missing + ", 0) else " + filled + ", [-1, " + sizes + "])");
    }

    @Override
    public NDArray apply(Kernels kernels, NDArray x, List<NDArray> weights, Mode mode) {
        long batch = x.getShape().get(0);
        long packs = (batch + count - 1) / count;
        var filled = batch % count == 0
                ? x
                : NDArrays.concat(new NDList(Collections.nCopies(count, x))).get(":" + packs * count);
        return filled.reshape(new Shape(packs).addAll(output(x.getShape().slice(1))));
    }
}
