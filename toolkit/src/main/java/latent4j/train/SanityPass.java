package latent4j.train;

import java.util.List;
import latent4j.data.Samples;
import latent4j.model.Inference;
import latent4j.model.Objective;
import latent4j.model.Step;
import latent4j.model.Terms;
import latent4j.tensor.Kernels;
import latent4j.tensor.Seed;
import latent4j.tensor.Tape;

/** Runs every objective once on two records before training, so that a fault is named before hours are spent. */
final class SanityPass {

    private SanityPass() {}

    static void check(List<Objective> objectives, Samples records, Seed seed) {
        for (var objective : objectives) {
            // Networks behave as in use, so that running statistics stay as they are.
            try (var tape = Tape.probing()) {
                check(objective, terms(objective, records, seed.child("sanity")));
            }
        }
    }

    private static Terms terms(Objective objective, Samples records, Seed seed) {
        int n = Math.min(2, records.size());
        var labels = records.head(n).labels().orElse(null);
        try {
            return objective.loss().apply(new Step(Inference.array(records, 0, n), labels, seed, 0, 0));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "objective '" + objective.name() + "' fails on " + n + " records of shape " + records.shape() + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private static void check(Objective objective, Terms terms) {
        var total = terms.total();
        if (total.size() != 1) {
            throw new IllegalArgumentException("the total of objective '" + objective.name()
                    + "' must be one number, got shape " + total.getShape() + "; take its mean over the batch");
        }
        for (var part : terms.parts().entrySet()) {
            if (part.getValue().value().size() != 1) {
                throw new IllegalArgumentException("part '" + part.getKey() + "' of objective '" + objective.name()
                        + "' must be one number, got shape "
                        + part.getValue().value().getShape());
            }
        }
        for (var net : objective.moves()) {
            boolean reached = false;
            for (boolean depends : Kernels.current().depends(total, net.trainable())) {
                reached |= depends;
            }
            if (!reached) {
                throw new IllegalArgumentException("objective '" + objective.name() + "' moves '" + net.name()
                        + "', but its total does not depend on that network's weights: it would never learn."
                        + " Was the gradient cut (stopGradient, toType, values read into Java)?");
            }
        }
    }
}
