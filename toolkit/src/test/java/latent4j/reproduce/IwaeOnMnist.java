package latent4j.reproduce;

import ai.djl.ndarray.types.Shape;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import latent4j.data.Dataset;
import latent4j.data.Datasets;
import latent4j.loss.Bernoulli;
import latent4j.model.Schedule;
import latent4j.model.VariationalAutoencoder;
import latent4j.model.vae.Iwae;
import latent4j.model.vae.Vae;
import latent4j.nn.Activation;
import latent4j.nn.Adam;
import latent4j.nn.Flatten;
import latent4j.nn.Initialisation;
import latent4j.nn.Layer;
import latent4j.nn.Linear;
import latent4j.nn.Net;
import latent4j.nn.Network;
import latent4j.nn.Reshape;
import latent4j.train.Run;
import latent4j.train.Trainer;

/** The protocol of Burda et al. 2016, section 5 and table 1 (one stochastic layer), with fewer passes. */
final class IwaeOnMnist implements Reproduction {

    private static final int LATENT = 50;
    private static final int HIDDEN = 200;

    /** How often the training records are seen at each of the eight rates; 3^i in the paper, 3,280 in all. */
    private static final int PASSES = Integer.getInteger("iwae.passes", 1);

    @Override
    public String name() {
        return "iwae";
    }

    @Override
    public String about() {
        return "VAE and IWAE with 50 samples on binarised MNIST, by the protocol of Burda et al. 2016 with fewer passes";
    }

    @Override
    public void run(Results results, boolean smoke) {
        var data = data(smoke);
        var samples = Integer.getInteger("iwae.samples", 1);
        results.run(samples == 1 ? "vae" : "iwae-" + samples, () -> train(results, samples, data, smoke ? 1 : PASSES));
    }

    /** Held-out records are binarised once, by a fixed seed. */
    private static Dataset data(boolean smoke) {
        var grey = smoke ? Datasets.digits(400, 40) : Datasets.mnist();
        return new Dataset(
                grey.name() + ", held-out records binarised",
                grey.train(),
                grey.test().binarised(2016));
    }

    private static Run train(Results results, int samples, Dataset data, int passes) {
        var checkpoints = results.work((samples == 1 ? "vae" : "iwae-" + samples) + "-" + passes);
        var trainer = Trainer.epochs(8 * passes)
                .batch(20)
                .seed(1)
                .optimizer(new Adam(1e-3, 0.9, 0.999, 1e-4, 0))
                .schedule(rates(passes))
                .binarised()
                .validateOn(100)
                .checkpoint(checkpoints, 500);
        var model = model(samples, data.shape());
        return Files.isDirectory(checkpoints) ? trainer.resume(model, data) : trainer.fit(model, data);
    }

    /** 10⁻³·10^(−i/7) for i from 0 to 7, rounded as published: 10, 7.2, 5.2, … 1 times 10⁻⁴. */
    private static Schedule rates(int passes) {
        var factors = new double[8];
        for (int i = 0; i < 8; i++) {
            factors[i] = Math.round(10 * Math.pow(10, 1 - i / 7.0)) / 100.0;
        }
        return Schedule.stages(passes, factors);
    }

    /** Two hidden layers of 200 tanh units on each side, 50 latent dimensions. */
    private static VariationalAutoencoder model(int samples, Shape shape) {
        var encoder = new ArrayList<Layer>(List.of(new Flatten()));
        encoder.addAll(hidden());
        encoder.add(new Linear(2 * LATENT));
        var decoder = new ArrayList<>(hidden());
        decoder.add(new Linear((int) shape.size()));
        decoder.add(new Reshape(shape));
        var vae = new Vae(
                new Net("encoder", new Network(encoder, new Initialisation.Glorot()), shape),
                new Net("decoder", new Network(decoder, new Initialisation.Glorot()), new Shape(LATENT)),
                new Bernoulli());
        return samples == 1 ? vae : new Iwae(vae, samples);
    }

    private static List<Layer> hidden() {
        return List.of(new Linear(HIDDEN), Activation.TANH, new Linear(HIDDEN), Activation.TANH);
    }
}
