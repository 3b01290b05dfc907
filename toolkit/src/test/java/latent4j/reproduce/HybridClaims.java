package latent4j.reproduce;


import java.util.List;

import latent4j.data.Datasets;
import latent4j.data.GaussianMixture;
import latent4j.data.Samples;
import latent4j.loss.Bernoulli;
import latent4j.metric.Classifier;
import latent4j.metric.Modes;
import latent4j.metric.Probe;

import latent4j.model.Mmd;
import latent4j.model.hybrid.AdversarialAutoencoder;
import latent4j.model.hybrid.BiGan;
import latent4j.model.hybrid.VaeGan;
import latent4j.model.vae.Ae;
import latent4j.model.vae.Vae;
import latent4j.nn.Adam;


import latent4j.nn.Nets;

import latent4j.reproduce.Claim.Finding;
import latent4j.train.Trainer;

/** What the papers of the hybrids claim. */
final class HybridClaims implements Claims {

    private Compared compared;

    @Override
    public String name() {
        return "claims-hybrids";
    }

    @Override
    public String about() {
        return "what the papers of models between VAEs and GANs claim";
    }

    @Override
    public List<Claim> claims() {
        return List.of(
                new Claim(
                        "BiGan",
                        "Donahue et al. 2017, theorem 2: the encoder inverts the generator",
                        "of eight Gaussians on a ring, at least half of the reconstructions are nearest to their record's mode",
                        1,
                        HybridClaims::aBiGansEncoderInvertsItsGenerator),
                new Claim(
                        "AdversarialAutoencoder",
                        "Makhzani et al. 2016, section 2: the codes come to match the prior",
                        "MMD² of codes to N(0, I) at most a tenth of the plain autoencoder's",
                        1,
                        HybridClaims::theAdversarialAutoencodersCodesMatchThePrior),
                new Claim(
                        "VaeGan",
                        "Larsen et al. 2016, sections 3 and 4: compared by a discriminator's features, images are not blurred",
                        "gradient energy of samples nearer to the test data's than the VAE's is",
                        1,
                        this::aVaeGansImagesAreNearlyAsSharpAsData),
                new Claim(
                                "VaeGan, its codes",
                                "no claim of the paper, but asked here",
                                "a linear probe finds the class in as many of its codes as of the VAE's",
                                1,
                                this::itsCodesSayNoLess)
                        .leftOpen());
    }

    private static Trainer trainer(int epochs, double rate) {
        return Trainer.epochs(epochs).batch(64).optimizer(Adam.of(rate).beta1(0.5));
    }

    private static Finding theAdversarialAutoencodersCodesMatchThePrior(Trials trials) {
        var digits = Datasets.digits(6000, 1000);
        var adversarial = AdversarialAutoencoder.mlp(digits.shape(), 8);
        var plain = Ae.mlp(digits.shape(), 8);
        trials.train("AdversarialAutoencoder", trainer(20, 1e-3), adversarial, digits);
        trials.train("Ae", trainer(20, 1e-3), plain, digits);
        var prior = adversarial.prior(1000, 99);
        double matched = Mmd.squared(prior, adversarial.encode(digits.test()));
        double unmatched = Mmd.squared(prior, plain.encode(digits.test()));
        return Finding.of(matched <= unmatched / 10, "MMD² %.4f, of the plain autoencoder %.4f", matched, unmatched);
    }

    /** A VAE-GAN and a VAE that has the same encoder and a decoder of the same channels. */
    private record Compared(
            double dataEnergy, double vaeGanEnergy, double vaeEnergy, double vaeGanProbe, double vaeProbe) {

        static Compared of(Trials trials) {
            var digits = Datasets.digits(6000, 1000);
            var vaeGan = VaeGan.convolutional(digits.shape(), 16, 16);
            var vae = new Vae(
                    Nets.convolutional("encoder", digits.shape(), 32, 256, 16, 32),
                    Nets.convolutionalDecoder("decoder", 16, digits.shape(), 256, 16, 32),
                    new Bernoulli());
            trials.train("VaeGan", trainer(10, 5e-4), vaeGan, digits);
            trials.train("Vae", Trainer.epochs(10).batch(64), vae, digits);
            return new Compared(
                    gradientEnergy(digits.test()),
                    gradientEnergy(vaeGan.draw(1000, 1)),
                    gradientEnergy(vae.draw(1000, 1)),
                    Probe.of(vaeGan, digits, 1).accuracy(),
                    Probe.of(vae, digits, 1).accuracy());
        }
    }

    private Compared compared(Trials trials) {
        if (compared == null) {
            compared = Compared.of(trials);
        }
        return compared;
    }

    private Finding aVaeGansImagesAreNearlyAsSharpAsData(Trials trials) {
        var c = compared(trials);
        return Finding.of(
                Math.abs(c.vaeGanEnergy() - c.dataEnergy()) < Math.abs(c.vaeEnergy() - c.dataEnergy()),
                "data %.4f, VAE-GAN %.4f, VAE %.4f",
                c.dataEnergy(),
                c.vaeGanEnergy(),
                c.vaeEnergy());
    }

    private Finding itsCodesSayNoLess(Trials trials) {
        var c = compared(trials);
        return Finding.of(c.vaeGanProbe() >= c.vaeProbe(), "VAE-GAN %.3f, VAE %.3f", c.vaeGanProbe(), c.vaeProbe());
    }

    /** The mean squared difference of pixels that stand side by side or one below the other. */
    private static double gradientEnergy(Samples images) {
        int height = (int) images.shape().get(1);
        int width = (int) images.shape().get(2);
        double sum = 0;
        long count = 0;
        for (int i = 0; i < images.size(); i++) {
            var image = images.row(i);
            for (int at = 0; at < height * width; at++) {
                for (int to : new int[] {at + 1, at + width}) {
                    if (to < height * width && (to != at + 1 || to % width > 0)) {
                        sum += Math.pow(image[to] - image[at], 2);
                        count++;
                    }
                }
            }
        }
        return sum / count;
    }

    /** Nothing ever compares a record with its reconstruction; yet it hits the record's own mode more often than one time in 8. */
    private static Finding aBiGansEncoderInvertsItsGenerator(Trials trials) {
        var mixture = GaussianMixture.ring(8, 1, 0.1);
        var ring = mixture.dataset(10_000, 5);
        var biGan = BiGan.mlp(ring.shape(), 2);
        int phase = 1;
        for (double rate : new double[] {1e-3, 1e-3, 2e-4}) {
            trials.train("BiGan-" + phase++, trainer(8, rate).batch(128).fromItsWeights(), biGan, ring);
        }
        var modes = Modes.within(mixture, Double.MAX_VALUE); // the nearest, however far
        double agreement = Classifier.agreement(modes.shown(ring.test()), modes.shown(biGan.reconstruct(ring.test())));
        return Finding.of(agreement >= 0.5, "%.3f are nearest to their record's mode", agreement);
    }
}
