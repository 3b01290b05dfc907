package latent4j.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import latent4j.data.Samples;
import latent4j.loss.Gaussian;
import latent4j.tensor.Require;
import latent4j.tensor.Seed;

/** Draws from mixtures of Gaussians. */
public final class Mixtures {

    private Mixtures() {}

    /**
     * {@code n} draws from Σ_k softmax(w)_k N(μ_k, diag σ_k²); the same seed draws the same ones.
     *
     * @param logWeights w: [k]
     * @param components [k, d]
     */
    public static Samples draw(NDArray logWeights, Gaussian components, int n, Seed seed) {
        Require.atLeast("n", 1, n);
        var weights = logWeights.toFloatArray();
        var means = components.mean().toFloatArray();
        var logVariances = components.logVariance().toFloatArray();
        int d = means.length / weights.length;
        var noise = seed.child("noise").normal(Math.multiplyExact(n, d));
        var chosen = seed.child("component").uniform(n);
        var draws = new float[n * d];
        for (int i = 0; i < n; i++) {
            int k = Categories.choose(weights, 0, weights.length, chosen[i]);
            for (int j = 0; j < d; j++) {
                double deviation = Math.exp(0.5 * logVariances[k * d + j]);
                draws[i * d + j] = (float) (means[k * d + j] + deviation * noise[i * d + j]);
            }
        }
        return Samples.of(new Shape(d), draws);
    }
}
