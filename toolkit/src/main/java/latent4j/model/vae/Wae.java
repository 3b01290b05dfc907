package latent4j.model.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import latent4j.data.Samples;
import latent4j.loss.Bernoulli;
import latent4j.loss.Likelihood;
import latent4j.loss.MaximumMeanDiscrepancy;
import latent4j.model.Inference;
import latent4j.model.Objective;
import latent4j.model.ProbabilisticAutoencoder;
import latent4j.model.SquaredError;
import latent4j.model.Step;
import latent4j.model.Terms;
import latent4j.nn.Net;
import latent4j.nn.Nets;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;

/**
 * The Wasserstein autoencoder with the MMD (Tolstikhin et al. 2018, algorithm 2): minimises −E log p(x|E(x)) + λ·MMD²(E(x),
 * N(0, I)), where E gives one code without noise. The kernel is the inverse multiquadratic c/(c + ‖z − z'‖²) with c = 2·d
 * (section 4). The paper's cost, the squared error, is the likelihood {@code new FixedGaussian(Math.sqrt(0.5))}, up to a
 * constant. With a Gaussian encoder it is an {@link InfoVae} with α = 1.
 *
 * @param lambda λ > 0, no unit; 10 in the paper for MNIST
 */
public record Wae(Net encoder, Net decoder, Likelihood likelihood, double lambda) implements ProbabilisticAutoencoder {

    public Wae {
        Require.shape("encoder's output", decoder.input(), encoder.output());
        Require.shape("decoder's output", likelihood.outputs(encoder.input()), decoder.output());
        Require.positive("lambda", lambda);
    }

    /** One hidden layer of 400 on each side, Bernoulli likelihood. */
    public static Wae mlp(Shape shape, int latent, double lambda) {
        return mlp(shape, latent, lambda, 400);
    }

    /** Convolutions of 32 and 64 channels and a dense layer of 256 on each side, Bernoulli likelihood. */
    public static Wae convolutional(Shape image, int latent, double lambda) {
        Require.atLeast("latent", 1, latent);
        return new Wae(
                Nets.convolutional("encoder", image, latent, 256, 32, 64),
                Nets.convolutionalDecoder("decoder", latent, image, 256, 32, 64),
                new Bernoulli(),
                lambda);
    }

    /** A small one, for tests. */
    public static Wae small(Shape shape) {
        return mlp(shape, 2, 10, 16);
    }

    private static Wae mlp(Shape shape, int latent, double lambda, int hidden) {
        Require.atLeast("latent", 1, latent);
        return new Wae(
                Nets.mlp("encoder", shape, latent, hidden),
                Nets.mlpDecoder("decoder", latent, shape, hidden),
                new Bernoulli(),
                lambda);
    }

    @Override
    public List<Objective> objectives() {
        return List.of(Objective.of("reconstruction + λ·MMD²", List.of(encoder, decoder), step -> {
            var z = encoder.apply(step.data());
            var reconstruction = reconstruction(step.data(), z);
            var distance = distance(z, step);
            return Terms.of(reconstruction.add(Kernels.current().affine(distance, lambda, 0)))
                    .with("reconstruction", reconstruction, "nats")
                    .with("MMD² of codes", distance);
        }));
    }

    /** MMD² between codes and as many draws from the prior. */
    private NDArray distance(NDArray z, Step step) {
        return MaximumMeanDiscrepancy.inverseMultiquadratic(z, step.normal(latent()), 2 * latent());
    }

    /** The squared error ‖x − x̂‖² per record, and MMD² between held-out records and as many draws. */
    @Override
    public Map<String, Double> validate(Samples heldOut, long seed) {
        return SquaredError.andDraws(this, heldOut, seed);
    }

    @Override
    public Samples encode(Samples x) {
        return Inference.map(x, shape(), encoder::apply);
    }
}
