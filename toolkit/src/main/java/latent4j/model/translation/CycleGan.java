package latent4j.model.translation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.data.Pairs;
import latent4j.data.Samples;
import latent4j.loss.AbsoluteError;
import latent4j.loss.Adversarial;
import latent4j.model.Inference;
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
 * CycleGAN (Zhu et al. 2017, equations 1 to 3): translates between two sets of pictures, X and Y, of which nobody knows what
 * belongs together. G: X → Y and F: Y → X each play a least-squares game against a discriminator of their own set (section 4),
 * and lead back to where they began: they minimise E(D_Y(G(x)) − 1)² + E(D_X(F(y)) − 1)² + λ·(E|F(G(x)) − x| + E|G(F(y)) − y|),
 * the mean over the values of a picture, and a discriminator ½·E(D(y) − 1)² + ½·E D(G(x))².
 *
 * <p>Its records are those of {@link Pairs}, as for any translator, but no term compares a source with the target of the same
 * record: its losses are the same for the targets in any other order, as {@link Pairs#unpaired} leaves them.
 *
 * <p>The discriminators see the present translations only, not a store of older ones.
 *
 * @param generator G: sources to targets, [batch, c, h, w] to [batch, c, h, w], values in [0, 1]
 * @param inverse F: targets to sources
 * @param targetDiscriminator D_Y: [batch, c, h, w] to scores of any shape
 * @param sourceDiscriminator D_X
 * @param cycle λ ≥ 0; the paper's is 10
 * @param identity the weight of E|G(y) − y| + E|F(x) − x|, ≥ 0: what is a target already ought to stay as it is (section 5.2,
 *     where it is λ/2); 0 where the two sets differ in everything
 */
public record CycleGan(
        Net generator, Net inverse, Net targetDiscriminator, Net sourceDiscriminator, double cycle, double identity)
        implements Translator {

    public CycleGan {
        Require.notNegative("cycle", cycle);
        Require.notNegative("identity", identity);
    }

    /** With λ = 10, no identity term, and U-Nets from 16 channels. */
    public static CycleGan of(Shape pair) {
        return of(pair, 16, 10, 0);
    }

    /**
     * With {@code channels} at the full size, twice and four times as many at half and a quarter of it; the discriminators have
     * {@code channels} and twice as many.
     */
    public static CycleGan of(Shape pair, int channels, double cycle, double identity) {
        var image = Pairs.half(pair);
        return new CycleGan(
                TranslationNets.generator("generator", image, channels),
                TranslationNets.generator("inverse", image, channels),
                TranslationNets.patches("target discriminator", image, channels),
                TranslationNets.patches("source discriminator", image, channels),
                cycle,
                identity);
    }

    /** A small one, for tests. */
    public static CycleGan small(Shape pair) {
        return of(pair, 4, 10, 0);
    }

    @Override
    public List<Objective> objectives() {
        return List.of(
                Objective.of(
                        "target discriminator",
                        List.of(targetDiscriminator),
                        step -> game(targetDiscriminator, Pair.of(step).target(), translated(step))),
                Objective.of(
                        "source discriminator",
                        List.of(sourceDiscriminator),
                        step -> game(sourceDiscriminator, Pair.of(step).source(), translatedBack(step))),
                Objective.of("generators", List.of(generator, inverse), this::generatorTerms));
    }

    private static Terms game(Net discriminator, NDArray real, NDArray fake) {
        return Terms.of(Adversarial.leastSquaresDiscriminator(
                score(discriminator, real), score(discriminator, Tape.stopped(fake))));
    }

    private Terms generatorTerms(Step step) {
        var kernels = Kernels.current();
        var x = Pair.of(step).source();
        var y = Pair.of(step).target();
        var there = translated(step);
        var back = translatedBack(step);
        var halves = Adversarial.leastSquaresGenerator(score(targetDiscriminator, there))
                .add(Adversarial.leastSquaresGenerator(score(sourceDiscriminator, back)));
        var game = kernels.affine(halves, 2, 0);
        var around = AbsoluteError.mean(x, inverse.apply(there)).add(AbsoluteError.mean(y, generator.apply(back)));
        var total = game.add(kernels.affine(around, cycle, 0));
        if (identity > 0) {
            var kept = AbsoluteError.mean(y, generator.apply(y)).add(AbsoluteError.mean(x, inverse.apply(x)));
            total = total.add(kernels.affine(kept, identity, 0));
        }
        return Terms.of(total).with("game", game).with("cycle", around);
    }

    private NDArray translated(Step step) {
        return step.shared("G(x)", () -> generator.apply(Pair.of(step).source()));
    }

    private NDArray translatedBack(Step step) {
        return step.shared("F(y)", () -> inverse.apply(Pair.of(step).target()));
    }

    private static NDArray score(Net discriminator, NDArray x) {
        return Tape.withBatchStatistics(() -> discriminator.apply(x));
    }

    /** What each target becomes on the way back, F(y), with the records' labels and factors. */
    public Samples translateBack(Samples targets) {
        return Inference.map(targets, inverse.input(), inverse::apply);
    }

    /** Adam with learning rate 2·10⁻⁴ and β₁ = 0.5 (section 4 and the authors' code). */
    @Override
    public Optimizer optimizer() {
        return Adam.of(2e-4).beta1(0.5);
    }
}
