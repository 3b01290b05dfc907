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

import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.data.Samples;
import latent4j.loss.FixedGaussian;
import latent4j.model.Model;
import latent4j.model.Objective;
import latent4j.model.Step;
import latent4j.nn.Activation;
import latent4j.nn.Adam;
import latent4j.nn.Linear;
import latent4j.nn.Net;
import latent4j.nn.Network;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import latent4j.train.Trainer;
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

    private static Objective moving(Objective objective, Net... nets) {
        return Objective.of(objective.name(), List.of(nets), objective.loss());
    }

    private static void train(Model model, Samples data, int epochs, double rate, boolean fromItsWeights) {
        var trainer = Trainer.epochs(epochs)
                .batch(250)
                .optimizer(Adam.of(rate).beta1(0.5))
                .watchedBy();
        (fromItsWeights ? trainer.fromItsWeights() : trainer).fit(model, data);
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
        train(new Partly(posterior, List.of(objective(posterior, "discriminator"))), x, 60, 3e-3, true);
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
}
