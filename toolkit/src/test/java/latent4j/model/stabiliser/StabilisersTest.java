package latent4j.model.stabiliser;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import latent4j.data.Datasets;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.model.Models;
import latent4j.model.Schedule;
import latent4j.model.Stabilised;
import latent4j.model.Stabiliser;
import latent4j.model.Step;
import latent4j.model.gan.Gan;
import latent4j.model.gan.RelativisticAverageGan;
import latent4j.model.gan.WassersteinGan;
import latent4j.model.gan.WassersteinGradientPenalty;
import latent4j.nn.Activation;
import latent4j.nn.Adam;
import latent4j.nn.BatchNorm;
import latent4j.nn.ClippedWeights;
import latent4j.nn.Convolution;
import latent4j.nn.Layer;
import latent4j.nn.LeakyRelu;
import latent4j.nn.Linear;
import latent4j.nn.Net;
import latent4j.nn.Network;
import latent4j.nn.Optimizer;
import latent4j.nn.Residual;
import latent4j.nn.RmsProp;
import latent4j.tensor.Kernels;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import latent4j.train.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each stabiliser against its formula, computed by hand where a linear discriminator w·x + b allows it. */
class StabilisersTest {

    private static final float[] W = {3, -4};
    private static final float B = 0.5f;
    private static final float[] X = {1, 2, -1, 0.5f};
    private static final float[] FAKE = {0, 1, 2, -0.25f};

    private static Net discriminator() {
        var net = new Net("discriminator", Network.of(new Linear(1)), new Shape(2));
        net.load(List.of(W, new float[] {B}));
        return net;
    }

    private static Net generator() {
        return new Net("generator", Network.of(new Linear(2)), new Shape(2));
    }

    private static Gan gan() {
        return new Gan(generator(), discriminator());
    }

    private static WassersteinGan wasserstein() {
        return WassersteinGan.of(generator(), discriminator());
    }

    private static NDArray array(float... values) {
        return latent4j.tensor.Arrays.of(values, new Shape(values.length / 2, 2));
    }

    private static Step step(double epoch) {
        return new Step(array(X), null, new Seed(2), 0, epoch);
    }

    private static double score(float[] x, int i) {
        return W[0] * x[2 * i] + W[1] * x[2 * i + 1] + B;
    }

    private static double meanScore(float[] x) {
        return (score(x, 0) + score(x, 1)) / 2;
    }

    private static double softplus(double x) {
        return Math.log1p(Math.exp(x));
    }

    private static double discriminatorLoss(GenerativeAdversarialNetwork game) {
        try (var tape = Tape.probing()) {
            return Kernels.current()
                    .read(List.of(game.discriminatorTerms(step(0), array(FAKE)).total()))[0];
        }
    }

    private static double part(GenerativeAdversarialNetwork game, String name) {
        try (var tape = Tape.probing()) {
            var terms = game.discriminatorTerms(step(0), array(FAKE));
            return Kernels.current().read(List.of(terms.parts().get(name).value()))[0];
        }
    }

    private static String refusal(GenerativeAdversarialNetwork game, Stabiliser... stabilisers) {
        return assertThrows(IllegalArgumentException.class, () -> game.with(stabilisers))
                .getMessage();
    }

    @Test
    void smoothedLabelsAreTheCrossEntropyToTheTarget() {
        double alpha = 0.9;
        double expected = 0;
        for (int i = 0; i < 2; i++) {
            double r = score(X, i);
            expected += (alpha * softplus(-r) + (1 - alpha) * softplus(r)) / 2 + softplus(score(FAKE, i)) / 2;
        }
        assertEquals(expected, discriminatorLoss(gan().with(new LabelSmoothing(alpha))), 1e-5);
        var withoutLabels = refusal(wasserstein(), new LabelSmoothing(alpha));
        assertTrue(withoutLabels.contains("not the log-odds of a label"), withoutLabels);
        var relative = refusal(new RelativisticAverageGan(generator(), discriminator()), new LabelSmoothing(alpha));
        assertTrue(relative.contains("not the log-odds of a label"), relative);
    }

    /** Of a linear discriminator the slope is ‖w‖ = 5 wherever the points lie. */
    @Test
    void penaltiesAreOnTheSlope() {
        double loss = meanScore(FAKE) - meanScore(X);
        assertEquals(loss, discriminatorLoss(wasserstein()), 1e-5);
        assertEquals(loss + 10 * 16, discriminatorLoss(wasserstein().with(PenaltyBetween.usual())), 1e-3);
        assertEquals(loss + 10 * 16, discriminatorLoss(wasserstein().with(PenaltyAroundData.usual())), 1e-3);
        assertEquals(loss + 2.0 / 2 * 25, discriminatorLoss(wasserstein().with(ZeroCentredPenalty.r1(2))), 1e-3);
        assertEquals(loss + 2.0 / 2 * 25, discriminatorLoss(wasserstein().with(ZeroCentredPenalty.r2(2))), 1e-3);
        var both = wasserstein().with(new ZeroCentredPenalty(2, 3), new PenaltyBetween(1));
        assertEquals(loss + 25 + 1.5 * 25 + 16, discriminatorLoss(both), 1e-3);
        assertEquals(25, part(both, "R1"), 1e-3);
        assertEquals(25, part(both, "R2"), 1e-3);
        assertEquals(16, part(both, "penalty between data and samples"), 1e-3);
    }

    /** D(x) = ½‖x‖² in effect: a critic of known curvature shows at which points a penalty is taken. */
    @Test
    void penaltiesAreTakenWhereTheirPapersSay() {
        var game = new Quadratic(generator(), discriminator());
        double data = (1 + 4 + 1 + 0.25) / 2; // the mean of ‖x‖², for ∇½‖x‖² = x
        double samples = (0 + 1 + 4 + 0.0625) / 2;
        assertEquals(data, part(game.with(ZeroCentredPenalty.r1(2)), "R1"), 1e-5);
        assertEquals(samples, part(game.with(ZeroCentredPenalty.r2(2)), "R2"), 1e-5);
        try (var tape = Tape.probing()) {
            float[] epsilon = step(0).uniform().toFloatArray();
            double between = 0;
            for (int i = 0; i < 2; i++) {
                double a = epsilon[i] * X[2 * i] + (1 - epsilon[i]) * FAKE[2 * i];
                double b = epsilon[i] * X[2 * i + 1] + (1 - epsilon[i]) * FAKE[2 * i + 1];
                between += Math.pow(Math.hypot(a, b) - 1, 2) / 2;
            }
            assertEquals(between, part(game.with(PenaltyBetween.usual()), "penalty between data and samples"), 1e-5);
            float[] noise = step(0).normal(2).toFloatArray();
            double mean = (1 + 2 - 1 + 0.5) / 4;
            double deviation = 0;
            for (float x : X) {
                deviation += (x - mean) * (x - mean) / 4;
            }
            deviation = Math.sqrt(deviation);
            double around = 0;
            for (int i = 0; i < 2; i++) {
                double a = X[2 * i] + 0.5 * deviation * noise[2 * i];
                double b = X[2 * i + 1] + 0.5 * deviation * noise[2 * i + 1];
                around += Math.pow(Math.hypot(a, b) - 1, 2) / 2;
            }
            assertEquals(around, part(game.with(PenaltyAroundData.usual()), "penalty around data"), 1e-5);
        }
    }

    /** A game whose score is ½‖x‖², whatever its discriminator. */
    public record Quadratic(Net generator, Net discriminator) implements GenerativeAdversarialNetwork {
        @Override
        public NDArray score(Step step, NDArray x) {
            return Kernels.current().affine(x.square().sum(new int[] {1}, true), 0.5, 0);
        }
    }

    @Test
    void aPenaltyOnSlopesRefusesADiscriminatorThatMixesExamples() {
        var gan = Gan.convolutional(new Shape(1, 8, 8), 4, 4);
        for (var penalty : List.of(PenaltyBetween.usual(), PenaltyAroundData.usual(), ZeroCentredPenalty.usual())) {
            var message = refusal(gan, penalty);
            assertTrue(message.contains("slope of each example's own score"), message);
            // in either order
            assertTrue(refusal(gan(), penalty, Packing.usual()).contains("slope of each example's own score"));
            assertTrue(refusal(gan(), Packing.usual(), penalty).contains("slope of each example's own score"));
        }
        var own = refusal(WassersteinGradientPenalty.of(generator(), discriminator()), Packing.usual());
        assertTrue(own.contains("slope of each example's own score"), own);
    }

    @Test
    void instanceNoiseIsAddedToWhatTheDiscriminatorSeesAndDecays() {
        var noisy = wasserstein().with(new InstanceNoise(0.5, Schedule.linearDecay()));
        double clean = discriminatorLoss(wasserstein());
        try (var tape = Tape.probing()) {
            var batch = new latent4j.model.Batch(() -> array(X), null, 2);
            var draws = new Step(batch, new Seed(2), 0, 0);
            double real = meanScore(draws.normal(2).toFloatArray()) - B;
            draws.withData(array(X));
            double fake = meanScore(draws.normal(2).toFloatArray()) - B;
            for (double epoch : new double[] {0, 2.5, 10}) {
                var step = new Step(batch, new Seed(2), 0, epoch, 10);
                var total = noisy.discriminatorTerms(step, array(FAKE)).total();
                double sigma = 0.5 * (1 - epoch / 10);
                assertEquals(clean + sigma * (fake - real), Kernels.current().read(List.of(total))[0], 1e-5);
                var generators = noisy.generatorTerms(new Step(batch, new Seed(2), 0, epoch, 10), array(FAKE));
                assertEquals(
                        -meanScore(FAKE) - sigma * fake, Kernels.current().read(List.of(generators.total()))[0], 1e-5);
            }
        }
    }

    @Test
    void aPackIsScoredAsOne() {
        var packed = gan().with(new Packing(2));
        assertEquals(
                new Shape(4), packed.discriminator().weights().get(0).shape().slice(1));
        packed.discriminator().load(List.of(new float[] {3, -4, 2, 1}, new float[] {B}));
        try (var tape = Tape.evaluation()) {
            var scores = packed.score(step(0), array(1, 2, -1, 0.5f, 4, 3)).toFloatArray();
            assertEquals(2, scores.length);
            assertEquals(3 * 1 - 4 * 2 + 2 * -1 + 1 * 0.5 + 0.5, scores[0], 1e-6);
            // the third has no partner but the first
            assertEquals(3 * 4 - 4 * 3 + 2 * 1 + 1 * 2 + 0.5, scores[1], 1e-6);
        }
        var images = Gan.small(new Shape(3, 8, 9)).with(new Packing(3));
        assertEquals(new Shape(3, 8, 9), images.shape());
        assertTrue(images.discriminator().mixesExamples());
    }

    @Test
    void theDiscriminatorsWeightsStayWithinTheBound() {
        var data = Datasets.ring(8, 1, 0.01, 256, 0);
        var clipped = Gan.mlp(data.shape(), 2, 8).with(new WeightClipping(0.03));
        Trainer.epochs(1).batch(32).optimizer(Adam.of(1e-2)).watchedBy().fit(clipped, data);
        assertTrue(largest(clipped.discriminator()) <= 0.03f);
        assertTrue(largest(clipped.generator()) > 0.1);
        var wasserstein = wasserstein().with(new WeightClipping(0.02));
        var rule = wasserstein.optimizer(wasserstein.discriminator(), Optional.empty());
        assertEquals(RmsProp.of(5e-5).weightsWithin(0.01).weightsWithin(0.02), rule); // the narrower bound holds
    }

    /** Of a linear discriminator the features are x itself. */
    @Test
    void theGeneratorMatchesMeanFeatures() {
        double expected = Math.pow((0 + 2 - 1 + 1) / 2.0, 2) + Math.pow((1 - 0.25 - 2 - 0.5) / 2.0, 2);
        var matching = gan().with(new FeatureMatching());
        try (var tape = Tape.probing()) {
            var total = matching.generatorTerms(step(0), array(FAKE)).total();
            assertEquals(expected, Kernels.current().read(List.of(total))[0], 1e-5);
        }
        assertEquals(discriminatorLoss(gan()), discriminatorLoss(matching), 1e-6);
        var noise = InstanceNoise.of(0.1);
        assertTrue(refusal(gan(), noise, new FeatureMatching()).contains("name it before that one"));
        assertEquals(2, gan().with(new FeatureMatching(), noise).stabilisers().size());
        var more = refusal(new RelativisticAverageGan(generator(), discriminator()), new FeatureMatching());
        assertTrue(more.contains("not a loss of its samples' scores alone"), more);
    }

    /**
     * L_D = w·(m̃ − m) with the means m of data and m̃ of samples, so that k steps lead to w − kη(m̃ − m), and the generator
     * minimises −w·m̃ + kη(m̃ − m)·m̃ − b: its gradient with respect to each of n samples is (−w + kη(2m̃ − m))/n.
     */
    @Test
    void theGeneratorSeesTheDiscriminatorsAnswer() {
        var game = wasserstein().with(new Unrolling(3, 0.1));
        double[] data = {0, 1.25};
        double[] samples = {1, 0.375};
        double expected = -B;
        var gradient = new double[2];
        for (int i = 0; i < 2; i++) {
            expected += -W[i] * samples[i] + 0.3 * (samples[i] - data[i]) * samples[i];
            gradient[i] = (-W[i] + 0.3 * (2 * samples[i] - data[i])) / 2;
        }
        try (var tape = Tape.probing()) {
            var fake = Kernels.current().leaf(array(FAKE));
            var total = game.generatorTerms(step(0), fake).total();
            assertEquals(expected, Kernels.current().read(List.of(total))[0], 1e-5);
            var found = Kernels.current().gradients(total, List.of(fake)).get(0).toFloatArray();
            for (int i = 0; i < 4; i++) {
                assertEquals(gradient[i % 2], found[i], 1e-5);
            }
        }
        assertArrayEquals(W, game.discriminator().values().get(0)); // it has not moved
        assertEquals(discriminatorLoss(wasserstein()), discriminatorLoss(game), 1e-6);
    }

    /** σ(W) by a thousand steps of the power iteration in double precision, against what fifty in training leave. */
    @Test
    void fiftyStepsNormaliseTheSpectrum() {
        var game = Gan.convolutional(new Shape(1, 8, 8), 4, 4).with(new SpectralNormalisation());
        var net = game.discriminator();
        try (var tape = Tape.training()) {
            var x = latent4j.tensor.Arrays.of(new Seed(1).uniform(2 * 64), new Shape(2, 1, 8, 8));
            for (int i = 0; i < 50; i++) {
                net.apply(x);
            }
        }
        int normalised = 0;
        for (int i = 0; i < net.weights().size(); i++) {
            if (net.weights().get(i).name().endsWith(" u")) {
                var weight = net.values().get(i + 1);
                int rows = net.values().get(i).length;
                double estimate =
                        largestSingularValue(weight, rows, net.values().get(i), 1);
                assertEquals(1, largestSingularValue(weight, rows, null, 5000) / estimate, 1e-3);
                normalised++;
            }
        }
        assertEquals(3, normalised);
        assertTrue(game.generator().weights().stream().noneMatch(w -> w.name().endsWith(" u")));
        var again = game.with(new SpectralNormalisation());
        assertEquals(net.weights(), again.discriminator().weights());
    }

    /** The weight as a matrix of so many rows; steps v ← Wᵀu/‖Wᵀu‖, u ← Wv/‖Wv‖ from u, or from ones. */
    private static double largestSingularValue(float[] weight, int rows, float[] from, int steps) {
        int columns = weight.length / rows;
        var u = new double[rows];
        Arrays.setAll(u, i -> from == null ? 1 + i : from[i]);
        double sigma = 0;
        for (int step = 0; step < steps; step++) {
            var v = new double[columns];
            for (int i = 0; i < weight.length; i++) {
                v[i % columns] += weight[i] * u[i / columns];
            }
            double length = Math.sqrt(Arrays.stream(v).map(a -> a * a).sum());
            u = new double[rows];
            for (int i = 0; i < weight.length; i++) {
                u[i / columns] += weight[i] * v[i % columns] / length;
            }
            sigma = Math.sqrt(Arrays.stream(u).map(a -> a * a).sum());
        }
        return sigma;
    }

    @Test
    void hiddenLayersAreNormalisedOverTheBatch() {
        var game = Gan.mlp(new Shape(2), 3, 8).with(new BatchNormalisation());
        for (var net : List.of(game.generator(), game.discriminator())) {
            var layers = net.network().orElseThrow().layers();
            assertEquals(3, layers.stream().filter(BatchNorm.class::isInstance).count(), net.name());
            for (int i = 0; i < layers.size(); i++) {
                if (layers.get(i) instanceof BatchNorm) {
                    assertEquals(new Linear(8), layers.get(i - 1));
                }
            }
        }
        var again = game.with(new BatchNormalisation());
        assertEquals(game.discriminator().network(), again.discriminator().network());
        var slope = refusal(game, PenaltyBetween.usual());
        assertTrue(slope.contains("slope of each example's own score"), slope);
    }

    private static List<Layer> layers(Net net) {
        return net.network().orElseThrow().layers();
    }

    @Test
    void statisticsOfTheBatchGoBeforeTheLastLayer() {
        for (var stabiliser : List.of(new MinibatchStandardDeviation(), new MinibatchDiscrimination(4, 3))) {
            var net = Gan.mlp(new Shape(2), 3, 8).with(stabiliser).discriminator();
            var layers = layers(net);
            assertEquals(new Linear(1), layers.get(layers.size() - 1));
            assertEquals(
                    stabiliser.getClass().getSimpleName(),
                    layers.get(layers.size() - 2).getClass().getSimpleName());
            assertTrue(net.mixesExamples());
            assertTrue(refusal(gan(), stabiliser, PenaltyBetween.usual()).contains("own score"));
        }
        // w·[x, s] + b with s = 1.5, the deviations of (1, −1) and (2, 0.5) over the batch being 1 and 0.75
        var varied = gan().with(new MinibatchStandardDeviation());
        varied.discriminator().load(List.of(new float[] {3, -4, 2}, new float[] {B}));
        try (var tape = Tape.evaluation()) {
            var scores = varied.score(step(0), array(X)).toFloatArray();
            assertEquals(score(X, 0) + 2 * (1 + 0.75) / 2, scores[0], 1e-5);
            assertEquals(score(X, 1) + 2 * (1 + 0.75) / 2, scores[1], 1e-5);
        }
        var picture = new Net("discriminator", Network.of(new Linear(1), Activation.TANH), new Shape(2));
        var message = refusal(new Gan(generator(), picture), new MinibatchStandardDeviation());
        assertTrue(message.contains("does not end in a linear layer"), message);
    }

    @Test
    void attentionLooksAtFeatureMaps() {
        var image = new Shape(1, 8, 8);
        var game = Gan.convolutional(image, 4, 4).with(new SelfAttention());
        assertEquals(
                1,
                layers(game.generator()).stream()
                        .filter(StabilisersTest::isAttention)
                        .count());
        assertEquals(
                1,
                layers(game.discriminator()).stream()
                        .filter(StabilisersTest::isAttention)
                        .count());
        assertTrue(isAttention(layers(game.discriminator()).get(3))); // affine, convolution, leaky ReLU, attention
        var message = refusal(Gan.small(image), new SelfAttention());
        assertTrue(message.contains("no hidden feature maps"), message);
    }

    private static boolean isAttention(Layer layer) {
        return layer instanceof latent4j.nn.SelfAttention;
    }

    @Test
    void everyHiddenLayerGetsAResidualBlock() {
        var block = new Residual(new Linear(8), new LeakyRelu(0.2), new Linear(8));
        var game = Gan.mlp(new Shape(2), 3, 8).with(new ResidualBlocks());
        for (var net : List.of(game.generator(), game.discriminator())) {
            assertEquals(3, layers(net).stream().filter(block::equals).count(), net.name());
        }
        var images = Gan.convolutional(new Shape(1, 8, 8), 4, 4).with(new ResidualBlocks());
        var convolutional = new Residual(new Convolution(4, 3, 1, 1), new LeakyRelu(0.2), new Convolution(4, 3, 1, 1));
        assertEquals(
                1,
                layers(images.discriminator()).stream()
                        .filter(convolutional::equals)
                        .count());
    }

    @Test
    void aDiscriminatorOfUnknownLayersIsNotChanged() {
        var block = ai.djl.nn.core.Linear.builder().setUnits(1).build();
        var foreign = new Gan(generator(), new Net("discriminator", block, new Shape(2)));
        for (var stabiliser : List.of(
                new SpectralNormalisation(),
                Packing.usual(),
                new FeatureMatching(),
                Unrolling.usual(),
                new BatchNormalisation(),
                new ResidualBlocks(),
                new SelfAttention(),
                MinibatchDiscrimination.usual())) {
            var message = refusal(foreign, stabiliser);
            assertTrue(message.contains("its discriminator is a foreign DJL block"), message);
        }
        assertEquals(
                2,
                foreign.with(LabelSmoothing.usual(), InstanceNoise.usual())
                        .stabilisers()
                        .size());
    }

    private static float largest(Net net) {
        float largest = 0;
        for (var values : net.values()) {
            for (float value : values) {
                largest = Math.max(largest, Math.abs(value));
            }
        }
        return largest;
    }

    @Test
    void thePlayersLearnAtTheirRates() {
        var game = gan().with(new TwoTimeScales(4));
        for (var named : List.of(Optional.<Optimizer>empty(), Optional.<Optimizer>of(Adam.of(1e-3)))) {
            var plain = named.orElse(game.optimizer());
            assertEquals(plain, game.optimizer(game.generator(), named));
            assertEquals(plain.learningRate(4 * plain.learningRate()), game.optimizer(game.discriminator(), named));
        }
        var clipped = wasserstein().with(new TwoTimeScales(2));
        assertEquals(
                new ClippedWeights(RmsProp.of(1e-4), 0.01),
                clipped.optimizer(clipped.discriminator(), Optional.empty()));
    }

    @Test
    void theGeneratorMovesAtEveryKthBatchAndItsAverageIsUsed() {
        var data = Datasets.ring(8, 1, 0.01, 320, 0);
        var game = Gan.mlp(data.shape(), 2, 8).with(new DiscriminatorSteps(3), new GeneratorAverage(0.99));
        var run = Trainer.epochs(1).batch(32).watchedBy().fit(game, data);
        assertEquals(10, run.history().training("discriminator").values().length);
        assertEquals(4, run.history().training("generator").values().length);
        var state = game.generator().state();
        assertFalse(Arrays.equals(state.values().get(0), state.average().get(0)));
        assertArrayEquals(state.average().get(0), game.generator().values().get(0));
        assertEquals(List.of(), game.discriminator().state().average());
        Trainer.epochs(1).batch(32).average("generator", 0.5).watchedBy().fit(game, data);
        assertFalse(game.generator().state().average().isEmpty());
    }

    @Test
    void stabilisersActInTheirOrder() {
        var noise = new InstanceNoise(0.5, Schedule.constant());
        var quadratic = new Quadratic(generator(), discriminator());
        double clean = part(quadratic.with(noise, ZeroCentredPenalty.r1(2)), "R1");
        double noisy = part(quadratic.with(ZeroCentredPenalty.r1(2), noise), "R1");
        assertEquals((1 + 4 + 1 + 0.25) / 2, clean, 1e-5);
        assertTrue(Math.abs(noisy - clean) > 1e-2, noisy + " at noisy points, " + clean + " at clean ones");
        var one = gan().with(noise);
        assertEquals(List.of(noise, Packing.usual()), one.with(Packing.usual()).stabilisers());
        assertSame(one.game(), one.with(LabelSmoothing.usual()).game());
    }

    @Test
    void aFileHoldsTheStabilisersToo(@TempDir Path folder) {
        var file = folder.resolve("model.zip");
        var game = Gan.small(new Shape(1, 8, 9))
                .with(
                        Packing.usual(),
                        new InstanceNoise(0.2, Schedule.linearDecay(0.5)),
                        LabelSmoothing.usual(),
                        GeneratorAverage.usual(),
                        WeightClipping.usual());
        game.save(file);
        var back = (Stabilised) Models.load(file);
        assertEquals(game.stabilisers(), back.stabilisers());
        assertEquals(game.discriminator().weights(), back.discriminator().weights());
        assertArrayEquals(game.draw(3, 1).toArray(), back.draw(3, 1).toArray());
    }

    @Test
    void badSettingsAreRefusedByName() {
        assertEquals(
                "target must be in (0, 1), got 1.0",
                assertThrows(IllegalArgumentException.class, () -> new LabelSmoothing(1))
                        .getMessage());
        assertEquals(
                "count must be >= 2, got 1",
                assertThrows(IllegalArgumentException.class, () -> new Packing(1))
                        .getMessage());
        assertEquals(
                "ratio must be a finite number > 0, got 0.0",
                assertThrows(IllegalArgumentException.class, () -> new TwoTimeScales(0))
                        .getMessage());
        assertEquals(
                "standardDeviation must be a finite number > 0, got -1.0",
                assertThrows(IllegalArgumentException.class, () -> InstanceNoise.of(-1))
                        .getMessage());
        assertEquals(
                "steps must be >= 1, got 0",
                assertThrows(IllegalArgumentException.class, () -> new DiscriminatorSteps(0))
                        .getMessage());
        assertEquals(
                "samples must be a finite number >= 0, got -1.0",
                assertThrows(IllegalArgumentException.class, () -> ZeroCentredPenalty.r2(-1))
                        .getMessage());
    }
}
