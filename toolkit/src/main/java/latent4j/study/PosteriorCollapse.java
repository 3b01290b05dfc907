package latent4j.study;

import java.util.Locale;

/**
 * The posterior is the prior for every record, and the decoder does without the code (Bowman et al. 2016, section 3.1).
 *
 * @param nats it is found where KL(q(z|x) ‖ p(z)), in nats per example, is below this. A code with less than log 2 does not tell
 *     even two kinds of records apart; the ten digits need 2.3 nats, and healthy models on them have 10 to 30
 */
public record PosteriorCollapse(double nats) implements Sign {

    public PosteriorCollapse() {
        this(Math.log(2));
    }

    @Override
    public String name() {
        return "posterior collapse";
    }

    @Override
    public Observation look(Patient patient) {
        if (patient.isYoung()) {
            return tooEarly();
        }
        var kl = patient.level("KL");
        if (kl.isEmpty()) {
            return unseen("the model logs no KL term");
        }
        var evidence = String.format(Locale.ROOT, "KL %.3g nats per example", kl.get());
        return kl.get() < nats
                ? found(
                        evidence + ", less than one bit: the decoder ignores the code",
                        "letting the KL term grow slowly (Annealed), leaving some nats free (FreeBits), a smaller β, or a"
                                + " weaker decoder")
                : clear(evidence);
    }
}
