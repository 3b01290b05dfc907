package latent4j.model.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.data.Samples;
import latent4j.loss.Bernoulli;
import latent4j.loss.Gaussian;
import latent4j.loss.Likelihood;
import latent4j.model.Bound;
import latent4j.model.BoundedAutoencoder;
import latent4j.model.Categories;
import latent4j.model.ImportanceSampled;
import latent4j.model.Inference;
import latent4j.model.Schedule;
import latent4j.model.Step;
import latent4j.model.Terms;
import latent4j.nn.Net;
import latent4j.nn.Nets;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;
import latent4j.tensor.Seed;

/**
 * The JointVAE (Dupont 2018, equation 7): a Gaussian code z and a category c together. It minimises
 * −E log p(x|z, c) + γ·|KL(q(z|x) ‖ N(0, I)) − C_z| + γ·|KL(q(c|x) ‖ uniform) − C_c| in nats per example; the capacities C
 * grow while it trains, so that neither code is forgotten for the other. c is relaxed in training (Gumbel-softmax) and one-hot
 * where the bound is judged.
 *
 * @param encoder x to mean and log-variance of z and the logits of c: [batch, 2·d + categories]
 * @param decoder z and c side by side to the parameters of p(x|z, c)
 * @param categories how many values c has, ≥ 2
 * @param gamma γ ≥ 0
 * @param capacity C_z at the end, ≥ 0 nats
 * @param categoricalCapacity C_c at the end, ≥ 0 nats; at most log(categories) can be reached
 * @param growth the share of the capacities over the epochs
 * @param temperature τ > 0 of the relaxation
 */
public record JointVae(
        Net encoder,
        Net decoder,
        Likelihood likelihood,
        int categories,
        double gamma,
        double capacity,
        double categoricalCapacity,
        Schedule growth,
        double temperature)
        implements BoundedAutoencoder, ImportanceSampled {

    public JointVae {
        Require.atLeast("categories", 2, categories);
        Require.notNegative("gamma", gamma);
        Require.notNegative("capacity", capacity);
        Require.notNegative("categoricalCapacity", categoricalCapacity);
        Require.positive("temperature", temperature);
    }

    /**
     * One hidden layer of 400 on each side, Bernoulli likelihood; the capacities grow for 5 epochs, that of the category to
     * log(categories); τ = 0.67, as in the paper.
     *
     * @param latent how many dimensions z has
     */
    public static JointVae mlp(Shape shape, int latent, int categories, double gamma, double capacity) {
        return mlp(shape, latent, categories, gamma, capacity, 400);
    }

    /** A small one, for tests. */
    public static JointVae small(Shape shape) {
        return mlp(shape, 2, 2, 10, 2, 16);
    }

    private static JointVae mlp(Shape shape, int latent, int categories, double gamma, double capacity, int hidden) {
        Require.atLeast("latent", 1, latent);
        Require.atLeast("categories", 2, categories);
        return new JointVae(
                Nets.mlp("encoder", shape, 2 * latent + categories, hidden),
                Nets.mlpDecoder("decoder", latent + categories, shape, hidden),
                new Bernoulli(),
                categories,
                gamma,
                capacity,
                Math.log(categories),
                Schedule.constant().warmUp(5),
                0.67);
    }

    /** q(z|x), and the logits of q(c|x): [batch, 1, categories]. */
    private record Posterior(Gaussian gaussian, NDArray logits) {}

    private Posterior posterior(NDArray x) {
        var kernels = Kernels.current();
        var heads = encoder.apply(x);
        int gaussian = 2 * (latent() - categories);
        var logits = kernels.columns(heads, gaussian, gaussian + categories);
        return new Posterior(
                Gaussian.of(kernels.columns(heads, 0, gaussian)),
                logits.reshape(x.getShape().get(0), 1, categories));
    }

    private NDArray reconstruction(Step step, Posterior posterior, boolean hard) {
        var noise = step.normal(latent() - categories);
        var uniform = step.uniform(1, categories);
        var c = hard
                ? Categories.hard(posterior.logits(), uniform)
                : Categories.relaxed(posterior.logits(), uniform, temperature);
        return reconstruction(step.data(), beside(posterior.gaussian().sample(noise), c));
    }

    @Override
    public NDArray logWeights(Step step, int samples) {
        var many = step.repeated(samples);
        var posterior = posterior(many.data());
        var z = posterior.gaussian().sample(many.normal(latent() - categories));
        var c = Categories.hard(posterior.logits(), many.uniform(1, categories));
        var kernels = Kernels.current();
        var logCategory =
                kernels.affine(kernels.categoricalLogLikelihood(c, posterior.logits()), -1, -Math.log(categories));
        return likelihood
                .logLikelihood(many.data(), decoder.apply(beside(z, c)))
                .add(Gaussian.standard().logDensity(z))
                .sub(posterior.gaussian().logDensity(z))
                .add(logCategory)
                .reshape(-1, samples);
    }

    private NDArray beside(NDArray z, NDArray c) {
        return Kernels.current().concatenate(List.of(z, c.reshape(z.getShape().get(0), categories)));
    }

    @Override
    public Terms terms(Step step) {
        var posterior = posterior(step.data());
        var reconstruction = reconstruction(step, posterior, false);
        var kl = posterior.gaussian().klToStandardNormal().mean();
        var categorical = Categories.klToUniform(posterior.logits()).mean();
        double share = step.factor(growth);
        var total = reconstruction
                .add(distance(kl, share * capacity))
                .add(distance(categorical, share * categoricalCapacity));
        return Terms.nats(total)
                .with("reconstruction", reconstruction)
                .with("KL", kl)
                .with("KL of the category", categorical);
    }

    /** γ·|KL − C|. */
    private NDArray distance(NDArray kl, double capacity) {
        var kernels = Kernels.current();
        return kernels.affine(kernels.affine(kl, 1, -capacity).abs(), gamma, 0);
    }

    @Override
    public String lossName() {
        return "reconstruction + γ·|KL − C|";
    }

    @Override
    public Bound bound(Step step) {
        return bound(step, false);
    }

    @Override
    public Bound judged(Step step) {
        return bound(step, true);
    }

    private Bound bound(Step step, boolean hard) {
        var posterior = posterior(step.data());
        var kl = posterior.gaussian().klToStandardNormal().add(Categories.klToUniform(posterior.logits()));
        return new Bound(reconstruction(step, posterior, hard), kl.mean());
    }

    /** The mean of z and the most probable category, one-hot, side by side. */
    @Override
    public Samples encode(Samples x) {
        return Inference.map(x, shape(), batch -> {
            var posterior = posterior(batch);
            return beside(posterior.gaussian().mean(), Kernels.current().oneHotOfLargest(posterior.logits()));
        });
    }

    /** {@code n} codes z from N(0, I) beside equally probable categories; the same seed draws the same ones. */
    @Override
    public Samples prior(int n, long seed) {
        Require.atLeast("n", 1, n);
        int d = latent() - categories;
        var z = new Seed(seed).child("prior").normal(n * d);
        var c = Categories.uniform(n, 1, categories, new Seed(seed).child("categories"));
        var codes = new float[n * latent()];
        for (int i = 0; i < n; i++) {
            System.arraycopy(z, i * d, codes, i * latent(), d);
            System.arraycopy(c, i * categories, codes, i * latent() + d, categories);
        }
        return Samples.of(new Shape(latent()), codes);
    }
}
