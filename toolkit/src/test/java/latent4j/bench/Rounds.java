package latent4j.bench;

import java.util.ArrayList;
import java.util.List;
import latent4j.tensor.Compute;
import latent4j.train.LogLines;
import latent4j.train.Progress;
import latent4j.train.Watcher;
import latent4j.train.Watchers;

/**
 * Trains in rounds. What is trained is a notebook's cell, handed over as text and run as a notebook runs it. Between two
 * rounds the training thread waits in its watcher, at the end of a step; that time does not count.
 */
public final class Rounds {

    /** Before anything is measured: seconds of training, and how many validations. */
    private static final double WARM_UP = 4;

    private static final int VALIDATIONS = 2;

    private Rounds() {}

    /**
     * @param arguments the cell that makes {@code data}, the cell that trains, the batch, of how many steps a round is a
     *     multiple, and a file for the records as float32
     */
    public static void main(String[] arguments) {
        int batch = Integer.parseInt(arguments[2]);
        int cycle = Integer.parseInt(arguments[3]);
        var cells = new Cells();
        cells.makeData(arguments[0], arguments[4]);

        // An epoch of few steps, so that validations fit into the warm-up.
        var warmUp = new WarmUp();
        Watchers.install(() -> warmUp);
        cells.shorten(10 * batch, Integer.MAX_VALUE);
        cells.run(arguments[1]);
        cells.run("data = whole;");

        Turns.say(
                "{\"ready\": \"%s\", \"parameters\": %d, \"validation_seconds\": %.6f, \"steps_per_epoch\": %s,"
                        + " \"records\": \"%s\"}",
                Compute.current(),
                warmUp.parameters,
                warmUp.validation(),
                cells.value("data.train().size() / " + batch),
                cells.value("data.toString()").replace("\"", ""));
        Watchers.install(() -> new Paced(cycle));
        cells.run(arguments[1]);
        System.exit(0);
    }

    /** Trains until compilers have done their work, and measures what a validation takes. */
    private static final class WarmUp implements Watcher {
        private final List<Double> validations = new ArrayList<>();
        private long parameters;
        private long lastStep;

        @Override
        public void started(Progress progress) {
            parameters = progress.model().nets().stream()
                    .mapToLong(net -> net.parameters())
                    .sum();
        }

        @Override
        public void stepped(Progress progress) {
            lastStep = System.nanoTime();
            if (progress.seconds() > WARM_UP && validations.size() >= VALIDATIONS) {
                Thread.currentThread().interrupt(); // as the stop button does
            }
        }

        @Override
        public void epochEnded(Progress progress) {
            validations.add((System.nanoTime() - lastStep) * 1e-9);
        }

        double validation() {
            return validations.stream().sorted().toList().get(validations.size() / 2);
        }
    }

    /** The usual watcher, and rounds. A round's time leaves out validations, which are counted by their own time. */
    private static final class Paced implements Watcher {
        private final Turns turns = new Turns();
        private final Watcher usual = new LogLines();
        private final int cycle;
        private double asked;
        private long steps;
        private long begun;
        private long validationBegun;

        Paced(int cycle) {
            this.cycle = cycle;
        }

        @Override
        public void started(Progress progress) {
            usual.started(progress);
            await();
        }

        @Override
        public void stepped(Progress progress) {
            usual.stepped(progress);
            steps++;
            double seconds = (System.nanoTime() - begun) * 1e-9;
            if (steps % cycle == 0 && seconds >= asked) {
                double loss = progress.history().series().get(0).last();
                Turns.say("{\"steps\": %d, \"seconds\": %.6f, \"loss\": %.6g}", steps, seconds, loss);
                await();
            }
            validationBegun = System.nanoTime();
        }

        @Override
        public void epochEnded(Progress progress) {
            begun += System.nanoTime() - validationBegun;
            usual.epochEnded(progress);
        }

        @Override
        public void ended(Progress progress) {
            usual.ended(progress);
        }

        private void await() {
            asked = turns.await();
            steps = 0;
            begun = System.nanoTime();
        }
    }
}
