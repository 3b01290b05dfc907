package latent4j.model.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import latent4j.data.Samples;
import latent4j.loss.Bernoulli;
import latent4j.loss.Likelihood;
import latent4j.model.Bound;
import latent4j.model.BoundedAutoencoder;
import latent4j.model.Categories;
import latent4j.model.ImportanceSampled;
import latent4j.model.Inference;
import latent4j.model.Schedule;
import latent4j.model.Step;
import latent4j.nn.Net;
import latent4j.nn.Nets;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;
import latent4j.tensor.Seed;

/**
 * The VAE with categorical codes and the Gumbel-softmax gradient (Jang et al. 2017, equation 2; Maddison et al. 2017,
 * equation 10): minimises −E log p(x|z) + KL(q(z|x) ‖ uniform) in nats per example. In training z is relaxed at temperature τ
 * and its KL term that of the categories, in closed form, as in Jang et al.; this is a bound only as τ falls. Judged is the
 * true bound, with one-hot z.
 *
 * @param encoder x to the logits of all groups: [batch, groups·categories]
 * @param decoder z, one-hot groups side by side, to the parameters of p(x|z)
 * @param categories how many values each group of the code has, ≥ 2
 * @param temperature τ > 0 as it changes over the epochs
 */
public record CategoricalVae(Net encoder, Net decoder, Likelihood likelihood, int categories, Schedule temperature)
        implements BoundedAutoencoder, ImportanceSampled {

    public CategoricalVae {
        Require.atLeast("categories", 2, categories);
    }

    /**
     * One hidden layer of 400 on each side, Bernoulli likelihood; τ falls as exp(−epoch/10) to ½.
     *
     * @param groups how many categorical variables a code has, ≥ 1
     */
    public static CategoricalVae mlp(Shape shape, int groups, int categories) {
        return mlp(shape, groups, categories, 400);
    }

    /** A small one, for tests. */
    public static CategoricalVae small(Shape shape) {
        return mlp(shape, 2, 4, 16);
    }

    private static CategoricalVae mlp(Shape shape, int groups, int categories, int hidden) {
        Require.atLeast("groups", 1, groups);
        int codes = groups * categories;
        return new CategoricalVae(
                Nets.mlp("encoder", shape, codes, hidden),
                Nets.mlpDecoder("decoder", codes, shape, hidden),
                new Bernoulli(),
                categories,
                Schedule.exponential(0.1, 0.5));
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
        var x = step.data();
        var logits = logits(x);
        var uniform = step.uniform(groups(), categories);
        var z = hard ? Categories.hard(logits, uniform) : Categories.relaxed(logits, uniform, step.factor(temperature));
        return new Bound(
                reconstruction(x, flat(z)), Categories.klToUniform(logits).mean());
    }

    @Override
    public NDArray logWeights(Step step, int samples) {
        var many = step.repeated(samples);
        var logits = logits(many.data());
        var z = Categories.hard(logits, many.uniform(groups(), categories));
        var kernels = Kernels.current();
        var logPriorToPosterior =
                kernels.affine(kernels.categoricalLogLikelihood(z, logits), -1, -groups() * Math.log(categories));
        return likelihood
                .logLikelihood(many.data(), decoder.apply(flat(z)))
                .add(logPriorToPosterior)
                .reshape(-1, samples);
    }

    /** [batch, groups, categories]. */
    private NDArray logits(NDArray x) {
        return encoder.apply(x).reshape(x.getShape().get(0), groups(), categories);
    }

    private NDArray flat(NDArray z) {
        return z.reshape(z.getShape().get(0), latent());
    }

    private int groups() {
        return latent() / categories;
    }

    /** The most probable category of each group, one-hot, side by side. */
    @Override
    public Samples encode(Samples x) {
        return Inference.map(x, shape(), batch -> flat(Kernels.current().oneHotOfLargest(logits(batch))));
    }

    /** {@code n} codes of equally probable categories; the same seed draws the same ones. */
    @Override
    public Samples prior(int n, long seed) {
        Require.atLeast("n", 1, n);
        var codes = Categories.uniform(n, groups(), categories, new Seed(seed).child("prior"));
        return Samples.of(new Shape(latent()), codes);
    }
}
