package latent4j.study;

import ai.djl.ndarray.types.Shape;
import java.util.Locale;
import java.util.OptionalDouble;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.tensor.Arrays;
import latent4j.tensor.Tape;

/**
 * The discriminator tells data from samples without error, and what it teaches the generator fades (Arjovsky and Bottou 2017,
 * theorem 2.4).
 *
 * @param share it is found where the discriminator's loss, the mean of the last epoch, is below this part of its loss when it
 *     cannot tell (all scores 0). At 0.05 of log 4 both probabilities are 0.966 right; games that go well stay above 0.3
 */
public record DiscriminatorSaturated(double share) implements Sign {

    public DiscriminatorSaturated() {
        this(0.05);
    }

    @Override
    public String name() {
        return "discriminator saturated";
    }

    @Override
    public Observation look(Patient patient) {
        if (patient.isYoung()) {
            return tooEarly();
        }
        var series = patient.history().find(GenerativeAdversarialNetwork.DISCRIMINATOR, false);
        if (series.isEmpty()) {
            return unseen("there is no discriminator");
        }
        var undecided = undecided(patient, series.get().unit());
        if (undecided.isEmpty()) {
            return unseen("this game's loss has no least value that a discriminator could reach");
        }
        double loss = series.get().meanSince(patient.epochs() - 1);
        var evidence = String.format(
                Locale.ROOT,
                "the discriminator's loss is %.3g, where it is %.3g when it cannot tell",
                loss,
                undecided.getAsDouble());
        return loss < share * undecided.getAsDouble()
                ? found(
                        evidence,
                        "a smaller learning rate for the discriminator, InstanceNoise, SpectralNormalisation, a gradient"
                                + " penalty (R1Gan, WassersteinGradientPenalty), or fewer discriminator steps")
                : clear(evidence);
    }

    private static OptionalDouble undecided(Patient patient, String unit) {
        if (patient.model() instanceof GenerativeAdversarialNetwork gan) {
            try (var tape = Tape.evaluation()) {
                var scores = Arrays.of(new float[2], new Shape(2, 1));
                double loss = gan.discriminatorLoss(scores, scores).getFloat();
                return loss > 0 ? OptionalDouble.of(loss) : OptionalDouble.empty();
            }
        }
        return unit.equals("nats") ? OptionalDouble.of(Math.log(4)) : OptionalDouble.empty();
    }
}
