package latent4j.study;

import java.util.List;

/**
 * What came of a study, finished or not.
 *
 * @param study what it was
 * @param results the runs that are done, in the study's order
 * @param note what a reader must know, such as that it was interrupted; empty where there is nothing
 */
public record Studied(Study study, List<StudyResult> results, String note) {

    public Studied {
        results = List.copyOf(results);
    }

    /** Whether no run is missing. */
    public boolean isComplete() {
        return results.size() == study.runs().size();
    }
}
