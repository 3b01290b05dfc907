package latent4j;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import latent4j.data.Datasets;
import latent4j.model.vae.Vae;
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
}
