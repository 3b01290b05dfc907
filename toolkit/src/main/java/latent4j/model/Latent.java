package latent4j.model;

import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import latent4j.data.Samples;
import latent4j.tensor.Require;
import latent4j.tensor.Seed;

/** A model that makes records from codes: points of a latent space with a standard normal prior. */
public interface Latent extends Model {

    /** How many dimensions a code has. */
    int latent();

    /**
     * The records that codes stand for.
     *
     * @param codes records of shape {@code (latent)}
     */
    Samples decode(Samples codes);

    /**
     * Writes what turns codes into records as TorchScript, which Python's {@code torch.jit.load} runs: {@code
     * forward(z)}, z: [batch, latent].
     */
    void export(Path file);

    /** {@code n} codes from the prior N(0, I); the same seed draws the same ones. */
    default Samples prior(int n, long seed) {
        Require.atLeast("n", 1, n);
        return Samples.of(new Shape(latent()), new Seed(seed).child("prior").normal(Math.multiplyExact(n, latent())));
    }

    @Override
    default Samples draw(int n, long seed) {
        return decode(prior(n, seed));
    }

    /**
     * The records along the way from each code to the next, ends included.
     *
     * @param codes at least two codes
     * @param steps how many records from one code to the next, at least 2
     */
    default Samples interpolate(Samples codes, int steps, Interpolation way) {
        return decode(way.path(codes, steps));
    }

    /**
     * The records along one dimension of the latent space, all else fixed.
     *
     * @param code one code
     * @param dimension which dimension to vary, from 0
     * @param from its first value
     * @param to its last value
     * @param steps how many records, at least 2
     */
    default Samples traverse(Samples code, int dimension, double from, double to, int steps) {
        if (code.size() != 1) {
            throw new IllegalArgumentException("traverse starts from one code, got " + code.size());
        }
        if (!code.shape().equals(new Shape(latent()))) {
            throw new IllegalArgumentException(
                    "expected a code of shape " + new Shape(latent()) + ", got " + code.shape());
        }
        if (dimension < 0 || dimension >= latent()) {
            throw new IllegalArgumentException(
                    "dimension must be between 0 and " + (latent() - 1) + ", got " + dimension);
        }
        var ends = new float[2][];
        for (int i = 0; i < 2; i++) {
            ends[i] = code.row(0);
            ends[i][dimension] = (float) (i == 0 ? from : to);
        }
        var both = new float[2 * latent()];
        System.arraycopy(ends[0], 0, both, 0, latent());
        System.arraycopy(ends[1], 0, both, latent(), latent());
        return decode(Interpolation.LINEAR.path(Samples.of(code.shape(), both), steps));
    }
}
