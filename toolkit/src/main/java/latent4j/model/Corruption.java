package latent4j.model;

import ai.djl.ndarray.NDArray;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;

/** How records are spoilt before an autoencoder sees them (Vincent et al. 2010, section 3.3). */
public sealed interface Corruption {

    /**
     * The spoilt records, by the step's randomness.
     *
     * @param x [batch, shape…]
     */
    NDArray of(NDArray x, Step step);

    /**
     * x + N(0, σ²I).
     *
     * @param standardDeviation σ ≥ 0, in the data's unit
     */
    record Noise(double standardDeviation) implements Corruption {
        public Noise {
            Require.notNegative("standardDeviation", standardDeviation);
        }

        @Override
        public NDArray of(NDArray x, Step step) {
            var noise = step.normal(x.getShape().slice(1).getShape());
            return x.add(Kernels.current().affine(noise, standardDeviation, 0));
        }
    }

    /**
     * Each value becomes 0 with the same probability.
     *
     * @param share the probability, in [0, 1)
     */
    record Masking(double share) implements Corruption {
        public Masking {
            Require.belowOne("share", share);
        }

        @Override
        public NDArray of(NDArray x, Step step) {
            return x.mul(step.bernoulli(1 - share, x.getShape().slice(1).getShape()));
        }
    }
}
