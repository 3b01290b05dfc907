package latent4j.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import latent4j.data.Samples;
import latent4j.tensor.Seed;

/**
 * An encoder and a decoder without noise between them: one code z = E(x) for each record. Such codes have no prior. So that
 * the model can draw, a density is fitted to them beside the training; see {@link CodeDensity}.
 */
public interface DeterministicAutoencoder extends ProbabilisticAutoencoder {

    /** The density of the codes, from which draws come. */
    CodeDensity density();

    /** What is minimised, nats per example: −log p(x|E(x)) unless a variant says otherwise. */
    default Terms terms(Step step) {
        return Terms.nats(reconstruction(step.data(), codes(step)));
    }

    /** The name of what is minimised. */
    default String lossName() {
        return "reconstruction";
    }

    /** E(x) of the batch: [batch, latent]. */
    default NDArray codes(Step step) {
        return step.shared("codes", () -> encoder().apply(step.data()));
    }

    @Override
    default List<Objective> objectives() {
        return List.of(
                Objective.of(lossName(), bounded(), this::terms),
                Objective.of(
                        density().net().name(),
                        List.of(density().net()),
                        step -> Terms.nats(density().loss(codes(step)))));
    }

    /** The squared error ‖x − x̂‖² per record, and MMD² between held-out records and as many draws. */
    @Override
    default Map<String, Double> validate(Samples heldOut, long seed) {
        return SquaredError.andDraws(this, heldOut, seed);
    }

    /** {@code n} codes from the density that was fitted to codes of data; the same seed draws the same ones. */
    @Override
    default Samples prior(int n, long seed) {
        return density().draw(n, new Seed(seed).child("prior"));
    }

    @Override
    default Samples encode(Samples x) {
        return Inference.map(x, shape(), encoder()::apply);
    }
}
