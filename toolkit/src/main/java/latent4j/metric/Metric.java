package latent4j.metric;

import java.util.List;
import java.util.Optional;
import latent4j.data.Dataset;
import latent4j.model.Model;

/** Something to measure of any trained model. */
public interface Metric {

    /**
     * What it finds of a model on the data's held-out records.
     *
     * @param seed decides all that is random in it
     * @return one or more numbers; none where it is not defined, as a likelihood is not of a GAN
     */
    List<Measure> measure(Model model, Dataset data, long seed);

    /**
     * What tells it from other metrics, settings included: files of results say by it what was measured. A record has such a
     * text; what has none is measured anew where a comparison is run again.
     */
    default String name() {
        return toString();
    }

    /**
     * What its numbers are relative to, where models differ in that: the numbers of two models say something about each other
     * only where this is the same. For −log p(x) it is the likelihood, since densities of different kinds have no common
     * scale. Empty where all numbers compare, or the metric is not defined for the model.
     */
    default Optional<String> scale(Model model) {
        return Optional.empty();
    }
}
