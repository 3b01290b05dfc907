package latent4j.model.hybrid;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.Comparator;
import java.util.stream.IntStream;
import latent4j.data.Dataset;
import latent4j.data.Datasets;
import latent4j.data.GaussianMixture;
import latent4j.data.Samples;
import latent4j.loss.Bernoulli;
import latent4j.metric.Classifier;
import latent4j.model.Autoencoder;
import latent4j.model.Mmd;
import latent4j.model.vae.Ae;
import latent4j.model.vae.Vae;
import latent4j.nn.Adam;
import latent4j.nn.Linear;
import latent4j.nn.Net;
import latent4j.nn.Nets;
import latent4j.nn.Network;
import latent4j.train.Trainer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the papers of the hybrids claim. */
@Tag("long")
class HybridClaimsTest {

    private static Trainer trainer(int epochs, double rate) {
        return Trainer.epochs(epochs)
                .batch(64)
                .optimizer(Adam.of(rate).beta1(0.5))
                .watchedBy();
    }

    /** Makhzani et al. 2016, section 2: the codes come to match the prior, which the plain autoencoder's do not. */
    @Test
    void theAdversarialAutoencodersCodesMatchThePrior() {
        var digits = Datasets.digits(6000, 1000);
        var adversarial = AdversarialAutoencoder.mlp(digits.shape(), 8);
        var plain = Ae.mlp(digits.shape(), 8);
        trainer(20, 1e-3).fit(adversarial, digits);
        trainer(20, 1e-3).fit(plain, digits);
        var prior = adversarial.prior(1000, 99);
        double matched = Mmd.squared(prior, adversarial.encode(digits.test()));
        double unmatched = Mmd.squared(prior, plain.encode(digits.test()));
        System.out.printf("MMD² of codes to N(0, I): adversarial %.4f, plain %.4f%n", matched, unmatched);
        assertTrue(matched <= unmatched / 10, matched + " against " + unmatched);
    }

    /**
     * Larsen et al. 2016, sections 3 and 4: compared by a discriminator's features and not by pixels, images are not blurred. The
     * VAE has the same encoder and a decoder of the same channels.
     *
     * <p>That its codes say no less is not seen here, and so is printed and not asserted: a linear probe found the class in 0.747
     * of the VAE-GAN's codes and in 0.882 of the VAE's. Longer training at 10⁻³ did not close the gap: after 20 epochs 0.781 and
     * 0.901. Why is not known.
     */
    @Test
    void aVaeGansImagesAreNearlyAsSharpAsData() {
        var digits = Datasets.digits(6000, 1000);
        var vaeGan = VaeGan.convolutional(digits.shape(), 16, 16);
        var vae = new Vae(
                Nets.convolutional("encoder", digits.shape(), 32, 256, 16, 32),
                Nets.convolutionalDecoder("decoder", 16, digits.shape(), 256, 16, 32),
                new Bernoulli());
        trainer(10, 5e-4).fit(vaeGan, digits);
        Trainer.epochs(10).batch(64).watchedBy().fit(vae, digits);
        double data = gradientEnergy(digits.test());
        double sharp = gradientEnergy(vaeGan.draw(1000, 1));
        double blurred = gradientEnergy(vae.draw(1000, 1));
        double said = probeAccuracy(vaeGan, digits);
        double saidByVae = probeAccuracy(vae, digits);
        System.out.printf("gradient energy: data %.4f, VAE-GAN %.4f, VAE %.4f%n", data, sharp, blurred);
        System.out.printf("linear probe of the codes: VAE-GAN %.3f, VAE %.3f%n", said, saidByVae);
        assertTrue(Math.abs(sharp - data) < Math.abs(blurred - data), "gradient energy");
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

    /** The share of held-out records that logistic regression on the codes finds in their class. */
    private static double probeAccuracy(Autoencoder model, Dataset data) {
        var probe = new Classifier("judge", new Net("probe", Network.of(new Linear(10)), new Shape(model.latent())));
        Trainer.epochs(60).batch(64).optimizer(Adam.of(1e-2)).watchedBy().fit(probe, model.encode(data.train()));
        return probe.accuracy(model.encode(data.test()));
    }

    /**
     * Donahue et al. 2017, theorem 2: the encoder inverts the generator. Nothing ever compares a record with its
     * reconstruction; yet of eight Gaussians on a ring it hits the record's own far more often than one time in eight.
     */
    @Test
    void aBiGansEncoderInvertsItsGenerator() {
        var mixture = GaussianMixture.ring(8, 1, 0.1);
        var ring = mixture.dataset(10_000, 5);
        var biGan = BiGan.mlp(ring.shape(), 2);
        for (double rate : new double[] {1e-3, 1e-3, 2e-4}) {
            trainer(8, rate).batch(128).fromItsWeights().fit(biGan, ring);
        }
        double agreement =
                Classifier.agreement(nearest(mixture, ring.test()), nearest(mixture, biGan.reconstruct(ring.test())));
        System.out.printf("BiGAN: %.3f of the reconstructions are nearest to their record's mode%n", agreement);
        assertTrue(agreement >= 0.5, "agreement " + agreement);
    }

    /** The number of the centre that lies nearest, the best classifier for such a mixture. */
    private static int[] nearest(GaussianMixture mixture, Samples points) {
        return IntStream.range(0, points.size())
                .map(i -> nearest(mixture, points.row(i)))
                .toArray();
    }

    private static int nearest(GaussianMixture mixture, float[] point) {
        var centres = mixture.centres();
        return IntStream.range(0, centres.size())
                .boxed()
                .min(Comparator.comparingDouble(
                        k -> Math.hypot(point[0] - centres.get(k)[0], point[1] - centres.get(k)[1])))
                .orElseThrow();
    }
}
