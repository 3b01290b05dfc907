package latent4j.model;

import java.util.List;
import latent4j.loss.Likelihood;
import latent4j.nn.Net;

/** A likelihood with numbers of its own, which a model's bound moves together with the decoder. */
public interface LearnedLikelihood extends Likelihood {

    /** The networks that hold its numbers. */
    List<Net> nets();

    /** What a likelihood learns: nothing, unless it says so. */
    static List<Net> nets(Likelihood likelihood) {
        return likelihood instanceof LearnedLikelihood learned ? learned.nets() : List.of();
    }
}
