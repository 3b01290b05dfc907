package latent4j.plot;

import ai.djl.ndarray.types.Shape;
import java.util.Random;
import latent4j.data.Samples;
import latent4j.train.History;

/** Made-up results that look like real ones. */
public final class Examples {

    private Examples() {}

    /** A VAE's: noisy at each step, falling from 545 to about 104, held-out values each epoch. */
    public static History vae(int epochs, int stepsAnEpoch) {
        var random = new Random(7);
        var history = new History();
        for (int step = 1; step <= epochs * stepsAnEpoch; step++) {
            double epoch = (double) step / stepsAnEpoch;
            double reconstruction = 78 + 60 / (1 + 2 * epoch) + 420 * Math.exp(-epoch * 14) + 3 * random.nextGaussian();
            double divergence = 25 * (1 - Math.exp(-epoch * 3)) + 0.4 * random.nextGaussian();
            history.add("negative ELBO", "nats per example", false, epoch, reconstruction + divergence);
            history.add("reconstruction", "nats per example", false, epoch, reconstruction);
            history.add("KL divergence", "nats per example", false, epoch, divergence);
            if (step % stepsAnEpoch == 0) {
                history.add("negative ELBO", "nats per example", true, epoch, 104.5 + 60 / (1 + 2 * epoch));
            }
        }
        return history;
    }

    /** Only the one quantity that a first plot shows. */
    public static History elbo(int epochs, int stepsAnEpoch) {
        var all = vae(epochs, stepsAnEpoch);
        var history = new History();
        for (var s : all.series()) {
            if (s.name().equals("negative ELBO")) {
                for (int i = 0; i < s.values().length; i++) {
                    history.add(s.name(), s.unit(), s.validation(), s.epochs()[i], s.values()[i]);
                }
            }
        }
        return history;
    }

    /** A GAN's: two players around their balance, and a distance on held-out data. */
    public static History gan(int epochs, int stepsAnEpoch) {
        var random = new Random(11);
        var history = new History();
        for (int step = 1; step <= epochs * stepsAnEpoch; step++) {
            double epoch = (double) step / stepsAnEpoch;
            double swing = Math.sin(epoch * 2.1) * 0.25 / (1 + epoch / 8);
            history.add(
                    "discriminator",
                    "",
                    false,
                    epoch,
                    1.2 + swing - 0.9 * Math.exp(-epoch * 3) + 0.08 * random.nextGaussian());
            history.add(
                    "generator",
                    "",
                    false,
                    epoch,
                    0.95 - swing + 2.5 * Math.exp(-epoch * 3) + 0.12 * random.nextGaussian());
            if (step % stepsAnEpoch == 0) {
                history.add("discriminator", "", true, epoch, 1.23 + swing);
                history.add("generator", "", true, epoch, 0.93 - swing);
                history.add("MMD²", "", true, epoch, 0.002 + 0.08 * Math.exp(-epoch / 3));
            }
        }
        return history;
    }

    /** Ten clouds of codes. */
    public static float[][] codes(int n, int[] labels) {
        var random = new Random(3);
        var codes = new float[n][2];
        for (int i = 0; i < n; i++) {
            labels[i] = i % 10;
            double angle = labels[i] * Math.PI / 5;
            double radius = labels[i] % 2 == 0 ? 2.4 : 1.3;
            codes[i][0] = (float) (radius * Math.cos(angle) + 0.42 * random.nextGaussian());
            codes[i][1] = (float) (radius * Math.sin(angle) + 0.3 * random.nextGaussian());
        }
        return codes;
    }

    /** Rings with a bright spot whose place tells the index; any size, grey or colour. */
    public static Samples images(int n, int channels, int height, int width) {
        var values = new float[n * channels * height * width];
        int at = 0;
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < channels; c++) {
                for (int y = 0; y < height; y++) {
                    for (int x = 0; x < width; x++) {
                        double r = Math.hypot(x - width / 2.0, y - height / 2.0) / Math.min(width, height);
                        double ring = Math.exp(-Math.pow((r - 0.15 - 0.2 * i / n) * 14, 2));
                        values[at++] = (float) (c == i % Math.max(1, channels) || channels == 1 ? ring : ring * 0.3);
                    }
                }
            }
        }
        return Samples.of(new Shape(channels, height, width), values);
    }
}
