package latent4j.nn;

import latent4j.tensor.Bfloat16;

/** In which numbers a network's matrix products and convolutions are computed while it is trained. */
public enum Precision {
    /** In float32, like everything else. */
    FLOAT32,
    /**
     * In bfloat16, which has float32's range and 8 bits of mantissa (Kalamkar et al. 2019): inputs and weights are rounded
     * before each product and its result taken back to float32, forwards and backwards. Weights, what the optimiser
     * remembers, normalisation, losses, and everything outside of training stay in float32.
     */
    BFLOAT16;

    /**
     * Refuses what this machine gains nothing from.
     *
     * @throws IllegalArgumentException saying why, and what to do
     */
    public void require() {
        if (this == BFLOAT16) {
            Bfloat16.refusal().ifPresent(reason -> {
                throw new IllegalArgumentException("precision must be FLOAT32 here, got BFLOAT16: " + reason
                        + ". Leave the trainer's precision as it is");
            });
        }
    }
}
