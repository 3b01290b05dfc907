package latent4j.model.stabiliser;

import java.util.List;
import java.util.Optional;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.model.Stabiliser;
import latent4j.nn.Net;

/**
 * Self-attention in both players (SAGAN: Zhang et al. 2019, section 3 and equations 1 to 3): after the discriminator's first
 * hidden feature maps and the generator's last, every place looks at every other. It starts as nothing, γ = 0. See {@link
 * latent4j.nn.SelfAttention}.
 */
public record SelfAttention() implements Stabiliser {

    @Override
    public Optional<String> refusal(GenerativeAdversarialNetwork game) {
        return Nets.unlessBothAreMadeOfLayers(game)
                .or(() -> maps(game.generator()).isEmpty()
                                || maps(game.discriminator()).isEmpty()
                        ? Optional.of(
                                "its networks have no hidden feature maps, between whose places attention could look:"
                                        + " give it convolutional ones")
                        : Optional.empty());
    }

    private static List<Nets.Hidden> maps(Net net) {
        return Nets.hidden(net).stream()
                .filter(hidden -> hidden.shape().dimension() == 3)
                .toList();
    }

    @Override
    public Net generator(Net generator) {
        var maps = maps(generator);
        return with(generator, maps.get(maps.size() - 1));
    }

    @Override
    public Net discriminator(Net discriminator) {
        return with(discriminator, maps(discriminator).get(0));
    }

    private static Net with(Net net, Nets.Hidden maps) {
        int channels = (int) maps.shape().get(0);
        return Nets.inserted(net, maps.after() + 1, latent4j.nn.SelfAttention.of(channels));
    }
}
