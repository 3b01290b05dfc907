package latent4j.loss;

import ai.djl.ndarray.NDArray;
import latent4j.tensor.Kernels;

/**
 * The losses of two players. Scores are logits, [batch] or [batch, 1]: D(x) = σ(score). Results are means
 * over the batch, in nats; the reference is Goodfellow et al. 2014.
 */
public final class Adversarial {

    private Adversarial() {}

    /**
     * −log D(x) − log(1 − D(G(z))), equation (1) as the discriminator minimises it; log 4 where it cannot tell.
     *
     * @param real scores of data
     * @param fake scores of samples
     */
    public static NDArray discriminator(NDArray real, NDArray fake) {
        var kernels = Kernels.current();
        return kernels.softplus(real.neg()).mean().add(kernels.softplus(fake).mean());
    }

    /**
     * E f(G(z)) − E f(x): what a critic f minimises whose slope is bounded by 1, so that the loss is minus the Wasserstein-1
     * distance at the optimum, in the data's unit (Arjovsky et al. 2017, equation 2). Scores are no logits here.
     *
     * @param real scores of data
     * @param fake scores of samples
     */
    public static NDArray wassersteinCritic(NDArray real, NDArray fake) {
        return fake.mean().sub(real.mean());
    }

    /** −E f(G(z)): what the generator minimises against a critic f (Arjovsky et al. 2017, equation 4 and algorithm 1). */
    public static NDArray wassersteinGenerator(NDArray fake) {
        return fake.mean().neg();
    }

    /** −log D(G(z)): the non-saturating generator loss, section 3. */
    public static NDArray nonSaturating(NDArray fake) {
        return Kernels.current().softplus(fake.neg()).mean();
    }

    /** log(1 − D(G(z))): the generator's side of equation (1), whose gradient vanishes where D is sure. */
    public static NDArray minimax(NDArray fake) {
        return Kernels.current().softplus(fake).mean().neg();
    }

    /**
     * ½E[(D(x) − 1)²] + ½E[D(G(z))²] (Mao et al. 2017, equation 9: the codes a = 0 of samples and b = 1 of data). Scores are no
     * logits here. No unit.
     *
     * @param real scores of data
     * @param fake scores of samples
     */
    public static NDArray leastSquaresDiscriminator(NDArray real, NDArray fake) {
        var kernels = Kernels.current();
        var squares =
                kernels.affine(real, 1, -1).square().mean().add(fake.square().mean());
        return kernels.affine(squares, 0.5, 0);
    }

    /** ½E[(D(G(z)) − 1)²] (Mao et al. 2017, equation 9 with c = 1). No unit. */
    public static NDArray leastSquaresGenerator(NDArray fake) {
        var kernels = Kernels.current();
        return kernels.affine(kernels.affine(fake, 1, -1).square().mean(), 0.5, 0);
    }

    /**
     * −E[min(0, −1 + D(x))] − E[min(0, −1 − D(G(z)))] (Miyato et al. 2018, equation 16; Lim and Ye 2017): data ought to score
     * above 1 and samples below −1, and nothing is gained beyond. The generator's side, equation 17, is {@link
     * #wassersteinGenerator}. No unit.
     *
     * @param real scores of data
     * @param fake scores of samples
     */
    public static NDArray hingeDiscriminator(NDArray real, NDArray fake) {
        var kernels = Kernels.current();
        return kernels.relu(kernels.affine(real, -1, 1))
                .mean()
                .add(kernels.relu(kernels.affine(fake, 1, 1)).mean());
    }

    /**
     * −E[log σ(C(x) − E C(G(z)))] − E[log(1 − σ(C(G(z)) − E C(x)))] (Jolicoeur-Martineau 2019, equations 4 and 5, RaSGAN): how much more data
     * look like data than the average sample does. The generator minimises the same with data and samples exchanged.
     *
     * @param real C(x), scores of data
     * @param fake C(G(z)), scores of samples
     */
    public static NDArray relativisticAverage(NDArray real, NDArray fake) {
        return discriminator(real.sub(fake.mean()), fake.sub(real.mean()));
    }

    /**
     * −E[log softmax(l)_c], what a classifier minimises, from its logits.
     *
     * @param classes one-hot rows, [batch, classes]
     * @param logits l, [batch, classes]
     */
    public static NDArray crossEntropy(NDArray classes, NDArray logits) {
        return Kernels.current()
                .categoricalLogLikelihood(classes, logits)
                .mean()
                .neg();
    }

    /**
     * The same, as the mean over those examples whose class is known; 0 where none is (Salimans et al. 2016, section 5,
     * L_supervised).
     *
     * @param classes one-hot rows, of zeros where the class is not known: [batch, classes]
     * @param logits l, [batch, classes]
     */
    public static NDArray knownCrossEntropy(NDArray classes, NDArray logits) {
        var kernels = Kernels.current();
        var atLeastOne = kernels.affine(kernels.relu(kernels.affine(classes.sum(), 1, -1)), 1, 1);
        return kernels.categoricalLogLikelihood(classes, logits).sum().neg().div(atLeastOne);
    }

    /**
     * E[D(x)] + E[max(0, m − D(G(z)))] (Zhao et al. 2017, equation 1): energies of data are to be low, those of samples at
     * least the margin. In the energy's unit.
     *
     * @param real energies of data, ≥ 0
     * @param fake energies of samples
     * @param margin m
     */
    public static NDArray energyDiscriminator(NDArray real, NDArray fake, double margin) {
        var kernels = Kernels.current();
        return real.mean().add(kernels.relu(kernels.affine(fake, -1, margin)).mean());
    }

    /**
     * The pulling-away term 1/(N(N − 1)) Σᵢ Σ_{j≠i} (sᵢᵀsⱼ/(‖sᵢ‖‖sⱼ‖))² (Zhao et al. 2017, equation 4): the mean squared cosine
     * between the codes of different samples. No unit.
     *
     * @param codes s, [N, d] with N ≥ 2; not all numbers of a code are 0
     */
    public static NDArray pullingAway(NDArray codes) {
        long n = codes.getShape().get(0);
        var kernels = Kernels.current();
        var unit = codes.div(codes.square().sum(new int[] {1}, true).sqrt());
        var distances = kernels.pairwiseSquaredDistances(unit, unit); // 2 − 2·cosine
        var squares = kernels.affine(distances, -0.5, 1).square().sum();
        return kernels.affine(squares, 1.0 / (n * (n - 1)), -1.0 / (n - 1));
    }

    /**
     * L(x) − k·L(G(z)) (Berthelot et al. 2017, section 3.4): what the autoencoder of BEGAN minimises. In the error's unit.
     *
     * @param real reconstruction errors of data
     * @param fake reconstruction errors of samples
     * @param k how much samples weigh, 0-dim or with one element
     */
    public static NDArray equilibriumDiscriminator(NDArray real, NDArray fake, NDArray k) {
        return real.mean().sub(fake.mean().mul(k.sum()));
    }
}
