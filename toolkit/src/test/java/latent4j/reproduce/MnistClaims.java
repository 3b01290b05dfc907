package latent4j.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import latent4j.data.Dataset;
import latent4j.data.RealMnist;
import latent4j.model.vae.Vae;
import latent4j.reproduce.Claim.Finding;
import latent4j.train.Trainer;

/** What is known of MNIST: nothing is claimed where its files are not at hand, in {@code data/mnist} or {@code LATENT4J_DATA}. */
final class MnistClaims implements Claims {

    private static final int SEEDS = 3;

    @Override
    public String name() {
        return "claims-mnist";
    }

    @Override
    public String about() {
        return "what the well-known VAE reaches on MNIST, whose files must be in data/mnist";
    }

    @Override
    public List<Claim> claims() {
        return RealMnist.find().map(MnistClaims::on).map(List::of).orElse(List.of());
    }

    /** 784-400-20, ReLU, Adam 10⁻³, batches of 128, 10 epochs, grey-level Bernoulli. */
    private static Claim on(Dataset mnist) {
        return new Claim(
                "Vae",
                "Kingma and Welling 2014, equation 10, with the networks of the well-known example, 784-400-20",
                "a mean negative ELBO of at most 106 nats after 10 epochs",
                SEEDS,
                trials -> {
                    double mean = 0;
                    var found = new ArrayList<String>();
                    for (int seed = 0; seed < SEEDS; seed++) {
                        var vae = Vae.mlp(mnist.shape(), 20);
                        trials.train("Vae-seed-" + seed, Trainer.epochs(10).seed(seed), vae, mnist);
                        double bound = vae.negativeElbo(mnist.test(), 1);
                        mean += bound / SEEDS;
                        found.add(String.format(Locale.ROOT, "%.2f", bound));
                    }
                    return new Finding(mean <= 106, String.join("; ", found) + " nats");
                });
    }
}
