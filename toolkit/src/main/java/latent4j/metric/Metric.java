package latent4j.metric;

import java.util.List;
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
}
