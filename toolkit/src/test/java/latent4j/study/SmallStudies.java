package latent4j.study;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import latent4j.data.Dataset;
import latent4j.data.Datasets;
import latent4j.metric.Measure;
import latent4j.metric.Measure.Better;
import latent4j.metric.Metric;
import latent4j.model.Model;
import latent4j.model.vae.BetaVae;
import latent4j.model.vae.Vae;
import latent4j.train.Trainer;

/** Studies whose runs are a matter of milliseconds, of methods that another process can call. */
public final class SmallStudies {

    private SmallStudies() {}

    /** Points on a ring. */
    public static Dataset points() {
        return Datasets.ring(4, 1, 0.1, 60, 0);
    }

    /** A small VAE of points; some whims are thrown, and one ends the process. */
    public static Model vae(Shape shape, double beta, String whim) {
        if (whim.equals("refused")) {
            throw new IllegalArgumentException("this whim is refused");
        } else if (whim.equals("deadly")) {
            Runtime.getRuntime().halt(7);
        }
        return BetaVae.of(Vae.small(shape), beta);
    }

    /** A number that follows from β and the seed: 10β + seed, or with noise 10β + 100·seed·β. */
    public record Known(String name, Better better) implements Metric {

        @Override
        public List<Measure> measure(Model model, Dataset data, long seed) {
            double beta = ((BetaVae) model).beta();
            double value = 10 * beta + (name.equals("noise") ? 100 * seed * beta : seed);
            return List.of(Measure.of(name, value, "nats", better, 2));
        }
    }

    static final Known KNOWN = new Known("known", Better.LOWER);

    /** β 1, 2 and 0.5, from two seeds. */
    static Study study() {
        return Study.of(SmallStudies.class, "vae")
                .on(Call.of(SmallStudies.class, "points"))
                .with("whim", "none")
                .vary("beta", 1, 2, 0.5)
                .trainer(Trainer.epochs(2).batch(20).validateOn(0))
                .seeds(2)
                .measuring(KNOWN);
    }
}
