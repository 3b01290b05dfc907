package latent4j.study;

import java.util.Locale;
import java.util.Optional;
import latent4j.train.Progress;
import tech.tablesaw.api.Table;

/**
 * How far a comparison is.
 *
 * @param soFar what came of the runs that are done
 * @param done how many of them
 * @param all how many there will be
 * @param now what is going on, in words
 * @param training how far the training is that runs now, where one does
 */
public record ComparisonStanding(Compared soFar, int done, int all, String now, Optional<Progress> training)
        implements Standing {

    @Override
    public double share() {
        return done
                + training.map(p -> p.steps() == 0 ? 0 : (double) p.step() / p.steps())
                        .orElse(0.0);
    }

    @Override
    public Table table() {
        return done == 0 ? Table.create("comparison") : soFar.toTable();
    }

    /** One line: {@code run 7 of 60, VAE from seed 1: epoch 3 of 10}. */
    @Override
    public String toString() {
        return done == all && training.isEmpty()
                ? "all " + all + " runs are done"
                : "run " + Math.min(done + 1, all) + " of " + all + ", " + now
                        + training.map(p -> String.format(Locale.ROOT, ": step %,d of %,d", p.step(), p.steps()))
                                .orElse("");
    }
}
