package latent4j.model.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.Stream;
import latent4j.data.Samples;
import latent4j.loss.Gaussian;
import latent4j.loss.Likelihood;
import latent4j.model.Mixtures;
import latent4j.model.OneHot;
import latent4j.model.Step;
import latent4j.model.VariationalAutoencoder;
import latent4j.nn.Activation;
import latent4j.nn.Net;
import latent4j.nn.Nets;
import latent4j.nn.Reshape;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;

/**
 * The VAE with the VampPrior (Tomczak and Welling 2018, equation 9): the prior is the mean of what the encoder makes of K
 * learned pseudo-inputs, p(z) = 1/K Σ_k q(z|u_k). It minimises −E[log p(x|z) + log p(z) − log q(z|x)] in nats per example,
 * with one sample of z; the KL term is that sample's estimate.
 *
 * @param pseudoInputs one-hot k to u_k: [K] to the shape of records
 */
public record VampPriorVae(Net encoder, Net decoder, Likelihood likelihood, Net pseudoInputs)
        implements VariationalAutoencoder {

    /**
     * The networks of a VAE with this prior, for records with values in [0, 1], such as images.
     *
     * @param pseudoInputs K ≥ 1, in the paper 500
     */
    public static VampPriorVae of(Vae vae, int pseudoInputs) {
        Require.atLeast("pseudoInputs", 1, pseudoInputs);
        var shape = vae.shape();
        var table = Nets.table(
                "pseudo-inputs", pseudoInputs, (int) shape.size(), 0.5, Activation.SIGMOID, new Reshape(shape));
        return new VampPriorVae(vae.encoder(), vae.decoder(), vae.likelihood(), table);
    }

    /** One hidden layer of 400 on each side, Bernoulli likelihood. */
    public static VampPriorVae mlp(Shape shape, int latent, int pseudoInputs) {
        return of(Vae.mlp(shape, latent), pseudoInputs);
    }

    /** A small one, for tests. */
    public static VampPriorVae small(Shape shape) {
        return of(Vae.small(shape), 8);
    }

    @Override
    public NDArray kl(Gaussian posterior, NDArray z, Step step) {
        return posterior.logDensity(z).sub(logPrior(z, step));
    }

    @Override
    public NDArray logPrior(NDArray z, Step step) {
        var kernels = Kernels.current();
        return kernels.affine(kernels.logSumExp(components().logDensities(z)), 1, -Math.log(count()));
    }

    /** q(z|u_k) for all k: [K, latent]. */
    private Gaussian components() {
        return Gaussian.of(encoder.apply(pseudoInputs.apply(OneHot.all(count()))));
    }

    private int count() {
        return (int) pseudoInputs.input().size();
    }

    @Override
    public List<Net> bounded() {
        return Stream.concat(VariationalAutoencoder.super.bounded().stream(), Stream.of(pseudoInputs))
                .toList();
    }

    /** {@code n} codes from the learned prior; the same seed draws the same ones. */
    @Override
    public Samples prior(int n, long seed) {
        try (var tape = Tape.evaluation()) {
            var equal = OneHot.of(new int[count()], 1);
            return Mixtures.draw(equal, components(), n, new Seed(seed).child("prior"));
        }
    }
}
