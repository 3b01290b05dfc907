package latent4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import latent4j.data.Dataset;
import latent4j.data.Samples;
import latent4j.model.Inference;
import latent4j.model.Model;
import latent4j.model.Models;
import latent4j.model.Objective;
import latent4j.model.Schedule;
import latent4j.model.Step;
import latent4j.model.Terms;
import latent4j.model.gan.Gan;
import latent4j.model.vae.Vae;
import latent4j.nn.Adam;
import latent4j.nn.GradientClip;
import latent4j.nn.Linear;
import latent4j.nn.Net;
import latent4j.nn.Network;
import latent4j.nn.Precision;
import latent4j.nn.RmsProp;
import latent4j.nn.Sgd;
import latent4j.tensor.GradientCheck;
import latent4j.tensor.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {

    private static final Shape SHAPE = new Shape(3);

    /** A reader's own model: one network and a loss from a notebook's cell. */
    private record Mine(Net net, BiFunction<Net, Step, NDArray> loss) implements Model {

        static Mine with(BiFunction<Net, Step, NDArray> loss) {
            return new Mine(new Net("net", Network.of(new Linear(3)), SHAPE), loss);
        }

        @Override
        public List<Objective> objectives() {
            return List.of(Objective.of("mine", List.of(net), step -> Terms.of(loss.apply(net, step))));
        }

        @Override
        public Shape shape() {
            return SHAPE;
        }

        @Override
        public Samples draw(int n, long seed) {
            return Samples.of(SHAPE, new Seed(seed).normal(3 * n));
        }
    }

    private static Samples data(int n) {
        return Samples.of(SHAPE, new Seed(1).normal(3 * n));
    }

    private static Trainer trainer() {
        return Trainer.epochs(2).batch(8).watchedBy();
    }

    private static NDArray error(Net net, Step step) {
        return net.apply(step.data()).sub(step.data()).square().mean();
    }

    @Test
    void aReadersLossWithJavaNumbersIsExact() {
        BiFunction<Net, Step, NDArray> halved =
                (net, step) -> error(net, step).mul(0.5).add(3);
        BiFunction<Net, Step, NDArray> collected = (net, step) -> {
            var loss = halved.apply(net, step);
            GradientCheck.collectGarbage();
            return loss;
        };
        var plain = Mine.with(halved);
        trainer().fit(plain, data(40));
        var underCollection = Mine.with(collected);
        trainer().fit(underCollection, data(40));
        assertArrayEquals(
                plain.net().values().get(0), underCollection.net().values().get(0));

        var constants = Mine.with((net, step) -> error(net, step).mul(step.constant(0.5)));
        trainer().fit(constants, data(40));
        assertArrayEquals(constants.net().values().get(0), plain.net().values().get(0), 1e-6f);
    }

    @Test
    void faultsAreNamedBeforeTheFirstStep() {
        var shape = assertThrows(IllegalArgumentException.class, () -> trainer()
                .fit(Mine.with((net, step) -> net.apply(step.data().reshape(6))), data(40)));
        assertTrue(shape.getMessage().startsWith("objective 'mine' fails on 2 records"), shape.getMessage());
        var vector = assertThrows(IllegalArgumentException.class, () -> trainer()
                .fit(Mine.with((net, step) -> net.apply(step.data())), data(40)));
        assertTrue(vector.getMessage().contains("must be one number, got shape (2, 3)"), vector.getMessage());
        var cut = assertThrows(IllegalArgumentException.class, () -> trainer()
                .fit(Mine.with((net, step) -> error(net, step).stopGradient()), data(40)));
        assertTrue(cut.getMessage().contains("moves 'net'"), cut.getMessage());
        var batch = assertThrows(
                IllegalArgumentException.class, () -> trainer().batch(50).fit(Mine.with(TrainerTest::error), data(40)));
        assertEquals("batch must be at most the number of training records, 40, got 50", batch.getMessage());
        var name = assertThrows(
                IllegalArgumentException.class,
                () -> trainer().optimizer("critic", Adam.of(1)).fit(Mine.with(TrainerTest::error), data(40)));
        assertTrue(name.getMessage().contains("'critic'") && name.getMessage().contains("[net]"));
        assertEquals(
                "epochs must be >= 1, got 0",
                assertThrows(IllegalArgumentException.class, () -> Trainer.epochs(0))
                        .getMessage());
    }

    @Test
    void labelsReachTheLoss() {
        var labels = new int[40];
        for (int i = 0; i < 40; i++) {
            labels[i] = i;
        }
        var data = data(40).withLabels(labels);
        var seen = new ArrayList<Integer>();
        var model = Mine.with((net, step) -> {
            var rows = step.labels().toIntArray();
            var x = step.data().toFloatArray();
            for (int i = 0; i < rows.length; i++) {
                assertEquals(data.row(rows[i])[0], x[3 * i]);
                seen.add(rows[i]);
            }
            return error(net, step);
        });
        Trainer.epochs(1).batch(8).watchedBy().fit(model, data);
        // 2 of the sanity pass, then each record once
        assertEquals(40, seen.subList(2, seen.size()).stream().distinct().count());
        var missing =
                assertThrows(IllegalArgumentException.class, () -> trainer().fit(model, data(40)));
        assertTrue(missing.getMessage().contains("needs labels"), missing.getMessage());
    }

    @Test
    void aLossThatDivergesLeavesTheLastGoodWeights() {
        var model = Mine.with((net, step) -> {
            var loss = error(net, step);
            return step.number() == 7 ? loss.div(step.constant(0)) : loss;
        });
        var error = assertThrows(Diverged.class, () -> trainer().fit(model, data(40)));
        assertEquals("mine", error.objective());
        assertEquals(7, error.step());
        assertEquals(1.4, error.epoch(), 1e-9);
        assertEquals(7, error.history().training("mine").values().length);
        assertTrue(error.getMessage().contains("became Infinity at step 7"), error.getMessage());
        for (float weight : model.net().values().get(0)) {
            assertTrue(Float.isFinite(weight));
        }
    }

    /** Two networks: the second one's loss stays finite while its gradient is NaN, so that its weights go bad unseen. */
    private record Pair(Net first, Net second) implements Model {

        @Override
        public List<Objective> objectives() {
            return List.of(
                    Objective.of("first", List.of(first), step -> Terms.of(error(first, step))),
                    Objective.of("second", List.of(second), step -> {
                        var loss = error(second, step);
                        // √(x²) at x = 0 is 0, and its derivative 0/0
                        return Terms.of(
                                step.number() == 150 ? loss.sub(loss).square().sqrt() : loss);
                    }));
        }

        @Override
        public Shape shape() {
            return SHAPE;
        }

        @Override
        public Samples draw(int n, long seed) {
            return Samples.of(SHAPE, new float[3 * n]);
        }
    }

    @Test
    void goodWeightsAreThoseOfAllNetworksAndTrainingCanGoOn() {
        var network = Network.of(new Linear(3));
        var pair = new Pair(new Net("first", network, SHAPE), new Net("second", network, SHAPE));
        var error = assertThrows(
                Diverged.class, () -> Trainer.epochs(50).batch(8).watchedBy().fit(pair, data(40)));
        assertEquals("second", error.objective());
        assertEquals(151, error.step());
        assertTrue(error.getMessage().contains("weights of step 100"), error.getMessage());
        for (var net : pair.nets()) {
            for (float weight : net.values().get(0)) {
                assertTrue(Float.isFinite(weight), net.name());
            }
        }
        var run = Trainer.epochs(2).batch(8).watchedBy().fromItsWeights().fit(pair, data(40));
        assertTrue(Double.isFinite(run.history().training("second").last()));
    }

    @Test
    void aGradientWithoutANormStopsTrainingBeforeItReachesTheWeights() {
        var network = Network.of(new Linear(3));
        var pair = new Pair(new Net("first", network, SHAPE), new Net("second", network, SHAPE));
        var clipped = Trainer.epochs(50).batch(8).clip(GradientClip.byNorm(1)).watchedBy();
        var error = assertThrows(Diverged.class, () -> clipped.fit(pair, data(40)));
        assertEquals("second", error.objective());
        assertEquals("gradient norm", error.term());
        assertEquals(150, error.step());
        assertTrue(error.getMessage().contains("gradient norm of objective 'second' became NaN"), error.getMessage());
        pair.nets().forEach(net -> assertTrue(Float.isFinite(net.values().get(0)[0])));
        var byValue = assertThrows(
                Diverged.class, () -> clipped.clip(GradientClip.byValue(1)).fit(pair, data(40)));
        assertEquals(151, byValue.step(), "the loss says it at the next step");
    }

    /** One objective that moves two networks, each along a known gradient: 3 and 4, or 0.3 and 0.4. */
    private record Slopes(Net first, Net second, double scale) implements Model {

        @Override
        public List<Objective> objectives() {
            return List.of(Objective.of("both", List.of(first, second), step -> {
                var x = step.data().zerosLike();
                var slopes =
                        first.apply(x).mean().mul(3).sub(second.apply(x).mean().mul(4));
                return Terms.of(slopes.mul(scale));
            }));
        }

        @Override
        public Shape shape() {
            return SHAPE;
        }

        @Override
        public Samples draw(int n, long seed) {
            return Samples.of(SHAPE, new float[3 * n]);
        }
    }

    /** How far the two networks' biases go in one step of gradient descent. */
    private static double[] way(GradientClip clip, double scale) {
        var network = Network.of(new Linear(1));
        var model = new Slopes(new Net("first", network, SHAPE), new Net("second", network, SHAPE), scale);
        model.nets().forEach(net -> net.initialise(new Seed(0).child("weights")));
        var before = model.nets().stream().map(net -> net.values().get(1)[0]).toList();
        Trainer.epochs(1).batch(8).optimizer(Sgd.of(1)).clip(clip).watchedBy().fit(model, data(8));
        return new double[] {
            model.first().values().get(1)[0] - before.get(0),
            model.second().values().get(1)[0] - before.get(1)
        };
    }

    @Test
    void theNormIsThatOfAllNetworksWhichAnObjectiveMoves() {
        assertArrayEquals(new double[] {-3, 4}, way(GradientClip.none(), 1), 1e-5);
        assertArrayEquals(new double[] {-0.6, 0.8}, way(GradientClip.byNorm(1), 1), 1e-5);
        assertArrayEquals(new double[] {-0.3, 0.4}, way(GradientClip.byNorm(1), 0.1), 1e-5);
        assertArrayEquals(new double[] {-3, 3.5}, way(GradientClip.byValue(3.5), 1), 1e-5);
        assertArrayEquals(new double[] {-2, 2}, way(GradientClip.byValue(2), 1), 1e-5);
    }

    @Test
    void theNormOfGradientsIsLoggedWhereItIsAskedForAndChangesNothing() {
        var network = Network.of(new Linear(1));
        var model = new Slopes(new Net("first", network, SHAPE), new Net("second", network, SHAPE), 2);
        var measured = trainer().optimizer(Sgd.of(1)).clip(GradientClip.measured());
        var norms = measured.fit(model, data(40)).history().training("gradient norm of both");
        assertEquals(10, norms.last(), 1e-4, "√(6² + 8²)");
        assertArrayEquals(way(GradientClip.none(), 1), way(GradientClip.measured(), 1), 0);
    }

    @Test
    void anAverageIsWhatTheTrainedModelUses(@TempDir Path folder) {
        var data = Samples.of(new Shape(1, 4, 4), new Seed(1).uniform(16 * 64));
        var plain = Gan.small(data.shape());
        var averaged = Gan.small(data.shape());
        var live = new ArrayList<float[]>();
        trainer().fit(plain, data);
        trainer()
                .average("generator", 0.9)
                .watchedBy(new Watcher() {
                    @Override
                    public void epochEnded(Progress progress) {
                        live.add(progress.model().draw(4, 1).toArray());
                    }
                })
                .fit(averaged, data);
        // watching draws, and the average itself, leave the training as it is
        for (int i = 0; i < 2; i++) {
            var expected = plain.nets().get(i).state();
            var found = averaged.nets().get(i).state();
            assertArrayEquals(expected.values().get(0), found.values().get(0));
            assertEquals(
                    averaged.nets().get(i) == averaged.generator(),
                    !found.average().isEmpty());
        }
        assertArrayEquals(live.get(1), averaged.draw(4, 1).toArray());
        assertFalse(
                Arrays.equals(plain.draw(4, 1).toArray(), averaged.draw(4, 1).toArray()));
        averaged.save(folder.resolve("model.zip"));
        assertArrayEquals(
                averaged.draw(4, 1).toArray(),
                ((Gan) Models.load(folder.resolve("model.zip"))).draw(4, 1).toArray());

        trainer().average(0.9).fit(averaged, data);
        averaged.nets().forEach(net -> assertFalse(net.state().average().isEmpty()));
        trainer().fromItsWeights().fit(averaged, data);
        averaged.nets().forEach(net -> assertTrue(net.state().average().isEmpty()));
        var error = assertThrows(
                IllegalArgumentException.class,
                () -> trainer().average("critic", 0.9).fit(averaged, data));
        assertTrue(error.getMessage().startsWith("there is an average for the network 'critic'"), error.getMessage());
        assertThrows(IllegalArgumentException.class, () -> trainer().average(1));
    }

    @Test
    void aWatchersErrorDoesNotHideTheCause() {
        var states = new ArrayList<Progress.State>();
        var watcher = new Watcher() {
            @Override
            public void stepped(Progress progress) {
                throw new IllegalStateException("the watcher's fault");
            }

            @Override
            public void ended(Progress progress) {
                states.add(progress.state());
                throw new IllegalStateException("and again");
            }
        };
        var error = assertThrows(
                IllegalStateException.class,
                () -> trainer().watchedBy(watcher).fit(Mine.with(TrainerTest::error), data(40)));
        assertEquals("the watcher's fault", error.getMessage());
        assertEquals(1, error.getSuppressed().length);
        assertEquals(List.of(Progress.State.DIVERGED), states);
    }

    @Test
    void networksOfOneNameAreRefused() {
        var network = Network.of(new Linear(3));
        var pair = new Pair(new Net("net", network, SHAPE), new Net("net", network, SHAPE));
        var error = assertThrows(IllegalArgumentException.class, () -> trainer().fit(pair, data(40)));
        assertTrue(error.getMessage().contains("[net, net]"), error.getMessage());
    }

    @Test
    void anInterruptLeavesAUsableModelAndItsHistory() {
        var data = data(400);
        var model = Mine.with(TrainerTest::error);
        var ended = new ArrayList<Progress.State>();
        var run = Trainer.epochs(1000)
                .batch(8)
                .watchedBy(new Watcher() {
                    @Override
                    public void stepped(Progress progress) {
                        if (progress.step() == 70) {
                            Thread.currentThread().interrupt();
                        }
                    }

                    @Override
                    public void ended(Progress progress) {
                        ended.add(progress.state());
                    }
                })
                .fit(model, data);
        assertEquals(Progress.State.INTERRUPTED, run.state());
        assertEquals(List.of(Progress.State.INTERRUPTED), ended);
        assertEquals(70, run.history().training("mine").values().length);
        assertFalse(Thread.currentThread().isInterrupted(), "the flag must be taken, or the next cell stops too");
        assertEquals(4, run.model().draw(4, 1).size());
    }

    @Test
    void trainingCanGoOnFromItsWeights() {
        var model = Mine.with(TrainerTest::error);
        var first = trainer().fit(model, data(400)).history().training("mine");
        var second = trainer().fromItsWeights().fit(model, data(400)).history().training("mine");
        assertTrue(second.values()[0] < first.values()[0]);
        var fresh = trainer().fit(model, data(400)).history().training("mine");
        assertEquals(first.values()[0], fresh.values()[0]);
    }

    @Test
    void optimisersGoToTheNetworksThatTheyName() {
        var data = new Dataset(
                "random",
                Samples.of(new Shape(1, 2, 2), new Seed(1).uniform(400)),
                Samples.of(new Shape(1, 2, 2), new Seed(2).uniform(4)));
        var vae = Vae.small(data.shape());
        var tiny = Adam.of(1e-30);
        var before = vae.encoder();
        var run = trainer().optimizer("encoder", tiny).fit(vae, data);
        before.initialise(new Seed(0).child("weights"));
        var start = before.values();
        trainer().optimizer("encoder", tiny).fit(vae, data);
        assertArrayEquals(start.get(0), vae.encoder().values().get(0));
        assertEquals(tiny, run.optimizers().get("encoder"));
        assertEquals(Adam.of(1e-3), run.optimizers().get("decoder"));
        assertTrue(run.toString().contains("encoder 1.0E-30, decoder 0.001"), run.toString());
    }

    @Test
    void everySettingCanBeChangedAlone() throws ReflectiveOperationException {
        var usual = Trainer.epochs(3).watchedBy();
        var changed = List.of(
                Trainer.epochs(4).watchedBy(),
                usual.batch(7),
                usual.seed(7),
                usual.optimizer(Adam.of(7)),
                usual.schedule(Schedule.cosine()),
                usual.clip(GradientClip.byNorm(7)),
                usual.average("net", 0.7),
                usual.precision(Precision.BFLOAT16),
                usual.validateOn(7),
                usual.fromItsWeights(),
                usual.checkpoint(Path.of("checkpoints"), 7),
                usual.watchedBy(new Watcher() {}));
        var components = Trainer.class.getRecordComponents();
        assertEquals(components.length, changed.size(), "this test must change every setting");
        for (int i = 0; i < components.length; i++) {
            for (int j = 0; j < components.length; j++) {
                var accessor = components[j].getAccessor();
                boolean same = accessor.invoke(usual).equals(accessor.invoke(changed.get(i)));
                assertEquals(i != j, same, components[j].getName() + " of " + changed.get(i));
            }
        }
        assertEquals(
                "batch must be >= 1, got 0",
                assertThrows(IllegalArgumentException.class, () -> usual.batch(0))
                        .getMessage());
    }

    @Test
    void theLearningRatesFollowTheScheduleAndAreLogged() {
        var model = Mine.with((net, step) -> {
            // the gradient of the mean over 8 rows and 3 outputs with respect to a bias is 1/3
            return net.apply(step.data()).mean();
        });
        var run =
                trainer().optimizer(Sgd.of(3)).schedule(Schedule.linearDecay()).fit(model, data(40));
        var rates = run.history().training("learning rate");
        assertArrayEquals(new double[] {3, 2.7, 2.4, 2.1, 1.8, 1.5, 1.2, 0.9, 0.6, 0.3}, rates.values(), 1e-12);
        assertArrayEquals(run.history().training("mine").epochs(), rates.epochs());
        model.net().initialise(new Seed(0).child("weights"));
        double start = model.net().values().get(1)[0];
        trainer().optimizer(Sgd.of(3)).schedule(Schedule.linearDecay()).fit(model, data(40));
        assertEquals(
                start - (3 + 2.7 + 2.4 + 2.1 + 1.8 + 1.5 + 1.2 + 0.9 + 0.6 + 0.3) / 3,
                model.net().values().get(1)[0],
                1e-5);

        var constant = trainer().fit(model, data(40)).history();
        assertTrue(constant.find("learning rate", false).isEmpty());
        var network = Network.of(new Linear(3));
        var pair = new Pair(new Net("first", network, SHAPE), new Net("second", network, SHAPE));
        var two = trainer()
                .optimizer("first", Adam.of(0.1))
                .schedule(Schedule.cosine())
                .fit(pair, data(40))
                .history();
        assertEquals(0.1, two.training("learning rate of first").values()[0]);
        assertEquals(1e-3, two.training("learning rate of second").values()[0]);
    }

    @Test
    void aStepLeavesNoArraysBehind() {
        var model = Vae.small(new Shape(1, 4, 4));
        var data = Samples.of(new Shape(1, 4, 4), new Seed(1).uniform(16 * 64));
        Trainer.epochs(1).batch(8).watchedBy().fit(model, data);
        var manager = latent4j.tensor.Compute.current().manager();
        int before = manager.getManagedArrays().size();
        Trainer.epochs(20).batch(8).watchedBy().fit(model, data);
        Trainer.epochs(20)
                .batch(8)
                .optimizer(RmsProp.of(1e-3).weightsWithin(0.5))
                .schedule(Schedule.cosine().warmUp(1))
                .clip(GradientClip.byNorm(1))
                .average(0.99)
                .watchedBy()
                .fit(model, data);
        model.draw(10, 1);
        model.negativeElbo(data, 1);
        Inference.map(data, data.shape(), x -> x.mul(2));
        // Fewer, where the garbage collector has found another test's model meanwhile.
        int after = manager.getManagedArrays().size();
        assertTrue(after <= before, before + " arrays became " + after);
    }

    /** Grey values reach the loss as 0 and 1, other ones in each pass, about as often as they say; the held-out stay grey. */
    @Test
    void recordsCanBeBinarisedAnewEachTime() {
        var grey = new float[3 * 40];
        Arrays.fill(grey, 0.25f);
        var records = Samples.of(SHAPE, grey);
        var seen = new ArrayList<float[]>();
        var model = Mine.with((net, step) -> {
            seen.add(step.data().toFloatArray());
            return error(net, step);
        });
        Trainer.epochs(2).batch(40).seed(3).watchedBy().binarised().fit(model, new Dataset("grey", records, records));
        var binary = seen.stream()
                .filter(values -> IntStream.range(0, values.length).allMatch(i -> values[i] == 0 || values[i] == 1))
                .toList();
        assertTrue(seen.size() > binary.size(), "validation sees what is held out as it is");
        var batches = binary.stream().filter(values -> values.length == 120).toList();
        assertTrue(batches.size() >= 2, batches.size() + " batches");
        assertFalse(Arrays.equals(batches.get(0), batches.get(batches.size() - 1)));
        for (var batch : batches) {
            double ones = IntStream.range(0, 120).mapToDouble(i -> batch[i]).sum();
            assertEquals(30, ones, 20, "of 120 values at 0.25");
        }
        var bad = data(40);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Trainer.epochs(1)
                        .batch(40)
                        .watchedBy()
                        .binarised()
                        .fit(model, bad))
                .getMessage()
                .contains("only values in [0, 1] can be binarised"));
    }

    @Test
    void aThinnedHistoryHoldsTheMeans() {
        var run = Trainer.epochs(2).batch(10).watchedBy().fit(Mine.with(TrainerTest::error), data(100));
        var all = run.history().training("mine");
        var thin = run.thinned(0.5).history().training("mine");
        assertEquals(4, thin.values().length);
        assertArrayEquals(new double[] {0, 0.5, 1, 1.5}, thin.epochs(), 1e-12);
        assertEquals(Arrays.stream(all.values(), 5, 10).average().orElseThrow(), thin.values()[1], 1e-12);
        assertEquals(run.weights(), run.thinned(0.5).weights());
    }
}
