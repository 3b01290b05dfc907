package latent4j.model.hybrid;

import static latent4j.model.hybrid.Played.X;
import static latent4j.model.hybrid.Played.linear;
import static latent4j.model.hybrid.Played.moved;
import static latent4j.model.hybrid.Played.noise;
import static latent4j.model.hybrid.Played.objective;
import static latent4j.model.hybrid.Played.reached;
import static latent4j.model.hybrid.Played.softplus;
import static latent4j.model.hybrid.Played.surprise;
import static latent4j.model.hybrid.Played.total;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import latent4j.data.Samples;
import latent4j.loss.FixedGaussian;
import latent4j.model.Model;
import latent4j.model.Objective;
import latent4j.model.Step;
import latent4j.model.vae.Vae;
import latent4j.nn.Activation;
import latent4j.nn.Adam;
import latent4j.nn.Linear;
import latent4j.nn.Net;
import latent4j.nn.Network;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import latent4j.train.Trainer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AdversarialVariationalBayesTest {

    private static final Shape NUMBER = new Shape(1);

    private final AdversarialVariationalBayes model = new AdversarialVariationalBayes(
            linear("encoder", 2, new float[] {0.8f, 0.5f}, 0.1f),
            linear("decoder", 1, new float[] {1.5f}, -0.2f),
            linear("discriminator", 2, new float[] {1.1f, -0.6f}, 0.2f),
            new FixedGaussian(1));

    private static double t(double x, double z) {
        return 1.1 * x - 0.6 * z + 0.2;
    }

    @Test
    void bothObjectivesAreThoseOfAlgorithm1() {
        double estimate = 0;
        double[] contrast = {0, 0};
        for (int i = 0; i < X.length; i++) {
            double z = 0.8 * X[i] + 0.5 * noise(0)[i] + 0.1;
            estimate += (surprise(X[i], 1.5 * z - 0.2) + t(X[i], z)) / X.length;
            contrast[0] += softplus(-t(X[i], z)) / X.length;
            contrast[1] += softplus(t(X[i], noise(1)[i])) / X.length;
        }
        assertEquals(estimate, total(model, AdversarialVariationalBayes.ESTIMATE), 1e-5);
        assertEquals(contrast[0] + contrast[1], total(model, "discriminator"), 1e-5);
    }

    @Test
    void theDiscriminatorIsCutOffFromEncoderAndDecoder() {
        assertEquals(List.of("encoder", "decoder"), moved(model, AdversarialVariationalBayes.ESTIMATE));
        assertEquals(List.of("discriminator"), moved(model, "discriminator"));
        assertEquals(List.of("discriminator"), reached(model, "discriminator"));
    }

    /** Some of a model's objectives, each moving fewer networks than it would. */
    private record Partly(Model whole, List<Objective> objectives) implements Model {

        @Override
        public Shape shape() {
            return whole.shape();
        }

        @Override
        public Samples draw(int n, long seed) {
            return whole.draw(n, seed);
        }
    }

    private static Objective moving(Objective objective, Net net, int every) {
        return new Objective(objective.name(), List.of(net), every, objective.loss());
    }

    private static void train(Model model, Samples data, int epochs, double rate) {
        Trainer.epochs(epochs)
                .batch(250)
                .optimizer(Adam.of(rate).beta1(0.5))
                .watchedBy()
                .fromItsWeights()
                .fit(model, data);
    }

    /** The mean of what an objective says of all records, which its parts are means of. */
    private static double estimate(AdversarialVariationalBayes model, String part, Samples x) {
        try (var tape = Tape.evaluation()) {
            var terms = objective(model, AdversarialVariationalBayes.ESTIMATE)
                    .loss()
                    .apply(Step.of(x, 0, x.size(), new Seed(5)));
            var value = part.isEmpty() ? terms.total() : terms.parts().get(part).value();
            return value.getFloat();
        }
    }

    /** For z = 0.8·x + 0.5·ε the posterior is Gaussian, and the divergence is known: ½(σ² + μ² − 1 − log σ²). */
    @Test
    void aTrainedTEstimatesTheDivergenceFromThePrior() {
        var values = new float[5000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 2 == 0 ? 1 : -1;
        }
        var x = Samples.of(NUMBER, values);
        var encoder = linear("encoder", 2, new float[] {0.8f, 0.5f}, 0);
        var posterior = new AdversarialVariationalBayes(
                encoder, model.decoder(), net("discriminator", 2, 1, 64), new FixedGaussian(1));
        train(new Partly(posterior, List.of(objective(posterior, "discriminator"))), x, 40, 3e-3);
        double exact = 0.5 * (0.25 + 0.64 - 1 - Math.log(0.25));
        double found = estimate(posterior, "KL, estimated by T", x);
        System.out.printf("KL %.3f, estimated by T %.3f%n", exact, found);
        assertEquals(exact, found, 0.1);
    }

    private static Net net(String name, int inputs, int outputs, int units) {
        var tanh = Activation.TANH;
        return new Net(
                name,
                Network.of(new Linear(units), tanh, new Linear(units), tanh, new Linear(outputs)),
                new Shape(inputs));
    }

    /** |z|, so that x does not tell z's sign: its true posterior has two equal modes, ±x. */
    private static Net magnitude() {
        var net = new Net("decoder", Network.of(new Linear(2), Activation.RELU, new Linear(1)), NUMBER);
        net.load(List.of(new float[] {1, -1}, new float[] {0, 0}, new float[] {1, 1}, new float[] {0}));
        return net;
    }

    /**
     * Mescheder et al. 2017, section 6.1: where the true posterior has several modes, so has q(z|x), and the bound is
     * better than a Gaussian's. Only the encoders learn; the decoder |z| stays. T moves three times for each
     * step of the encoder, since it must follow sharp modes. What T estimates is checked by histograms of
     * q(z|x), the truth by integration.
     */
    @Test
    @Tag("long")
    void thePosteriorHasBothModesAndItsBoundIsBetterThanAGaussians() {
        double sd = 0.25;
        var data = magnitudes(5000, sd);
        var model = new AdversarialVariationalBayes(
                net("encoder", 3, 1, 64), magnitude(), net("discriminator", 2, 1, 64), new FixedGaussian(sd));
        var estimate = objective(model, AdversarialVariationalBayes.ESTIMATE);
        var discriminator = objective(model, "discriminator");
        model.encoder().initialise(new Seed(3));
        model.discriminator().initialise(new Seed(4));
        for (double rate : new double[] {3e-3, 1e-3, 3e-4}) {
            train(new Partly(model, List.of(moving(estimate, model.encoder(), 3), discriminator)), data, 120, rate);
        }
        train(new Partly(model, List.of(discriminator)), data, 40, 3e-4);

        var gaussian = new Vae(net("encoder", 1, 2, 64), magnitude(), new FixedGaussian(sd));
        gaussian.encoder().initialise(new Seed(3));
        train(
                new Partly(gaussian, List.of(moving(gaussian.objectives().get(0), gaussian.encoder(), 1))),
                data,
                80,
                3e-3);

        double exact = 0;
        double bound = 0;
        int records = 50;
        for (int i = 0; i < records; i++) {
            double x = data.row(i)[0];
            exact += surpriseOf(x, sd) / records;
            bound += boundByHistogram(model, x, sd) / records;
        }
        double estimated = estimate(model, "", data.head(records));
        double unimodal = 0;
        for (int seed = 0; seed < 20; seed++) {
            unimodal += gaussian.negativeElbo(data.head(records), seed) / 20;
        }
        System.out.printf(
                "−log p(x) %.3f; −ELBO of AVB %.3f, estimated by T %.3f; of a Gaussian posterior %.3f%n",
                exact, bound, estimated, unimodal);
        for (double x : new double[] {0.5, 1, 1.5}) {
            double right =
                    Arrays.stream(posterior(model, x, 2000)).filter(z -> z > 0).count() / 2000.0;
            System.out.printf("x = %.1f: %.2f of its codes are positive%n", x, right);
            assertTrue(right > 0.05 && right < 0.95, "at x = " + x + " the share of positive codes is " + right);
        }
        assertTrue(bound > exact - 0.02, "a bound, " + bound + ", lies above " + exact);
        assertTrue(bound < unimodal - 0.1, "AVB's bound " + bound + ", the Gaussian's " + unimodal);
        assertEquals(bound, estimated, 0.25, "what T estimates");
    }

    /** x = |z| + σ·noise. */
    private static Samples magnitudes(int n, double sd) {
        var z = new Seed(1).normal(n);
        var noise = new Seed(2).normal(n);
        var x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (float) (Math.abs(z[i]) + sd * noise[i]);
        }
        return Samples.of(NUMBER, x);
    }

    private static double normalDensity(double x, double mean, double sd) {
        return Math.exp(-surprise(x / sd, mean / sd)) / sd;
    }

    /** −log ∫ p(z)·p(x|z) dz. */
    private static double surpriseOf(double x, double sd) {
        double step = 0.002;
        return -Math.log(IntStream.range(-3000, 3000)
                .mapToDouble(i -> i * step)
                .map(z -> step * normalDensity(z, 0, 1) * normalDensity(x, Math.abs(z), sd))
                .sum());
    }

    /** Codes of one record. */
    private static double[] posterior(AdversarialVariationalBayes model, double x, int n) {
        var repeated = new float[n];
        Arrays.fill(repeated, (float) x);
        var codes = model.posterior(Samples.of(NUMBER, repeated), 1).toArray();
        return IntStream.range(0, n).mapToDouble(i -> codes[i]).toArray();
    }

    /** E[log q(z|x) − log p(z) − log p(x|z)] with the density of a histogram of 4000 codes in the place of q. */
    private static double boundByHistogram(AdversarialVariationalBayes model, double x, double sd) {
        double width = 0.05;
        var z = posterior(model, x, 4000);
        var counts = Arrays.stream(z)
                .boxed()
                .collect(Collectors.groupingBy(v -> Math.floor(v / width), Collectors.counting()));
        return Arrays.stream(z)
                .map(v -> Math.log(counts.get(Math.floor(v / width)) / (width * z.length))
                        - Math.log(normalDensity(v, 0, 1))
                        - Math.log(normalDensity(x, Math.abs(v), sd)))
                .average()
                .orElseThrow();
    }
}
