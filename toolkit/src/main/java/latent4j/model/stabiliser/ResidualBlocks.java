package latent4j.model.stabiliser;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Optional;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.model.Stabiliser;
import latent4j.nn.Convolution;
import latent4j.nn.Layer;
import latent4j.nn.LeakyRelu;
import latent4j.nn.Linear;
import latent4j.nn.Net;
import latent4j.nn.Residual;

/**
 * Residual blocks in both players (He et al. 2016, equation 1; Gulrajani et al. 2017, section 5, for GANs): after each hidden layer
 * h ← h + F(h) with F two layers as wide as h, linear ones or 3×3 convolutions, and a leaky ReLU between them, so that deeper
 * networks still pass gradients on.
 */
public record ResidualBlocks() implements Stabiliser {

    @Override
    public Optional<String> refusal(GenerativeAdversarialNetwork game) {
        return Nets.unlessBothAreMadeOfLayers(game);
    }

    @Override
    public Net generator(Net generator) {
        return deeper(generator);
    }

    @Override
    public Net discriminator(Net discriminator) {
        return deeper(discriminator);
    }

    private static Net deeper(Net net) {
        var hidden = new ArrayList<>(Nets.hidden(net));
        Collections.reverse(hidden); // so that the places of those before stay
        for (var layer : hidden) {
            int width = (int) layer.shape().get(0);
            Layer product = layer.shape().dimension() == 3 ? new Convolution(width, 3, 1, 1) : new Linear(width);
            net = Nets.inserted(net, layer.after() + 1, new Residual(product, new LeakyRelu(0.2), product));
        }
        return net;
    }
}
