package latent4j.nn;

/**
 * A layer that multiplies its input by a weight, the first of its {@linkplain #weights weights}, and may add a bias: what
 * {@link SpectralNorm} can normalise.
 */
public sealed interface Product extends Layer permits Convolution, Linear, TransposedConvolution {}
