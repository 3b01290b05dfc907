package latent4j.study;

import java.util.Optional;
import latent4j.plot.Figure;
import latent4j.train.Progress;
import tech.tablesaw.api.Table;

/** How far a comparison or a study is. Its text is one line for a terminal. */
public interface Standing {

    /** How many runs are done. */
    int done();

    /** How many there will be. */
    int all();

    /** Runs done, with the parts of those that are going on. */
    double share();

    /** What is known so far; no rows where that is nothing. */
    Table table();

    /** What is known so far as a chart, where it is drawn while runs go on. */
    default Optional<Figure> chart() {
        return Optional.empty();
    }

    /** How far the training is that runs in this process, where one does. */
    default Optional<Progress> training() {
        return Optional.empty();
    }
}
