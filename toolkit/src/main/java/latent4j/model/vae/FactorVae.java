package latent4j.model.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import latent4j.loss.Adversarial;
import latent4j.loss.TotalCorrelation;
import latent4j.model.Elbo;
import latent4j.model.ModifiedVae;
import latent4j.model.Objective;
import latent4j.model.Step;
import latent4j.model.Terms;
import latent4j.model.VariationalAutoencoder;
import latent4j.nn.Adam;
import latent4j.nn.Net;
import latent4j.nn.Nets;
import latent4j.nn.Optimizer;
import latent4j.tensor.Kernels;
import latent4j.tensor.Require;
import latent4j.tensor.Tape;

/**
 * FactorVAE (Kim and Mnih 2018, equation 2 and algorithm 2): minimises −ELBO + γ·TC in nats per example, where a
 * discriminator estimates the total correlation; see {@link TotalCorrelation#byDensityRatio}. After each step of the VAE,
 * the discriminator learns to tell codes from codes whose dimensions were shuffled over the batch. The shuffled codes are
 * of the same records, drawn anew, where the paper takes another batch.
 *
 * @param discriminator z to the logit of «dimensions belong together»: [batch, latent] to [batch, 1]
 * @param gamma γ ≥ 0; 10 to 100 in the paper
 */
public record FactorVae(VariationalAutoencoder vae, Net discriminator, double gamma) implements ModifiedVae {

    public FactorVae {
        Require.shape("discriminator's input", new Shape(vae.latent()), discriminator.input());
        Require.shape("discriminator's output", new Shape(1), discriminator.output());
        Require.notNegative("gamma", gamma);
    }

    /**
     * With a discriminator of linear layers and leaky ReLU.
     *
     * @param hidden the layers' units; the paper has six of 1,000
     */
    public static FactorVae of(VariationalAutoencoder vae, double gamma, int... hidden) {
        var discriminator = Nets.discriminator(new Shape(vae.latent()), List.of(), 1, hidden);
        return new FactorVae(vae, discriminator, gamma);
    }

    /** A small one, for tests. */
    public static FactorVae small(Shape shape) {
        return of(Vae.small(shape), 2, 16);
    }

    @Override
    public NDArray loss(Elbo elbo, Step step) {
        var correlation = TotalCorrelation.byDensityRatio(discriminator.apply(elbo.z()));
        return vae.loss(elbo, step).add(Kernels.current().affine(correlation, gamma, 0));
    }

    @Override
    public String lossName() {
        return vae.lossName() + " + γ·TC";
    }

    @Override
    public List<Objective> furtherObjectives() {
        return Stream.concat(
                        vae.furtherObjectives().stream(),
                        Stream.of(Objective.of("discriminator", List.of(discriminator), this::discriminate)))
                .toList();
    }

    /**
     * For the discriminator Adam with β₁ = 0.5 and β₂ = 0.9 (Kim and Mnih 2018, appendix A) and, as there, the VAE's learning
     * rate: with a longer memory it falls behind the codes, and pushes them where nothing is gained.
     */
    @Override
    public Optimizer optimizer(Net net, Optional<Optimizer> named) {
        return net == discriminator ? named.orElse(Adam.of(1e-3).beta1(0.5).beta2(0.9)) : vae.optimizer(net, named);
    }

    private Terms discriminate(Step step) {
        var kernels = Kernels.current();
        var posterior = posterior(step);
        var codes = Tape.stopped(posterior.sample(step.normal(latent())));
        var others = Tape.stopped(posterior.sample(step.normal(latent())));
        var shuffled = kernels.gathered(others, step.permutations(latent()));
        var loss = Adversarial.discriminator(discriminator.apply(codes), discriminator.apply(shuffled));
        return Terms.nats(kernels.affine(loss, 0.5, 0));
    }
}
