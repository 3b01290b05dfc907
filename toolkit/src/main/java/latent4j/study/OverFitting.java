package latent4j.study;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import latent4j.model.VariationalAutoencoder;
import latent4j.train.History.Series;

/**
 * What is better and better on training data gets worse on held-out data. In an autoencoder it shows in the bound, or in the
 * reconstruction where there is none; in a game in D(x), which is higher on training than on held-out records.
 *
 * @param rise it is found where the held-out loss, in nats per example, lies above its own least value by more than this part of it
 *     and more than half a nat, and as far above the training loss, which still fell since. From epoch to epoch held-out losses
 *     of 2,000 records scatter by 0.2 %, and by 0.1 nats where they are near 0, as densities can be
 * @param gap it is found where D(x), a probability, is higher by more than this on training records
 */
public record OverFitting(double rise, double gap) implements Sign {

    private static final double NATS = 0.5;

    public OverFitting() {
        this(0.02, 0.2);
    }

    @Override
    public String name() {
        return "over-fitting";
    }

    @Override
    public Observation look(Patient patient) {
        return Stream.of(VariationalAutoencoder.NEGATIVE_ELBO, "reconstruction")
                .flatMap(name -> both(patient, name, this::loss).stream())
                .findFirst()
                .or(() -> both(patient, "D(x)", this::probability))
                .orElseGet(() -> unseen("nothing comparable was measured on training and on held-out data"));
    }

    private interface Look {
        Observation at(Series training, Series heldOut);
    }

    private static Optional<Observation> both(Patient patient, String name, Look look) {
        var training = patient.history().find(name, false);
        var heldOut = patient.history().find(name, true);
        return training.isPresent() && heldOut.isPresent()
                ? Optional.of(look.at(training.get(), heldOut.get()))
                : Optional.empty();
    }

    private Observation loss(Series training, Series heldOut) {
        int best = 0;
        for (int i = 0; i < heldOut.values().length; i++) {
            best = heldOut.values()[i] < heldOut.values()[best] ? i : best;
        }
        double least = heldOut.values()[best];
        double then = before(training, heldOut.epochs()[best]);
        double now = before(training, heldOut.epochs()[heldOut.epochs().length - 1]);
        var evidence = String.format(
                Locale.ROOT,
                "%s on held-out data %.4g, at best %.4g after epoch %.0f; on training data %.4g then, %.4g now",
                heldOut.name(),
                heldOut.last(),
                least,
                heldOut.epochs()[best],
                then,
                now);
        double margin = Math.max(NATS, rise * Math.abs(least));
        return heldOut.last() - least > margin && heldOut.last() - now > margin && now < then
                ? found(
                        evidence,
                        String.format(
                                Locale.ROOT,
                                "stopping after epoch %.0f, more data, smaller networks, or dropout of what is learned by heart"
                                        + " (a larger β, a penalty on weights: AdamW)",
                                heldOut.epochs()[best]))
                : clear(evidence);
    }

    private Observation probability(Series training, Series heldOut) {
        double end = training.epochs()[training.epochs().length - 1];
        double seen = training.meanSince(end - 1);
        var evidence = String.format(
                Locale.ROOT, "D(x) is %.2f on training records, %.2f on held-out ones", seen, heldOut.last());
        return seen - heldOut.last() > gap
                ? found(
                        evidence + ": the discriminator knows its records by heart",
                        "more data, a smaller discriminator, a gradient penalty (R1Gan), or InstanceNoise")
                : clear(evidence);
    }

    /** The mean of the epoch that ends there. */
    private static double before(Series training, double epoch) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < training.values().length; i++) {
            if (training.epochs()[i] >= epoch - 1 && training.epochs()[i] < epoch) {
                sum += training.values()[i];
                count++;
            }
        }
        return count == 0 ? training.last() : sum / count;
    }
}
