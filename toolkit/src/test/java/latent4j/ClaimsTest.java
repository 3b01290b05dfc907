package latent4j;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import latent4j.data.Dataset;
import latent4j.data.Datasets;
import latent4j.data.GaussianMixture;
import latent4j.metric.Coverage;
import latent4j.metric.CoverageProtocol;
import latent4j.metric.Modes;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.model.gan.Gan;
import latent4j.model.gan.HingeGan;
import latent4j.model.gan.LeastSquaresGan;
import latent4j.model.vae.Vae;
import latent4j.nn.Adam;
import latent4j.train.Trainer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the models reach when they train for long. */
@Tag("long")
class ClaimsTest {

    /** The well-known example: 784-400-20, ReLU, Adam 10⁻³, batches of 128, 10 epochs, grey-level Bernoulli. */
    @Test
    void aVaeOnMnistReaches106Nats() {
        var folder = mnist();
        assumeTrue(folder.isPresent(), "real MNIST is not here: put its files into data/mnist or set LATENT4J_DATA");
        var mnist = Datasets.idx(folder.get());
        double mean = 0;
        for (int seed = 0; seed < 3; seed++) {
            var vae = Vae.mlp(mnist.shape(), 20);
            Trainer.epochs(10).seed(seed).watchedBy().fit(vae, mnist);
            double bound = vae.negativeElbo(mnist.test(), 1);
            System.out.println("VAE on MNIST, seed " + seed + ": negative ELBO " + bound + " nats");
            mean += bound / 3;
        }
        assertTrue(mean <= 106.0, "mean negative ELBO over 3 seeds: " + mean);
    }

    private static Optional<Path> mnist() {
        return Stream.of(System.getenv("LATENT4J_DATA"), "data", "../data", "../../shared/data")
                .filter(folder -> folder != null)
                .map(folder -> Path.of(folder, "mnist"))
                .filter(Files::isDirectory)
                .findFirst();
    }

    /** 8 Gaussians on a ring of radius 1, standard deviation 0.01; 2,500 samples, good within 3 standard deviations. */
    @Test
    void anMlpGanCoversTheRing() {
        var mixture = GaussianMixture.ring(8, 1, 0.01);
        var ring = mixture.dataset(100_000, 5);
        int reached = 0;
        for (int seed = 0; seed < 3; seed++) {
            var gan = Gan.mlp(ring.shape(), 2, 128);
            long start = System.nanoTime();
            train(gan, ring, 15, seed, 1e-3);
            train(gan, ring, 4, seed + 100, 1e-4);
            double seconds = (System.nanoTime() - start) * 1e-9;
            var coverage = coverage(gan, mixture);
            System.out.printf("GAN on the ring, seed %d, %.0f s: %s%n", seed, seconds, coverage);
            reached += coverage.foundStrictly() >= 7 && coverage.good() >= 0.5 ? 1 : 0;
        }
        assertTrue(reached >= 2, reached + " of 3 seeds");
    }

    /** The same for the later losses, by one seed each. */
    @Test
    void leastSquaresAndHingeCoverTheRing() {
        var mixture = GaussianMixture.ring(8, 1, 0.01);
        var ring = mixture.dataset(100_000, 5);
        var nets = Gan.mlp(ring.shape(), 2, 128);
        for (var gan : List.of(LeastSquaresGan.of(nets), HingeGan.of(nets))) {
            train(gan, ring, 15, 0, 1e-3);
            train(gan, ring, 4, 100, 1e-4);
            var coverage = coverage(gan, mixture);
            System.out.println(gan.getClass().getSimpleName() + ": " + coverage);
            assertTrue(coverage.foundStrictly() >= 7 && coverage.good() >= 0.5, coverage.toString());
        }
    }

    private static void train(GenerativeAdversarialNetwork gan, Dataset ring, int epochs, long seed, double rate) {
        var trainer = Trainer.epochs(epochs)
                .batch(256)
                .seed(seed)
                .optimizer(Adam.of(rate).beta1(0.5))
                .watchedBy();
        (rate < 1e-3 ? trainer.fromItsWeights() : trainer).fit(gan, ring);
    }

    private static Coverage coverage(GenerativeAdversarialNetwork gan, GaussianMixture mixture) {
        return Coverage.of(gan, Modes.of(mixture), CoverageProtocol.pacGan(), 3);
    }
}
