package latent4j.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import latent4j.data.Dataset;
import latent4j.data.Datasets;
import latent4j.model.Model;
import latent4j.model.Schedule;
import latent4j.model.gan.Gan;
import latent4j.model.vae.Vae;
import latent4j.nn.GradientClip;
import latent4j.train.Progress;
import latent4j.train.Run;
import latent4j.train.Trainer;
import latent4j.train.Watcher;

/** A training with checkpoints that somebody kills, and that is then resumed. */
public final class KilledTraining {

    /** Few, so that a kill often falls into the writing of a checkpoint. */
    private static final int EVERY = 3;

    private KilledTraining() {}

    /** What is trained: a VAE, a GAN with batch normalisation, or one whose generator has a moving average of its weights. */
    public enum Kind {
        VAE,
        GAN,
        AVERAGE
    }

    public static Dataset data() {
        return Datasets.digits(300, 40);
    }

    public static Model model(Kind kind, Dataset data) {
        return kind == Kind.VAE ? Vae.mlp(data.shape(), 8) : Gan.convolutional(data.shape(), 6, 4);
    }

    /** Uneven on purpose: checkpoints fall within epochs and on their ends. */
    public static Trainer trainer(Kind kind) {
        var trainer = Trainer.epochs(8).batch(40).seed(11).watchedBy();
        return switch (kind) {
            case VAE -> trainer.schedule(Schedule.cosine().warmUp(1));
            case GAN -> trainer.clip(GradientClip.byNorm(5));
            case AVERAGE -> trainer.average("generator", 0.9).schedule(Schedule.linearDecay());
        };
    }

    public static Trainer trainer(Kind kind, Path folder) {
        return trainer(kind).checkpoint(folder, EVERY);
    }

    /**
     * Trains, or goes on where there is a checkpoint. Prints {@code step N} after each step, and at the end what came of it.
     *
     * @param arguments the kind; the checkpoints' folder, without which nothing is kept; and {@code doomed} for a training that
     *     waits before its last step until it is killed, however late that comes
     */
    public static void main(String[] arguments) throws IOException {
        var kind = Kind.valueOf(arguments[0]);
        var data = data();
        var model = model(kind, data);
        var steps = new Steps(arguments.length > 2 && arguments[2].equals("doomed"));
        if (arguments.length == 1) {
            System.out.println(outcome(trainer(kind).watchedBy(steps).fit(model, data)));
            return;
        }
        var folder = Path.of(arguments[1]);
        var trainer = trainer(kind, folder).watchedBy(steps);
        System.out.println(outcome(hasCheckpoint(folder) ? trainer.resume(model, data) : trainer.fit(model, data)));
    }

    private record Steps(boolean doomed) implements Watcher {

        @Override
        public void started(Progress progress) {
            stepped(progress);
        }

        @Override
        public void stepped(Progress progress) {
            System.out.println("step " + progress.step());
            while (doomed && progress.step() == progress.steps() - 1) {
                LockSupport.park();
            }
        }
    }

    /** All bits of a result, history included, in a line. */
    public static String outcome(Run run) {
        var history = new StringBuilder();
        for (var series : run.history().series()) {
            history.append(series.name()).append(series.unit()).append(series.validation());
            for (int i = 0; i < series.values().length; i++) {
                history.append(' ').append(series.epochs()[i]).append(' ').append(series.values()[i]);
            }
        }
        return "outcome " + run.state() + " " + run.steps() + " steps, networks " + run.weights() + ", history of "
                + run.history().series().size() + " series "
                + Integer.toHexString(history.toString().hashCode());
    }

    private static boolean hasCheckpoint(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (var files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".checkpoint"));
        }
    }
}
