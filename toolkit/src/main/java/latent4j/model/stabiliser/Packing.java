package latent4j.model.stabiliser;

import java.util.Optional;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.model.Stabiliser;
import latent4j.nn.Net;
import latent4j.nn.Pack;
import latent4j.tensor.Require;

/**
 * PacGAN (Lin et al. 2018, section 3 and figure 1): the discriminator scores packs of m examples, all data or all samples, put
 * together along their channels, so that samples that lack modes betray themselves. Only its first layer grows; the loss is the
 * game's own over packs. With conditions put beside x, the discriminator scores packs of pairs.
 *
 * @param count m ≥ 2
 */
public record Packing(int count) implements Stabiliser {

    public Packing {
        Require.atLeast("count", 2, count);
    }

    /** With m = 2, "PacGAN2" in the paper. */
    public static Packing usual() {
        return new Packing(2);
    }

    @Override
    public Optional<String> refusal(GenerativeAdversarialNetwork game) {
        return Nets.unlessMadeOfLayers(game.discriminator())
                .or(
                        () -> game.discriminator().output().size() == 1
                                ? Optional.empty()
                                : Optional.of(
                                        "a pack of examples has one score, and its discriminator puts out more than that of each example"));
    }

    @Override
    public Net discriminator(Net discriminator) {
        return Nets.inserted(discriminator, 0, new Pack(count));
    }
}
