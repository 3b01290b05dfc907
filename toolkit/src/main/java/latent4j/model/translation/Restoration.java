package latent4j.model.translation;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.data.Pairs;
import latent4j.data.Samples;
import latent4j.loss.Bernoulli;
import latent4j.loss.Likelihood;
import latent4j.model.Inference;
import latent4j.model.Objective;
import latent4j.model.Terms;
import latent4j.model.Translator;
import latent4j.nn.Net;

/**
 * Regression of a picture on its view, for super-resolution (Dong et al. 2014, equation 4) and in-painting (Pathak et al.
 * 2016, equation 1): minimises −E log p(y|x) in nats per example. With {@link latent4j.loss.FixedGaussian} that is the
 * papers' squared error over 2σ²; for grey levels near 0 and 1 the Bernoulli likelihood learns faster. What comes out is the
 * mean of all pictures that the view may come from: right on average, and blurred where they differ, which {@link Pix2Pix}
 * is not.
 *
 * @param generator x to the parameters of p(y|x): [batch, c, h, w] to [batch, c, h, w]
 * @param likelihood p(y|x) given the generator's output
 */
public record Restoration(Net generator, Likelihood likelihood) implements Translator {

    /** A U-Net from 16 channels and a Bernoulli likelihood. */
    public static Restoration of(Shape pair) {
        return of(pair, 16, new Bernoulli());
    }

    /** With {@code channels} at the full size, twice and four times as many at half and a quarter of it. */
    public static Restoration of(Shape pair, int channels, Likelihood likelihood) {
        return new Restoration(TranslationNets.regression("generator", Pairs.half(pair), channels), likelihood);
    }

    /** A small one, for tests. */
    public static Restoration small(Shape pair) {
        return of(pair, 4, new Bernoulli());
    }

    @Override
    public List<Objective> objectives() {
        return List.of(Objective.of("−log p(y|x)", List.of(generator), step -> {
            var pair = Pair.of(step);
            return Terms.nats(likelihood
                    .logLikelihood(pair.target(), generator.apply(pair.source()))
                    .mean()
                    .neg());
        }));
    }

    @Override
    public Samples translate(Samples sources, long seed) {
        return Inference.map(sources, source(), x -> likelihood.mean(generator.apply(x)));
    }
}
