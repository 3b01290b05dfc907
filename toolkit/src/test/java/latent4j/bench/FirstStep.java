package latent4j.bench;

import latent4j.data.Datasets;
import latent4j.model.vae.Vae;
import latent4j.train.Progress;
import latent4j.train.Trainer;
import latent4j.train.Watcher;
import latent4j.train.Watchers;

/** A compiled program that says when its first step is done, and ends. */
public final class FirstStep {

    private FirstStep() {}

    /** @param arguments {@code mnist} or {@code digits} */
    public static void main(String[] arguments) {
        Watchers.install(() -> new Watcher() {
            @Override
            public void stepped(Progress progress) {
                Turns.say("{\"steps\": %d}", progress.step());
                Runtime.getRuntime().halt(0);
            }
        });
        var data = arguments[0].equals("mnist") ? Datasets.mnist() : Datasets.digits();
        Trainer.epochs(1000).batch(128).fit(Vae.mlp(data.shape(), 20), data);
    }
}
