package latent4j.model.stabiliser;

import java.util.Optional;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.model.Stabiliser;
import latent4j.nn.Net;
import latent4j.nn.Product;
import latent4j.nn.SpectralNorm;

/**
 * Spectral normalisation of the discriminator (Miyato et al. 2018, equation 8 and algorithm 1): the weight W of each linear and
 * convolutional layer is divided by its largest singular value σ(W), so that a linear layer's slope is at most 1. See {@link
 * SpectralNorm}: a convolution's weight counts as the matrix [channels, inputs·kernel·kernel], whose singular value is not the
 * convolution's operator norm.
 */
public record SpectralNormalisation() implements Stabiliser {

    @Override
    public Optional<String> refusal(GenerativeAdversarialNetwork game) {
        return Nets.unlessMadeOfLayers(game.discriminator());
    }

    @Override
    public Net discriminator(Net discriminator) {
        return Nets.changed(
                discriminator,
                network ->
                        network.changed(layer -> layer instanceof Product product ? new SpectralNorm(product) : layer));
    }
}
