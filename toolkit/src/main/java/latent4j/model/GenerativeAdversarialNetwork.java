package latent4j.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import latent4j.loss.Adversarial;
import latent4j.nn.Net;
import latent4j.tensor.Kernels;
import latent4j.tensor.Records;
import latent4j.tensor.Tape;

/**
 * A generator and a discriminator that play against each other (Goodfellow et al. 2014, algorithm 1 with k = 1):
 * at every batch first the discriminator moves, then the generator. A variant overrides the losses, and where it needs to,
 * what either player minimises besides and how often the generator moves.
 */
public interface GenerativeAdversarialNetwork extends Game {

    /** The name of the discriminator's objective. */
    String DISCRIMINATOR = "discriminator";

    /** The name of the generator's objective. */
    String GENERATOR = "generator";

    /** x to a score, the logit of «this is data»: [batch, shape…] to [batch, 1]. */
    Net discriminator();

    /** G(z) with fresh noise, one sample for each example of the batch: [batch, shape…]. */
    default NDArray generate(Step step) {
        return generator().apply(step.normal(latent()));
    }

    /**
     * D(x), the scores of data or of samples, always by the batch's own statistics: data and samples come in batches of
     * their own. A conditional variant scores x together with the step's labels.
     *
     * @param x [batch, shape…]
     * @return [batch, 1]
     */
    default NDArray score(Step step, NDArray x) {
        return Tape.withBatchStatistics(() -> discriminator().apply(x));
    }

    /** What the discriminator minimises, given its scores of data and of samples. */
    default NDArray discriminatorLoss(NDArray real, NDArray fake) {
        return Adversarial.discriminator(real, fake);
    }

    /** What the generator minimises, given the discriminator's scores of its samples. */
    default NDArray generatorLoss(NDArray fake) {
        return Adversarial.nonSaturating(fake);
    }

    /** The unit of both losses: nats where scores are log-odds of «this is data», else empty. */
    default String unit() {
        return "nats";
    }

    /** Whether a score by itself is the log-odds of the label «this is data», so that its sigmoid is a probability. */
    default boolean scoresAreLogOdds() {
        return unit().equals("nats");
    }

    /** At how many batches the discriminator moves for each at which the generator does: k in algorithm 1. */
    default int discriminatorSteps() {
        return 1;
    }

    /**
     * What the discriminator minimises at one batch, and what is logged beside it.
     *
     * @param samples G(z), cut off from the generator: [batch, shape…]
     */
    default Terms discriminatorTerms(Step step, NDArray samples) {
        var real = score(step, step.data());
        var fake = score(step, samples);
        var terms = Terms.of(discriminatorLoss(real, fake), unit());
        return unit().isEmpty()
                ? terms
                : terms.with("D(x)", meanProbability(real), "probability")
                        .with("D(G(z))", meanProbability(fake), "probability");
    }

    /**
     * What the generator minimises at one batch, and what is logged beside it.
     *
     * @param samples G(z): [batch, shape…]
     */
    default Terms generatorTerms(Step step, NDArray samples) {
        return Terms.of(generatorLoss(score(step, samples)), unit());
    }

    @Override
    default List<Objective> objectives() {
        return List.of(
                Objective.of(
                        DISCRIMINATOR,
                        List.of(discriminator()),
                        step -> discriminatorTerms(step, Tape.stopped(samples(step)))),
                new Objective(
                        GENERATOR,
                        List.of(generator()),
                        discriminatorSteps(),
                        step -> generatorTerms(step, samples(step))));
    }

    /** G(z) as both players see it at one batch, which saves one pass through the generator: [batch, shape…]. */
    default NDArray samples(Step step) {
        return step.shared("samples", () -> generate(step));
    }

    /**
     * This game with stabilisers, which act in this order. Where one changes a network, that starts with fresh weights.
     *
     * @throws IllegalArgumentException with the reason, where one is not defined for this game
     */
    default Stabilised with(Stabiliser... stabilisers) {
        return Stabilised.of(this, List.of(stabilisers));
    }

    /** The same game between other players. */
    default GenerativeAdversarialNetwork withNets(Net generator, Net discriminator) {
        return Records.with(this, Map.of("generator", generator, "discriminator", discriminator));
    }

    private static NDArray meanProbability(NDArray scores) {
        return Tape.unrecorded(() -> Kernels.current().sigmoid(scores).mean());
    }
}
