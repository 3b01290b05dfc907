package latent4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import latent4j.data.Dataset;
import latent4j.data.Samples;
import latent4j.model.Variants.Variant;
import latent4j.model.gan.Gan;
import latent4j.model.vae.Vae;
import latent4j.nn.Adam;
import latent4j.nn.Net;
import latent4j.tensor.Compute;
import latent4j.tensor.GradientCheck;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;
import latent4j.train.Progress;
import latent4j.train.Run;
import latent4j.train.Trainer;
import latent4j.train.Watcher;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every variant keeps. A new record in {@code model.*} is found here without being named. */
@Tag("engines")
class VariantContractTest {

    private static final Shape IMAGE = new Shape(1, 8, 9);

    /** On the second engine, which takes several times longer, one VAE and one GAN stand for all. */
    static Stream<Variant> variants() {
        var made = Variants.made().stream();
        return Compute.current().engine().equals("PyTorch")
                ? made
                : made.filter(v -> !v.convolutional() && (v.type() == Vae.class || v.type() == Gan.class));
    }

    /** Images with a bright left half; a lit last row tells the two classes apart. */
    static Dataset bars(Shape shape) {
        return new Dataset("bars", bars(shape, 256, 1), bars(shape, 64, 2));
    }

    private static Samples bars(Shape shape, int n, long seed) {
        int d = (int) shape.size();
        int width = (int) shape.get(2);
        var noise = new Seed(seed).uniform(n * d);
        var values = new float[n * d];
        var labels = new int[n];
        for (int i = 0; i < n; i++) {
            labels[i] = i % 2;
            for (int j = 0; j < d; j++) {
                boolean bright = j % width < width / 2 || labels[i] == 1 && j >= d - width;
                values[i * d + j] = 0.2f * noise[i * d + j] + (bright ? 0.8f : 0);
            }
        }
        return Samples.of(shape, values).withLabels(labels);
    }

    private static Trainer trainer() {
        return trainer(3);
    }

    /** At most so many epochs of 8 batches. */
    private static Trainer trainer(int epochs) {
        return Trainer.epochs(epochs)
                .batch(32)
                .optimizer(Adam.of(1e-3).beta1(0.5))
                .watchedBy();
    }

    private static List<float[]> weights(Model model) {
        return model.nets().stream().flatMap(net -> net.values().stream()).toList();
    }

    private static void assertSameWeights(List<float[]> expected, List<float[]> found) {
        assertEquals(expected.size(), found.size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), found.get(i));
        }
    }

    /** What a model says first of held-out records; a smaller value is better. */
    private static Map.Entry<String, Double> quality(Model model, Samples heldOut) {
        var validation = model.validate(heldOut, 3);
        if (validation.isEmpty() && model instanceof VariationalAutoencoder vae) {
            return Map.entry(VariationalAutoencoder.NEGATIVE_ELBO, vae.negativeElbo(heldOut, 3));
        }
        assertFalse(validation.isEmpty(), "validate(heldOut, seed) must tell how good the model is");
        return validation.entrySet().iterator().next();
    }

    /** To what value training must bring it down. */
    private static double goal(String quality, double untrained) {
        return switch (quality) {
            case "MMD²" -> untrained / 2;
            case VariationalAutoencoder.NEGATIVE_ELBO -> untrained - 2;
            default -> untrained;
        };
    }

    /** Ends the training as soon as it has reached its goal. */
    private record Until(Samples heldOut, double goal) implements Watcher {

        @Override
        public void epochEnded(Progress progress) {
            if (progress.epoch() < progress.epochs()
                    && quality(progress.model(), heldOut).getValue() < goal) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void trainingImprovesIt(Variant variant) {
        var data = bars(IMAGE);
        var model = variant.make(IMAGE);
        var before = quality(model, data.test());
        double goal = goal(before.getKey(), before.getValue());
        var run = trainer(100).watchedBy(new Until(data.test(), goal)).fit(model, data);
        double after = quality(model, data.test()).getValue();
        assertTrue(
                after < goal,
                before.getKey() + " before " + before.getValue() + ", after " + run.steps() + " steps " + after);
        assertTrue(run.steps() >= 8, "an epoch");
        assertTrue(run.history().find(before.getKey(), true).isPresent(), "the history tells it on held-out data, too");
        for (var series : run.history().series()) {
            for (double value : series.values()) {
                assertTrue(Double.isFinite(value), series.name());
            }
        }
    }

    /** Samples, or what a translator makes of sources. */
    private static Samples drawn(Model model, int n) {
        return model instanceof Translator translator
                ? translator.translate(bars(translator.source(), n, 5), 3)
                : model.draw(n, 3);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void theSameSeedGivesTheSameBits(Variant variant) {
        var data = bars(IMAGE);
        var runs = new ArrayList<Run>();
        for (long seed : new long[] {1, 1, 2}) {
            runs.add(trainer().seed(seed).fit(variant.make(IMAGE), data));
        }
        assertSameWeights(weights(runs.get(0).model()), weights(runs.get(1).model()));
        assertFalse(Arrays.equals(
                weights(runs.get(0).model()).get(0),
                weights(runs.get(2).model()).get(0)));
        var again = trainer().seed(1).fit(runs.get(2).model(), data);
        assertSameWeights(weights(runs.get(0).model()), weights(again.model()));
        assertSameHistory(runs.get(0), runs.get(1));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void aStoppedTrainingGoesOnAsIfItHadNot(Variant variant, @TempDir Path folder) {
        var data = bars(IMAGE);
        var whole = trainer().fit(variant.make(IMAGE), data);
        var stopped = trainer()
                .checkpoint(folder, 100)
                .watchedBy(new Watcher() {
                    @Override
                    public void stepped(Progress progress) {
                        if (progress.step() == 10) {
                            Thread.currentThread().interrupt();
                        }
                    }
                })
                .fit(variant.make(IMAGE), data);
        assertEquals(10, stopped.steps());
        var resumed = trainer().checkpoint(folder, 100).resume(variant.make(IMAGE), data);
        assertEquals(whole.weights(), resumed.weights(), "weights, statistics, averages and optimisers' memory");
        assertSameHistory(whole, resumed);
    }

    private static void assertSameHistory(Run expected, Run found) {
        for (var series : expected.history().series()) {
            assertArrayEquals(
                    series.values(),
                    found.history()
                            .find(series.name(), series.validation())
                            .orElseThrow()
                            .values());
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void anObjectiveMovesOnlyItsOwn(Variant variant) {
        var model = variant.make(IMAGE);
        var x = bars(IMAGE).train();
        for (var objective : model.objectives()) {
            var before = model.nets().stream().map(Net::values).toList();
            try (var tape = Tape.training()) {
                var total = objective.loss().apply(step(x)).total();
                var gradients =
                        tape.gradients(total, trainable(objective.moves())).iterator();
                for (var net : objective.moves()) {
                    net.step(
                            Adam.of(1e-2),
                            net.trainable().stream().map(w -> gradients.next()).toList());
                }
            }
            for (int i = 0; i < model.nets().size(); i++) {
                var net = model.nets().get(i);
                assertEquals(
                        objective.moves().contains(net),
                        moved(net, before.get(i)),
                        objective.name() + " and " + net.name());
            }
        }
    }

    private static List<NDArray> trainable(List<Net> nets) {
        return nets.stream().flatMap(net -> net.trainable().stream()).toList();
    }

    private static boolean moved(Net net, List<float[]> before) {
        for (int i = 0; i < before.size(); i++) {
            if (net.weights().get(i).trainable()
                    && !Arrays.equals(before.get(i), net.values().get(i))) {
                return true;
            }
        }
        return false;
    }

    private static Step step(Samples x) {
        var labels = Arrays.copyOf(x.labels().orElseThrow(), 16);
        return new Step(Inference.array(x, 0, 16), labels, new Seed(4), 100, 5);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void gradientsDoNotDependOnTheGarbageCollector(Variant variant) {
        var model = variant.make(IMAGE);
        var x = bars(IMAGE).train();
        for (var objective : model.objectives()) {
            for (var net : objective.moves()) {
                var gradients = new ArrayList<float[]>();
                for (boolean collect : new boolean[] {false, true}) {
                    try (var tape = Tape.probing()) {
                        var total = objective.loss().apply(step(x)).total();
                        if (collect) {
                            GradientCheck.collectGarbage();
                        }
                        gradients.add(
                                tape.gradients(total, net.trainable()).get(0).toFloatArray());
                    }
                }
                assertArrayEquals(gradients.get(0), gradients.get(1), objective.name());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void aFileHoldsTheWholeModel(Variant variant, @TempDir Path folder) throws IOException {
        var file = folder.resolve("model.zip");
        var model = trainer().fit(variant.make(IMAGE), bars(IMAGE)).model();
        model.save(file);
        var back = Models.load(file);
        assertEquals(variant.type(), back.getClass());
        assertSameWeights(weights(model), weights(back));
        assertArrayEquals(drawn(model, 5).toArray(), drawn(back, 5).toArray());

        var fresh = variant.make(IMAGE);
        Models.loadInto(fresh, file);
        assertSameWeights(weights(model), weights(fresh));
        var other = variant.make(new Shape(1, 10, 9));
        var untouched = weights(other);
        var error = assertThrows(IllegalArgumentException.class, () -> Models.loadInto(other, file));
        assertTrue(error.getMessage().contains("another model"), error.getMessage());
        assertSameWeights(untouched, weights(other));

        var bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        assertThrows(IllegalArgumentException.class, () -> Models.load(file));
        int last = bytes.length - 1;
        for (int at : new int[] {14, 45, 120, last / 4, last / 2, last / 4 * 3, last - 90, last - 40, last - 10}) {
            var damaged = bytes.clone(); // a wrong bit is found, or it stands where nothing is read
            damaged[at] ^= 1;
            Files.write(file, damaged);
            try {
                Models.load(file).save(file);
                assertArrayEquals(bytes, Files.readAllBytes(file), "settings or weights, with a wrong bit at " + at);
            } catch (IllegalArgumentException refused) {
                assertTrue(refused.getMessage().contains("cannot load " + file), refused.getMessage());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void itFitsTheDataAndRefusesOther(Variant variant) {
        for (var shape : List.of(new Shape(1, 28, 28), new Shape(3, 32, 32), new Shape(3, 64, 48))) {
            var model = variant.make(shape);
            assertEquals(shape, model.shape());
            Trainer.epochs(1).batch(4).watchedBy().fit(model, bars(shape, 8, 1));
            var samples = drawn(model, 3);
            assertEquals(3, samples.size());
            if (!(model instanceof Translator)) {
                assertEquals(shape, samples.shape());
            }
            assertInUnit(samples);
            if (!(model instanceof Translator)) {
                assertFalse(Arrays.equals(samples.toArray(), model.draw(3, 4).toArray()), "another seed draws others");
            }
            if (model instanceof Conditional conditional) {
                for (int label = 0; label < conditional.classes(); label++) {
                    var ofClass = conditional.draw(3, label, 1);
                    assertEquals(shape, ofClass.shape());
                    assertArrayEquals(
                            new int[] {label, label, label}, ofClass.labels().orElseThrow());
                    assertInUnit(ofClass);
                }
                for (int label : new int[] {-1, conditional.classes()}) {
                    var error = assertThrows(IllegalArgumentException.class, () -> conditional.draw(3, label, 1));
                    assertTrue(error.getMessage().contains("label"), error.getMessage());
                }
            }
        }
        var expected = new Shape(1, 10, 9);
        var error =
                assertThrows(IllegalArgumentException.class, () -> trainer().fit(variant.make(expected), bars(IMAGE)));
        assertTrue(
                error.getMessage().contains("(1, 10, 9)") && error.getMessage().contains("(1, 8, 9)"),
                error.getMessage());
        if (variant.make(IMAGE) instanceof Translator) {
            // its records are pairs, the source above its target
            var odd = new Shape(1, 9, 9);
            var refusal = assertThrows(IllegalArgumentException.class, () -> variant.make(odd));
            assertTrue(refusal.getMessage().contains("(1, 9, 9)"), refusal.getMessage());
        }
    }

    private static void assertInUnit(Samples images) {
        for (float value : images.toArray()) {
            assertTrue(value >= 0 && value <= 1, "image values must lie in [0, 1], got " + value);
        }
    }
}
