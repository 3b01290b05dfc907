package latent4j.model.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.Stream;
import latent4j.data.Samples;
import latent4j.loss.Bernoulli;
import latent4j.loss.Gaussian;
import latent4j.loss.Likelihood;
import latent4j.model.Bound;
import latent4j.model.BoundedAutoencoder;
import latent4j.model.ImportanceSampled;
import latent4j.model.Inference;
import latent4j.model.Step;
import latent4j.model.Terms;
import latent4j.nn.Net;
import latent4j.nn.Nets;
import latent4j.tensor.Require;
import latent4j.tensor.Seed;

/**
 * The ladder VAE with two levels (Sønderby et al. 2016, equations 18 and 19): a top code z₂ with prior N(0, I), a code z₁ with
 * prior p(z₁|z₂), and p(x|z₁). q(z₁|x, z₂) is the product of what the encoder says of z₁ and the prior p(z₁|z₂), each weighted
 * by its precision. It minimises −E log p(x|z₁) + KL(q(z₁|x, z₂) ‖ p(z₁|z₂)) + KL(q(z₂|x) ‖ N(0, I)) in nats per example.
 *
 * <p>A model's codes are z₁, which the decoder takes; they are drawn from the top down.
 *
 * @param encoder x to features d₁: [batch, shape…] to [batch, h]
 * @param estimate d₁ to mean and log-variance of the bottom-up estimate of z₁
 * @param top d₁ to mean and log-variance of q(z₂|x)
 * @param descent z₂ to mean and log-variance of p(z₁|z₂)
 * @param decoder z₁ to the parameters of p(x|z₁)
 */
public record LadderVae(Net encoder, Net estimate, Net top, Net descent, Net decoder, Likelihood likelihood)
        implements BoundedAutoencoder, ImportanceSampled {

    /**
     * Hidden layers of 400 next to x and 100 next to z₂, Bernoulli likelihood.
     *
     * @param latent how many dimensions z₁ has
     * @param topLatent how many dimensions z₂ has
     */
    public static LadderVae mlp(Shape shape, int latent, int topLatent) {
        return mlp(shape, latent, topLatent, 400, 100);
    }

    /** A small one, for tests. */
    public static LadderVae small(Shape shape) {
        return mlp(shape, 4, 2, 16, 6);
    }

    private static LadderVae mlp(Shape shape, int latent, int topLatent, int hidden, int topHidden) {
        Require.atLeast("latent", 1, latent);
        Require.atLeast("topLatent", 1, topLatent);
        var features = new Shape(hidden);
        return new LadderVae(
                Nets.mlp("encoder", shape, hidden, hidden),
                Nets.mlp("estimate", features, 2 * latent),
                Nets.mlp("top", features, 2 * topLatent, topHidden),
                Nets.mlp("descent", new Shape(topLatent), 2 * latent, topHidden),
                Nets.mlpDecoder("decoder", latent, shape, hidden),
                new Bernoulli());
    }

    /** What the encoder says of both levels. */
    private record Upward(Gaussian estimate, Gaussian top) {}

    private Upward upward(NDArray x) {
        var features = encoder.apply(x);
        return new Upward(Gaussian.of(estimate.apply(features)), Gaussian.of(top.apply(features)));
    }

    /** p(z₁|z₂). */
    private Gaussian prior(NDArray z2) {
        return Gaussian.of(descent.apply(z2));
    }

    /** The bound's parts, with the KL term of each level. */
    private record Levels(NDArray reconstruction, NDArray first, NDArray second) {}

    /** One code of each level, and what it was drawn from. */
    private record Codes(Gaussian top, NDArray z2, Gaussian prior, Gaussian posterior, NDArray z1) {}

    private Codes codes(Step step) {
        var upward = upward(step.data());
        var z2 = upward.top().sample(step.normal(topLatent()));
        var prior = prior(z2);
        var posterior = upward.estimate().times(prior);
        return new Codes(upward.top(), z2, prior, posterior, posterior.sample(step.normal(latent())));
    }

    private Levels levels(Step step) {
        var codes = codes(step);
        return new Levels(
                reconstruction(step.data(), codes.z1()),
                codes.posterior().klTo(codes.prior()).mean(),
                codes.top().klToStandardNormal().mean());
    }

    @Override
    public NDArray logWeights(Step step, int samples) {
        var many = step.repeated(samples);
        var codes = codes(many);
        return likelihood
                .logLikelihood(many.data(), decoder.apply(codes.z1()))
                .add(codes.prior().logDensity(codes.z1()))
                .sub(codes.posterior().logDensity(codes.z1()))
                .add(Gaussian.standard().logDensity(codes.z2()))
                .sub(codes.top().logDensity(codes.z2()))
                .reshape(-1, samples);
    }

    @Override
    public Bound bound(Step step) {
        var levels = levels(step);
        return new Bound(levels.reconstruction(), levels.first().add(levels.second()));
    }

    @Override
    public Terms terms(Step step) {
        var levels = levels(step);
        return Terms.nats(levels.reconstruction().add(levels.first()).add(levels.second()))
                .with("reconstruction", levels.reconstruction())
                .with("KL of z₁", levels.first())
                .with("KL of z₂", levels.second());
    }

    @Override
    public List<Net> bounded() {
        return Stream.concat(BoundedAutoencoder.super.bounded().stream(), Stream.of(estimate, top, descent))
                .toList();
    }

    private int topLatent() {
        return (int) descent.input().size();
    }

    /** The means of q(z₁|x, z₂) at the mean of q(z₂|x). */
    @Override
    public Samples encode(Samples x) {
        return Inference.map(x, shape(), batch -> {
            var upward = upward(batch);
            return upward.estimate().times(prior(upward.top().mean())).mean();
        });
    }

    /** {@code n} codes z₁ from p(z₁|z₂), with z₂ from N(0, I); the same seed draws the same ones. */
    @Override
    public Samples prior(int n, long seed) {
        Require.atLeast("n", 1, n);
        var top = Samples.of(new Shape(topLatent()), new Seed(seed).child("top").normal(n * topLatent()));
        var noise =
                Samples.of(new Shape(latent()), new Seed(seed).child("prior").normal(n * latent()));
        var codes = new float[n * latent()];
        Inference.inBatches(n, (from, to) -> {
            var z1 = prior(Inference.array(top, from, to)).sample(Inference.array(noise, from, to));
            System.arraycopy(z1.toFloatArray(), 0, codes, from * latent(), (to - from) * latent());
        });
        return Samples.of(new Shape(latent()), codes);
    }
}
