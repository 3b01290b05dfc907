package latent4j.model.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import latent4j.loss.Adversarial;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.model.Step;
import latent4j.model.Terms;
import latent4j.nn.Net;
import latent4j.tensor.Require;
import latent4j.tensor.Tape;

/**
 * EBGAN (Zhao et al. 2017, equations 1 and 2): the discriminator is an autoencoder whose error ‖Dec(Enc(x)) − x‖₂ is the energy
 * D(x) of a record. It minimises D(x) + max(0, m − D(G(z))), the generator D(G(z)) + λ·PT with the pulling-away term of equation
 * 4 on the samples' codes, against samples that are all alike.
 *
 * @param discriminator [batch, shape…] to the same; its code is what its last linear layer gets
 * @param margin m > 0: above data's energy and below that of anything
 * @param pullingAway λ ≥ 0
 */
public record EnergyBasedGan(Net generator, Net discriminator, double margin, double pullingAway)
        implements GenerativeAdversarialNetwork {

    public EnergyBasedGan {
        Require.positive("margin", margin);
        Require.notNegative("pullingAway", pullingAway);
    }

    /**
     * Linear layers, three of 256 in the generator, with batch normalisation, an autoencoder 256-{@code latent}, and λ = 0.1 as in
     * the paper. (Without the normalisation all samples became one picture.)
     */
    public static EnergyBasedGan mlp(Shape shape, int latent, double margin) {
        return new EnergyBasedGan(
                GanNets.normalisedGenerator(latent, shape, 256, 3),
                GanNets.mlpAutoencoder(shape, 256, latent),
                margin,
                0.1);
    }

    /** A small one, for tests. */
    public static EnergyBasedGan small(Shape shape) {
        return new EnergyBasedGan(
                GanNets.mlpGenerator(4, shape, 32, 1),
                GanNets.mlpAutoencoder(shape, 32, 4),
                0.1 * Math.sqrt(shape.size()),
                0.1);
    }

    /** −D(x), example by example: high where the autoencoder takes x for data. */
    @Override
    public NDArray score(Step step, NDArray x) {
        return energy(x, code(x)).neg();
    }

    private NDArray code(NDArray x) {
        return Tape.withBatchStatistics(() -> discriminator.features(x));
    }

    private NDArray energy(NDArray x, NDArray code) {
        var error =
                Tape.withBatchStatistics(() -> discriminator.head(code)).sub(x).square();
        return error.reshape(
                        new Shape(x.getShape().get(0), x.getShape().slice(1).size()))
                .sum(new int[] {1}, true)
                .sqrt();
    }

    @Override
    public String unit() {
        return "";
    }

    @Override
    public Terms discriminatorTerms(Step step, NDArray samples) {
        var real = score(step, step.data()).neg();
        var fake = score(step, samples).neg();
        return Terms.of(Adversarial.energyDiscriminator(real, fake, margin))
                .with("energy of data", real.mean())
                .with("energy of samples", fake.mean());
    }

    @Override
    public Terms generatorTerms(Step step, NDArray samples) {
        var code = code(samples);
        var codes = code.reshape(
                new Shape(code.getShape().get(0), code.getShape().slice(1).size()));
        return Terms.of(energy(samples, code).mean())
                .plus("pulling-away term", Adversarial.pullingAway(codes), pullingAway);
    }
}
