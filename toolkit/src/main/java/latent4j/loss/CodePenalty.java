package latent4j.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;
import latent4j.tensor.Kernels;
import latent4j.tensor.Tape;

/** What keeps the codes of a deterministic autoencoder together and its decoder smooth (Ghosh et al. 2020, section 3). */
public final class CodePenalty {

    private CodePenalty() {}

    /**
     * ½‖z‖², the codes' own norm: sum over dimensions, mean over the batch.
     *
     * @param codes z: [batch, d]
     */
    public static NDArray norm(NDArray codes) {
        var kernels = Kernels.current();
        return kernels.affine(codes.square().sum(new int[] {1}).mean(), 0.5, 0);
    }

    /**
     * ‖∇D(z)‖², the squared Frobenius norm of the decoder's Jacobian at each code, mean over the batch: estimated without
     * bias as ‖∇(vᵀD(z))‖² with v from N(0, I), at the price of one gradient instead of one for every output. Nothing flows
     * on to the codes.
     *
     * @param decoder from [batch, d] to [batch, shape…]; it must not mix examples
     * @param codes z: [batch, d]
     * @param noise v: [batch, shape…]
     */
    public static NDArray jacobian(UnaryOperator<NDArray> decoder, NDArray codes, NDArray noise) {
        long batch = codes.getShape().get(0);
        var outputs = new Shape(batch, noise.size() / batch);
        return Kernels.current()
                .gradientNorm(z -> decoder.apply(z).mul(noise).reshape(outputs).sum(new int[] {1}), Tape.stopped(codes))
                .square()
                .mean();
    }
}
