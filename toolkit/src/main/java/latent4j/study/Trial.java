package latent4j.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import latent4j.data.Dataset;
import latent4j.metric.Measure;
import latent4j.metric.Metric;
import latent4j.model.Model;
import latent4j.train.Diverged;
import latent4j.train.Progress;
import latent4j.train.Run;
import latent4j.train.Trainer;

/**
 * One model that is trained from one seed and measured: what comparisons and studies are made of.
 *
 * @param name what the model is called
 * @param model with networks of its own
 * @param data what it learns, and the held-out records that are measured on
 * @param metrics what is measured
 * @param examined whether the doctor looks at it
 */
record Trial(String name, Model model, Dataset data, List<Metric> metrics, boolean examined) {

    private static final Diagnosis NOT_EXAMINED = new Diagnosis(List.of());

    /**
     * Trains the model, or goes on with its training, and measures it.
     *
     * @param finished is called between training and measuring
     * @return nothing where training was interrupted
     */
    Optional<Outcome> trained(Trainer trainer, Runnable finished) {
        try {
            var run = trainer.fitOrResume(model, data);
            if (run.state() == Progress.State.INTERRUPTED) {
                return Optional.empty();
            }
            finished.run();
            return Optional.of(measured(run, Map.of(), examined ? Doctor.examine(run, data) : NOT_EXAMINED));
        } catch (Diverged e) {
            return Optional.of(new Outcome(
                    name,
                    e.run(),
                    Optional.of(e.getMessage()),
                    Map.of(),
                    examined ? Doctor.examine(e, model, data) : NOT_EXAMINED));
        }
    }

    /** Measures the trained model with those metrics of which nothing is known before. */
    Outcome measured(Run run, Map<String, List<Measure>> before, Diagnosis diagnosis) {
        var measures = new LinkedHashMap<String, List<Measure>>();
        before.forEach((metric, found) -> {
            if (!metric.matches(".*@[0-9a-f]+")) { // of an object without a text, which nobody can ask for again
                measures.put(metric, found);
            }
        });
        for (var metric : metrics) {
            if (!measures.containsKey(metric.name())) {
                measures.put(
                        metric.name(), metric.measure(model, data, run.trainer().seed()));
            }
        }
        return new Outcome(name, run, Optional.empty(), measures, diagnosis);
    }
}
