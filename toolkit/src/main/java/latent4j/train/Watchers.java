package latent4j.train;

import java.util.function.Supplier;

/** Who looks on where a trainer names nobody: log lines in a terminal, a live chart in a notebook. */
public final class Watchers {

    private static volatile Supplier<Watcher> usual = () -> new Watcher() {};

    private Watchers() {}

    /** Makes this the usual looker-on. */
    public static void install(Supplier<Watcher> watcher) {
        usual = watcher;
    }

    /** The usual looker-on. */
    public static Watcher current() {
        return usual.get();
    }
}
