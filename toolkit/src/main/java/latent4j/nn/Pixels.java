package latent4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import latent4j.tensor.Arrays;

/** Images whose rows and columns are sums of others' rows and columns, as plain matrix products. */
final class Pixels {

    private Pixels() {}

    /**
     * R x Cᵀ for every channel.
     *
     * @param x [batch, c, h, w]
     * @param rows R: [height, h]
     * @param columns C: [width, w]
     */
    static NDArray combined(NDArray x, float[][] rows, float[][] columns) {
        var shape = x.getShape();
        var wide = alongLast(x, columns);
        var turned = alongLast(wide.transpose(0, 1, 3, 2), rows);
        return turned.transpose(0, 1, 3, 2).reshape(shape.get(0), shape.get(1), rows.length, columns.length);
    }

    private static NDArray alongLast(NDArray x, float[][] shares) {
        var shape = x.getShape();
        int from = shares[0].length;
        var transposed = new float[from * shares.length];
        for (int i = 0; i < shares.length; i++) {
            for (int j = 0; j < from; j++) {
                transposed[j * shares.length + i] = shares[i][j];
            }
        }
        var y = x.reshape(-1, from).matMul(Arrays.of(transposed, new Shape(from, shares.length)));
        return y.reshape(shape.get(0), shape.get(1), shape.get(2), shares.length);
    }
}
