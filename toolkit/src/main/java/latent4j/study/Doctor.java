package latent4j.study;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import latent4j.data.Dataset;
import latent4j.model.Model;
import latent4j.train.Diverged;
import latent4j.train.History;
import latent4j.train.Progress;
import latent4j.train.Run;
import latent4j.train.Watcher;

/**
 * Says in plain words what is wrong with a training, and what to try next:
 *
 * <pre>{@code
 * var run = Trainer.epochs(10).clip(GradientClip.measured()).fit(vae, digits);
 * show(Doctor.examine(run, digits));
 * Trainer.epochs(10).alsoWatchedBy(Doctor.watching(digits)).fit(gan, digits);   // during the training
 * }</pre>
 *
 * <p>It looks for {@linkplain PosteriorCollapse posterior collapse}, a {@linkplain PriorHole prior hole}, a {@linkplain
 * DiscriminatorSaturated saturated discriminator}, {@linkplain ModeCollapse mode collapse}, {@linkplain ExplodingGradients
 * exploding} and {@linkplain VanishingGradients vanishing} gradients, {@linkplain NotANumber where a NaN began}, and {@linkplain
 * OverFitting over-fitting}. A second opinion takes a second or two.
 *
 * @param signs what it looks for
 */
public record Doctor(List<Sign> signs) {

    public Doctor {
        signs = List.copyOf(signs);
    }

    /** One that looks for all that it knows, with the usual thresholds. */
    public Doctor() {
        this(List.of(
                new NotANumber(),
                new ExplodingGradients(),
                new VanishingGradients(),
                new PosteriorCollapse(),
                new PriorHole(),
                new DiscriminatorSaturated(),
                new ModeCollapse(),
                new OverFitting()));
    }

    /** What is wrong with a training that ended. */
    public static Diagnosis examine(Run run, Dataset data) {
        return new Doctor().look(run.model(), data, run.history(), Optional.empty());
    }

    /** What was wrong with a training that broke off. */
    public static Diagnosis examine(Diverged diverged, Model model, Dataset data) {
        return new Doctor().look(model, data, diverged.history(), Optional.of(diverged));
    }

    /** What is wrong with a model, given what was measured while it trained. */
    public Diagnosis look(Model model, Dataset data, History history, Optional<Diverged> diverged) {
        var patient = new Patient(model, data, history, diverged);
        return new Diagnosis(signs.stream().map(sign -> sign.look(patient)).toList());
    }

    /**
     * One that looks on while a model trains on these data: at the end of an epoch, and so seldom that it takes at most a
     * twentieth of the time. It prints what it saw twice running, once; and at the end all that is wrong.
     */
    public static Watcher watching(Dataset data) {
        return watching(data, 0.05);
    }

    /** @param share how much of the training's time it may take */
    static Watcher watching(Dataset data, double share) {
        return new Rounds(new Doctor(), data, share);
    }

    private static final class Rounds implements Watcher {

        private final Doctor doctor;
        private final Dataset data;
        private final double share;
        private final Set<String> told = new HashSet<>();
        private Set<String> suspected = Set.of();
        private double spent;
        private double cost;

        Rounds(Doctor doctor, Dataset data, double share) {
            this.doctor = doctor;
            this.data = data;
            this.share = share;
        }

        @Override
        public void started(Progress progress) {
            told.clear();
            suspected = Set.of();
            spent = 0;
            cost = 0;
        }

        @Override
        public void epochEnded(Progress progress) {
            if (progress.epoch() < progress.epochs() && spent + cost <= share * progress.seconds()) {
                var found = look(progress).findings();
                for (var finding : found) {
                    if (suspected.contains(finding.sign()) && told.add(finding.sign())) {
                        System.out.println("The doctor, after epoch " + progress.epoch() + ": " + finding.sign() + ": "
                                + finding.evidence() + ". Try: " + finding.advice() + ".");
                    }
                }
                suspected = found.stream().map(Observation::sign).collect(Collectors.toSet());
            }
        }

        @Override
        public void ended(Progress progress) {
            System.out.println(look(progress));
        }

        private Diagnosis look(Progress progress) {
            long start = System.nanoTime();
            var diagnosis = doctor.look(progress.model(), data, progress.history(), Optional.empty());
            cost = (System.nanoTime() - start) / 1e9;
            spent += cost;
            return diagnosis;
        }
    }
}
