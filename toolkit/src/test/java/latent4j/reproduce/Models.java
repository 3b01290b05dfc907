package latent4j.reproduce;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.data.Dataset;
import latent4j.data.Datasets;
import latent4j.loss.Bernoulli;
import latent4j.metric.Classifier;
import latent4j.metric.Likelihoods;
import latent4j.metric.Likeness;
import latent4j.metric.Measure;
import latent4j.metric.Metric;
import latent4j.metric.Probe;
import latent4j.model.Model;
import latent4j.model.gan.Gan;
import latent4j.model.gan.HingeGan;
import latent4j.model.gan.WassersteinGradientPenalty;
import latent4j.model.hybrid.AdversarialAutoencoder;
import latent4j.model.hybrid.BiGan;
import latent4j.model.hybrid.VaeGan;
import latent4j.model.stabiliser.SpectralNormalisation;
import latent4j.model.vae.Ae;
import latent4j.model.vae.BetaVae;
import latent4j.model.vae.Iwae;
import latent4j.model.vae.RaeL2;
import latent4j.model.vae.Vae;
import latent4j.model.vae.VampPriorVae;
import latent4j.model.vae.Wae;
import latent4j.nn.Net;
import latent4j.nn.Nets;
import latent4j.plot.Images;
import latent4j.study.Comparison;
import latent4j.study.Onlookers;
import latent4j.train.Trainer;

/** The table that the project is for: models of all families, with what tells them apart. */
final class Models implements Reproduction {

    private static final int LATENT = 16;
    private static final int CHANNELS = 16;

    @Override
    public String name() {
        return "models";
    }

    @Override
    public String about() {
        return "12 models from 5 seeds each on the drawn digits: likelihood, samples, coverage, codes, seconds, the doctor's word";
    }

    /**
     * All with small convolutional networks and 5,000 records: 15 epochs of batches of 64, which a game takes about half a minute
     * for on one core, and a bound a quarter.
     */
    @Override
    public void run(Results results, boolean smoke) {
        Onlookers.install(() -> standing -> System.out.println(standing));
        var digits = smoke ? Datasets.digits(256, 256) : Datasets.digits(5_000, 2_000);
        var shape = digits.shape();
        var trainer = Trainer.epochs(smoke ? 1 : 15).batch(64);
        var compared = Comparison.on(digits)
                .with("VAE", () -> vae(shape))
                .with("β-VAE, β = 4", () -> BetaVae.of(vae(shape), 4))
                .with("IWAE, k = 5", () -> new Iwae(vae(shape), 5))
                .with("VampPrior VAE", () -> VampPriorVae.of(vae(shape), 100))
                .with("WAE, λ = 100", () -> wae(shape))
                .with("RAE-L2", () -> RaeL2.of(ae(shape), 0.1, 1e-3))
                .with("AAE", () -> AdversarialAutoencoder.mlp(shape, LATENT))
                .with("VAE-GAN", () -> VaeGan.convolutional(shape, LATENT, CHANNELS / 2))
                .with("BiGAN", () -> BiGan.convolutional(shape, LATENT, CHANNELS))
                .with("GAN", () -> gan(shape))
                .with("hinge, spectral norm", () -> HingeGan.of(gan(shape)).with(new SpectralNormalisation()))
                .with("WGAN-GP", () -> WassersteinGradientPenalty.convolutional(shape, LATENT, CHANNELS))
                .trainer(trainer)
                .seeds(smoke ? 2 : 5)
                .measuring(
                        Likeness.metric(Classifier.digits(), smoke ? 256 : 2_000),
                        smoke ? new Likelihoods(20, 20) : new Likelihoods(500, 200),
                        new Codes())
                .keptIn(results.folder().resolve("runs"))
                .run();
        System.out.println(compared);
        results.table("models", compared.toTable());
        results.table("numbers", compared.numbers());
        results.text(
                "notes.txt",
                String.join("\n", compared.notes())
                        + "\n15 epochs for each, and so fewest steps for WGAN-GP's generator, one for five of its critic."
                        + "\nSeconds are those of the clock, beside whatever else the machine did.\n");
        Images.savePng(compared.chart().image(), results.folder().resolve("models.png"));
        compared.pictures()
                .ifPresent(pictures -> Images.savePng(pictures, results.folder().resolve("samples.png")));
    }

    /** What a linear probe reads off codes, under a name by which it is found again in files. */
    private record Codes() implements Metric {
        @Override
        public List<Measure> measure(Model model, Dataset data, long seed) {
            return Probe.metric().measure(model, data, seed);
        }
    }

    private static Vae vae(Shape shape) {
        return new Vae(encoder(shape, 2 * LATENT), decoder(shape), new Bernoulli());
    }

    private static Ae ae(Shape shape) {
        var like = Ae.mlp(shape, LATENT);
        return new Ae(encoder(shape, LATENT), decoder(shape), like.likelihood(), like.density());
    }

    private static Wae wae(Shape shape) {
        return new Wae(encoder(shape, LATENT), decoder(shape), new Bernoulli(), 100);
    }

    private static Gan gan(Shape shape) {
        return Gan.convolutional(shape, LATENT, CHANNELS);
    }

    private static Net encoder(Shape shape, int outputs) {
        return Nets.convolutional("encoder", shape, outputs, 128, CHANNELS, 2 * CHANNELS);
    }

    private static Net decoder(Shape shape) {
        return Nets.convolutionalDecoder("decoder", LATENT, shape, 128, CHANNELS, 2 * CHANNELS);
    }
}
