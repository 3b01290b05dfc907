package latent4j.reproduce;

import latent4j.data.Dataset;
import latent4j.model.Model;
import latent4j.train.Run;
import latent4j.train.Trainer;

/** Trains what a claim is about. */
interface Trials {

    /**
     * @param name of this run, unique among those of a group of claims
     */
    Run train(String name, Trainer trainer, Model model, Dataset data);

    /** As it stands. */
    static Trials whole() {
        return (name, trainer, model, data) -> trainer.watchedBy().fit(model, data);
    }

    /** One epoch of a few records: does it work at all? */
    static Trials tiny() {
        return (name, trainer, model, data) -> {
            var few = new Dataset(
                    data.name(),
                    data.train().head(Math.min(64, data.train().size())),
                    data.test().head(Math.min(64, data.test().size())));
            return Trainer.epochs(1).batch(32).watchedBy().fit(model, few);
        };
    }

    /** The same, each run's file kept. */
    default Trials keptIn(Results results) {
        return (name, trainer, model, data) -> {
            var run = train(name, trainer, model, data);
            results.keep(name, run);
            return run;
        };
    }
}
