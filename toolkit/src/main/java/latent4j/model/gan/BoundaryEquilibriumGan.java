package latent4j.model.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import latent4j.loss.Adversarial;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.model.Objective;
import latent4j.model.Step;
import latent4j.model.Terms;
import latent4j.nn.Affine;
import latent4j.nn.Initialisation;
import latent4j.nn.Linear;
import latent4j.nn.Net;
import latent4j.nn.Network;
import latent4j.nn.Optimizer;
import latent4j.nn.Sgd;
import latent4j.tensor.Arrays;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;
import latent4j.tensor.Tape;

/**
 * BEGAN (Berthelot et al. 2017, section 3.4): the discriminator is an autoencoder with the error L(v) = mean |v − D(v)|. It
 * minimises L(x) − k·L(G(z)), the generator L(G(z)), and after every batch k ← clip(k + λ·(γL(x) − L(G(z))), 0, 1), from k = 0,
 * which holds the ratio L(G(z))/L(x) at γ: the smaller γ, the sharper and the less varied the samples. Logged beside it is the
 * measure of convergence L(x) + |γL(x) − L(G(z))|.
 *
 * <p>A step moves k by at most λγL(x). With the paper's λ = 0.001 that takes tens of thousands of steps to reach 1, and until
 * then nothing keeps the generator from one picture that is easily reconstructed: where training is shorter, take a larger λ.
 *
 * @param discriminator [batch, shape…] to the same
 * @param equilibrium one weight k − ½ in [−½, ½], see {@link #balance}; it is moved by gradient descent on −k·(γL(x) − L(G(z)))
 * @param gamma γ in (0, 1)
 * @param rate λ > 0, the learning rate of k
 */
public record BoundaryEquilibriumGan(Net generator, Net discriminator, Net equilibrium, double gamma, double rate)
        implements GenerativeAdversarialNetwork {

    public BoundaryEquilibriumGan {
        Require.insideUnit("gamma", gamma);
        Require.positive("rate", rate);
    }

    /**
     * Linear layers, three of 256 in the generator, with batch normalisation, and an autoencoder 256-{@code latent}, with γ = 0.9
     * and λ = 0.1, for trainings of some thousands of steps (the paper has 0.001, and γ from 0.3 to 0.7).
     */
    public static BoundaryEquilibriumGan mlp(Shape shape, int latent) {
        return new BoundaryEquilibriumGan(
                GanNets.normalisedGenerator(latent, shape, 256, 3),
                GanNets.mlpAutoencoder(shape, 256, latent),
                balance(),
                0.9,
                0.1);
    }

    /** A small one, for tests. */
    public static BoundaryEquilibriumGan small(Shape shape) {
        return new BoundaryEquilibriumGan(
                GanNets.mlpGenerator(4, shape, 32, 1), GanNets.mlpAutoencoder(shape, 32, 4), balance(), 0.5, 0.01);
    }

    /** k as a network of one weight over a constant 1: k = w + ½, from w = −½. */
    public static Net balance() {
        var network = Network.of(new Linear(1, false), new Affine(1, 0.5));
        return new Net("equilibrium", network.initialised(new Initialisation.Constant(-0.5)), new Shape(1));
    }

    /** k, [1, 1]. */
    private NDArray k() {
        return equilibrium.apply(Arrays.of(new float[] {1}, new Shape(1, 1)));
    }

    /** −L(v), example by example: high where the autoencoder takes v for data. */
    @Override
    public NDArray score(Step step, NDArray x) {
        var error =
                Tape.withBatchStatistics(() -> discriminator.apply(x)).sub(x).abs();
        return error.reshape(
                        new Shape(x.getShape().get(0), x.getShape().slice(1).size()))
                .mean(new int[] {1}, true)
                .neg();
    }

    private NDArray error(Step step, NDArray x) {
        return score(step, x).mean().neg();
    }

    @Override
    public String unit() {
        return "";
    }

    @Override
    public Terms discriminatorTerms(Step step, NDArray samples) {
        var real = error(step, step.data());
        step.shared("L(x)", () -> real); // as the player found it, it serves k as well
        return Terms.of(Adversarial.equilibriumDiscriminator(real, error(step, samples), k()))
                .with("L(x)", real);
    }

    @Override
    public Terms generatorTerms(Step step, NDArray samples) {
        var fake = error(step, samples);
        step.shared("L(G(z))", () -> fake);
        return Terms.of(fake);
    }

    private Terms equilibriumTerms(Step step) {
        var real = Tape.stopped(step.shared("L(x)", () -> error(step, step.data())));
        var excess = Kernels.current()
                .affine(real, gamma, 0)
                .sub(Tape.stopped(step.shared("L(G(z))", () -> error(step, samples(step)))));
        var k = k().sum();
        return Terms.of(k.mul(excess).neg()).with("k", k).with("convergence", real.add(excess.abs()));
    }

    @Override
    public List<Objective> objectives() {
        var objectives = new ArrayList<>(GenerativeAdversarialNetwork.super.objectives());
        objectives.add(Objective.of("equilibrium", List.of(equilibrium), this::equilibriumTerms));
        return objectives;
    }

    /** k is moved by its own rule, whatever moves the others. */
    @Override
    public Optimizer optimizer(Net net, Optional<Optimizer> named) {
        return net == equilibrium
                ? Sgd.of(rate).weightsWithin(0.5)
                : GenerativeAdversarialNetwork.super.optimizer(net, named);
    }
}
