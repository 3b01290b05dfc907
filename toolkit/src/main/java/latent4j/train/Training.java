package latent4j.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import latent4j.data.Dataset;
import latent4j.model.Batch;
import latent4j.model.Inference;
import latent4j.model.Model;
import latent4j.model.Objective;
import latent4j.model.Schedule;
import latent4j.model.Step;
import latent4j.model.Terms;
import latent4j.nn.GradientClip;
import latent4j.nn.Net;
import latent4j.nn.Optimizer;
import latent4j.tensor.Compute;
import latent4j.tensor.Kernels;
import latent4j.tensor.OneCall;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;

/** One training while it runs. */
final class Training {

    /** How many batches lie between two copies of good weights. */
    private static final int SNAPSHOT_EVERY = 100;

    private final Trainer trainer;
    private final Model model;
    private final Dataset data;
    private final List<Objective> objectives;
    private final List<Net> nets;
    private final Map<Net, Optimizer> optimizers = new HashMap<>();
    private final Map<String, Double> learningRates = new LinkedHashMap<>();
    private final Seed seed;
    private final int[] labels;
    private final int stepsPerEpoch;
    private final History history = new History();
    private final Speed speed = new Speed();
    private final OneCall oneCall = new OneCall();
    private long step;
    private List<Runnable> goodWeights;
    private long goodStep;
    private String startWeights;
    private double secondsBefore;
    private Path kept;
    private boolean done;

    Training(Trainer trainer, Model model, Dataset data) {
        this.trainer = trainer;
        this.model = model;
        this.data = data;
        objectives = model.objectives();
        nets = model.nets();
        seed = new Seed(trainer.seed());
        labels = data.train().labels().orElse(null);
        stepsPerEpoch = data.train().size() / trainer.batch();
        check();
        nets.forEach(net -> optimizers.put(net, model.optimizer(net, setting(trainer.optimizers(), net))));
        nameLearningRates();
    }

    Run run() {
        trainer.checkpoints().ifPresent(Checkpoints::requireNothingToLose);
        if (trainer.freshWeights()) {
            nets.forEach(net -> net.initialise(seed.child("weights")));
        }
        startWeights = Provenance.hash(nets);
        nets.forEach(this::set);
        return train();
    }

    /** Refuses a run of anything else than this. */
    void requireSame(Run run, Path file) {
        run.provenance().requireSame(provenance(), file);
    }

    /** Goes on from the newest checkpoint. */
    Run resume() {
        var stored = trainer.checkpoints()
                .orElseThrow(() -> new IllegalArgumentException(
                        "this trainer keeps no checkpoints: say where with checkpoint(folder, every)"))
                .require();
        var checkpoint = stored.checkpoint();
        startWeights = checkpoint.provenance().startWeights();
        checkpoint.provenance().requireSame(provenance(), stored.file());
        if (!Machine.current().promisesTheBitsOf(checkpoint.provenance().machine())) {
            System.err.println(
                    "resumed on another machine (" + checkpoint.provenance().machine() + " before, " + Machine.current()
                            + " now): what follows may differ in its last bits");
        }
        for (int i = 0; i < nets.size(); i++) {
            set(nets.get(i));
            nets.get(i).restore(checkpoint.nets().get(i));
        }
        history.addAll(checkpoint.history());
        step = checkpoint.step();
        goodStep = step;
        secondsBefore = checkpoint.seconds();
        kept = stored.file();
        done = checkpoint.state() == Progress.State.FINISHED;
        return train();
    }

    private void set(Net net) {
        net.precision(trainer.precision());
        net.average(setting(trainer.averages(), net).orElse(model.average(net)));
    }

    private Run train() {
        SanityPass.check(objectives, data.train(), seed);
        goodWeights = snapshot();
        Thread.interrupted(); // a stop that came after the last training's last batch is not meant for this one
        try {
            notify(Watcher::started, Progress.State.RUNNING);
            var state = epochs();
            notify(Watcher::ended, state);
            return run(state);
        } catch (RuntimeException | Error e) {
            try {
                notify(Watcher::ended, Progress.State.DIVERGED);
            } catch (RuntimeException another) {
                e.addSuppressed(another);
            }
            throw e;
        } finally {
            oneCall.close();
        }
    }

    private Run run(Progress.State state) {
        double seconds = seconds();
        return new Run(Optional.of(model), provenance(), state, step, seconds, Provenance.hash(nets), history);
    }

    private Provenance provenance() {
        var used = new LinkedHashMap<String, Optimizer>();
        nets.forEach(net -> used.put(net.name(), optimizers.get(net)));
        return Provenance.of(trainer, model, used, data, startWeights);
    }

    private double seconds() {
        return secondsBefore + speed.seconds();
    }

    private Progress.State epochs() {
        int[] order = null;
        while (step < steps()) {
            int epoch = (int) (step / stepsPerEpoch);
            int i = (int) (step % stepsPerEpoch);
            if (order == null || i == 0) {
                order = seed.child("order")
                        .child(epoch)
                        .permutation(data.train().size());
            }
            if (Thread.interrupted()) {
                keep(Progress.State.INTERRUPTED);
                return Progress.State.INTERRUPTED;
            }
            batch(Arrays.copyOfRange(order, i * trainer.batch(), (i + 1) * trainer.batch()));
            step++;
            speed.stepped();
            notify(Watcher::stepped, Progress.State.RUNNING);
            if (step % stepsPerEpoch == 0) {
                validate(epoch + 1);
                notify(Watcher::epochEnded, Progress.State.RUNNING);
            }
            if (step < steps() && isCheckpointDue()) {
                keep(Progress.State.RUNNING);
            }
        }
        if (!done) {
            keep(Progress.State.FINISHED);
        }
        return Progress.State.FINISHED;
    }

    private long steps() {
        return (long) stepsPerEpoch * trainer.epochs();
    }

    private boolean isCheckpointDue() {
        return trainer.checkpoints().isPresent()
                && step % trainer.checkpoints().get().every() == 0;
    }

    /** Writes a checkpoint, where they are wanted. */
    private void keep(Progress.State state) {
        trainer.checkpoints().ifPresent(checkpoints -> {
            var states = nets.stream().map(Net::state).toList();
            kept = checkpoints.write(
                    new Checkpoint(provenance(), step, state, seconds(), states, history.series()), kept);
        });
    }

    private void batch(int[] rows) {
        boolean keep = step >= goodStep + SNAPSHOT_EVERY;
        var before = keep ? snapshot() : null;
        move(rows);
        logLearningRates();
        if (keep) { // every objective was finite at these weights
            goodWeights = before;
            goodStep = step;
        }
    }

    private void move(int[] rows) {
        var due = objectives.stream().filter(o -> step % o.every() == 0).toList();
        var moves = new ArrayList<Move>();
        try (var tape = Tape.training()) {
            var numbers = oneCall.run(
                    due,
                    () -> {
                        moves.clear();
                        var batch = new Batch(() -> array(rows), labels(rows), rows.length);
                        due.forEach(objective -> moves.add(move(objective, batch)));
                        return moves.stream().flatMap(m -> m.scalars().stream()).toList();
                    },
                    () -> moves.forEach(m -> m.objective().moves().forEach(Net::takeBackStep)));
            int from = 0;
            for (var move : moves) {
                int to = from + move.scalars().size();
                log(move, Arrays.copyOfRange(numbers, from, to));
                from = to;
            }
        }
    }

    /** What an objective did in one batch; the norm of its gradients, where that was asked for, comes last. */
    private record Move(Objective objective, Terms terms, List<NDArray> scalars) {}

    private Move move(Objective objective, Batch batch) {
        var noise = seed.child("noise").child(step).child(objectives.indexOf(objective));
        Compute.current().seed(noise);
        var terms = objective.loss().apply(new Step(batch, noise, step, epoch(), trainer.epochs()));
        var scalars = scalars(terms);
        var weights = new ArrayList<NDArray>();
        objective.moves().forEach(net -> weights.addAll(net.trainable()));
        var gradients = Kernels.current().gradients(terms.total(), weights);
        trainer.clip().apply(gradients).ifPresent(scalars::add);
        int from = 0;
        for (var net : objective.moves()) {
            int to = from + net.trainable().size();
            var rule = optimizers.get(net);
            net.step(rule, rule.learningRate() * factor(), gradients.subList(from, to));
            from = to;
        }
        return new Move(objective, terms, scalars);
    }

    private NDArray array(int[] rows) {
        if (trainer.binarise()) {
            var drawn = data.train()
                    .rows(rows)
                    .binarised(seed.child("binarised").child(step).value());
            return Inference.array(drawn, 0, rows.length);
        }
        return latent4j.tensor.Arrays.filled(new Shape(rows.length).addAll(data.shape()), values -> {
            for (int row : rows) {
                data.train().copyRow(row, values);
            }
        });
    }

    private void log(Move move, double[] numbers) {
        var names = new ArrayList<>(names(move.objective(), move.terms()).entrySet());
        for (int i = 0; i < numbers.length; i++) {
            if (!Double.isFinite(numbers[i])) {
                throw diverged(
                        move.objective(), i < names.size() ? names.get(i).getKey() : "gradient norm", numbers[i]);
            }
        }
        for (int i = 0; i < names.size(); i++) {
            history.add(names.get(i).getKey(), names.get(i).getValue(), false, epoch(), numbers[i]);
        }
        if (trainer.clip() instanceof GradientClip.Measured) {
            history.add(History.gradientNorm(move.objective().name()), "", false, epoch(), numbers[names.size()]);
        }
    }

    private Diverged diverged(Objective objective, String term, double value) {
        goodWeights.forEach(Runnable::run);
        return new Diverged(objective.name(), term, value, step, epoch(), goodStep, run(Progress.State.DIVERGED));
    }

    /** Under what names the learning rates are logged that a schedule changes: one where all networks share it. */
    private void nameLearningRates() {
        if (trainer.schedule() instanceof Schedule.Constant) {
            return;
        }
        nets.forEach(net -> learningRates.put(
                "learning rate of " + net.name(), optimizers.get(net).learningRate()));
        if (learningRates.values().stream().distinct().count() == 1) {
            double shared = learningRates.values().iterator().next();
            learningRates.clear();
            learningRates.put("learning rate", shared);
        }
    }

    private void logLearningRates() {
        learningRates.forEach((name, rate) -> history.add(name, "a step", false, epoch(), rate * factor()));
    }

    private double factor() {
        return trainer.schedule().factor(epoch(), trainer.epochs());
    }

    private List<Runnable> snapshot() {
        return nets.stream().map(Net::snapshot).toList();
    }

    private void validate(int epoch) {
        int n = Math.min(trainer.validateOn(), data.test().size());
        if (n == 0) {
            return;
        }
        var heldOut = data.test().head(n);
        var heldOutLabels = heldOut.labels().orElse(null);
        // The same noise at every epoch, so that epochs compare.
        var noise = seed.child("validation");
        for (var objective : objectives) {
            var sums = new LinkedHashMap<String, Double>();
            var units = new HashMap<String, String>();
            Inference.inBatches(n, (from, to) -> {
                var y = heldOutLabels == null ? null : Arrays.copyOfRange(heldOutLabels, from, to);
                var x = Inference.array(heldOut, from, to);
                var batch = new Batch(() -> x, y, to - from);
                var terms = objective.loss().apply(new Step(batch, noise.child(from), step, epoch, trainer.epochs()));
                var numbers = Kernels.current().read(scalars(terms));
                int i = 0;
                for (var name : names(objective, terms).entrySet()) {
                    units.put(name.getKey(), name.getValue());
                    sums.merge(name.getKey(), numbers[i++] * (to - from) / n, Double::sum);
                }
            });
            sums.forEach((name, mean) -> history.add(name, units.get(name), true, epoch, mean));
        }
        model.validate(heldOut, trainer.seed()).forEach((name, value) -> history.add(name, "", true, epoch, value));
    }

    private static Map<String, String> names(Objective objective, Terms terms) {
        var names = new LinkedHashMap<String, String>();
        names.put(objective.name(), terms.unit());
        terms.parts().forEach((name, part) -> names.put(name, part.unit()));
        return names;
    }

    private static List<NDArray> scalars(Terms terms) {
        var scalars = new ArrayList<NDArray>();
        scalars.add(terms.total());
        terms.parts().values().forEach(part -> scalars.add(part.value()));
        return scalars;
    }

    private int[] labels(int[] rows) {
        return labels == null
                ? null
                : Arrays.stream(rows).map(row -> labels[row]).toArray();
    }

    private double epoch() {
        return step / (double) stepsPerEpoch;
    }

    /** What the trainer sets for a network by its name, or for all networks. */
    private static <T> Optional<T> setting(Map<String, T> settings, Net net) {
        return Optional.ofNullable(settings.getOrDefault(net.name(), settings.get("")));
    }

    private void check() {
        trainer.precision().require();
        if (!data.shape().equals(model.shape())) {
            throw new IllegalArgumentException("the model is made for records of shape " + model.shape() + ", but "
                    + data.name() + " holds records of shape " + data.shape());
        }
        if (stepsPerEpoch == 0) {
            throw new IllegalArgumentException("batch must be at most the number of training records, "
                    + data.train().size() + ", got " + trainer.batch());
        }
        var names = nets.stream().map(Net::name).toList();
        if (names.stream().distinct().count() < names.size()) {
            throw new IllegalArgumentException("networks of one model must have different names, got " + names);
        }
        checkNames("an optimiser", trainer.optimizers().keySet(), names);
        checkNames("an average", trainer.averages().keySet(), names);
    }

    private static void checkNames(String setting, Set<String> named, List<String> names) {
        for (var name : named) {
            if (!name.isEmpty() && !names.contains(name)) {
                throw new IllegalArgumentException("there is " + setting + " for the network '" + name
                        + "', but the model's networks are " + names);
            }
        }
    }

    private interface Call {
        void to(Watcher watcher, Progress progress);
    }

    private void notify(Call call, Progress.State state) {
        if (trainer.watchers().isEmpty()) {
            return;
        }
        var progress = new Progress(
                model,
                history,
                (int) (step / stepsPerEpoch),
                trainer.epochs(),
                step,
                steps(),
                seconds(),
                speed.stepsPerSecond(),
                state);
        trainer.watchers().forEach(watcher -> call.to(watcher, progress));
    }
}
