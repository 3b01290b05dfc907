package latent4j.model.translation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.data.Pairs;
import latent4j.loss.AbsoluteError;
import latent4j.loss.Adversarial;
import latent4j.model.Objective;
import latent4j.model.Step;
import latent4j.model.Terms;
import latent4j.model.Translator;
import latent4j.nn.Adam;
import latent4j.nn.Net;
import latent4j.nn.Optimizer;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;
import latent4j.tensor.Tape;

/**
 * pix2pix (Isola et al. 2017, equation 4): a picture x is translated into G(x), which ought to be near its partner y and to
 * look with x as y does. The discriminator sees pairs: it minimises ½·E[−log D(x, y) − log(1 − D(x, G(x)))], and the
 * generator −E log D(x, G(x)) + λ·E|y − G(x)|, the mean over the values of a picture (section 3.3, as the authors' λ counts).
 *
 * <p>The discriminator scores patches; each patch's loss counts, averaged over patches and batch (section 3.4). There is no
 * noise: the paper found that the generator learns to ignore it (section 3.1), so a source has one translation.
 *
 * @param generator G: [batch, c, h, w] to [batch, c, h, w], values in [0, 1]
 * @param discriminator D, of source and target as channels of one picture: [batch, 2·c, h, w] to logits of any shape
 * @param weight λ ≥ 0; the paper's is 100
 */
public record Pix2Pix(Net generator, Net discriminator, double weight) implements Translator {

    public Pix2Pix {
        Require.notNegative("weight", weight);
    }

    /** With λ = 100 and U-Nets from 16 channels. */
    public static Pix2Pix of(Shape pair) {
        return of(pair, 16, 100);
    }

    /**
     * With {@code channels} at the full size, twice and four times as many at half and a quarter of it; the discriminator has
     * {@code channels} and twice as many.
     */
    public static Pix2Pix of(Shape pair, int channels, double weight) {
        var image = Pairs.half(pair);
        var both = new Shape(2 * image.get(0), image.get(1), image.get(2));
        return new Pix2Pix(
                TranslationNets.generator("generator", image, channels),
                TranslationNets.patches("discriminator", both, channels),
                weight);
    }

    /** A small one, for tests. */
    public static Pix2Pix small(Shape pair) {
        return of(pair, 4, 100);
    }

    @Override
    public List<Objective> objectives() {
        return List.of(
                Objective.of("discriminator", List.of(discriminator), this::discriminatorTerms),
                Objective.of("generator", List.of(generator), this::generatorTerms));
    }

    private Terms discriminatorTerms(Step step) {
        var pair = Pair.of(step);
        var real = score(pair.source(), pair.target());
        var fake = score(pair.source(), Tape.stopped(translation(step)));
        return Terms.nats(Kernels.current().affine(Adversarial.discriminator(real, fake), 0.5, 0));
    }

    private Terms generatorTerms(Step step) {
        var pair = Pair.of(step);
        var game = Adversarial.nonSaturating(score(pair.source(), translation(step)));
        var error = AbsoluteError.mean(pair.target(), translation(step));
        return Terms.of(game.add(Kernels.current().affine(error, weight, 0)))
                .with("game", game, "nats")
                .with("absolute error", error);
    }

    private NDArray translation(Step step) {
        return step.shared("translation", () -> generator.apply(Pair.of(step).source()));
    }

    private NDArray score(NDArray source, NDArray target) {
        var both = Kernels.current().concatenate(List.of(source, target));
        return Tape.withBatchStatistics(() -> discriminator.apply(both));
    }

    /** Adam with learning rate 2·10⁻⁴ and β₁ = 0.5 (section 3.3). */
    @Override
    public Optimizer optimizer() {
        return Adam.of(2e-4).beta1(0.5);
    }
}
