package latent4j.metric;

import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs Tribuo without its reports of every tree and every thousand steps on the error stream. */
final class Quietly {

    private static final Logger TRIBUO = Logger.getLogger("org.tribuo"); // held, or the setting is lost with the logger

    private Quietly() {}

    static <T> T run(Supplier<T> work) {
        var level = TRIBUO.getLevel();
        TRIBUO.setLevel(Level.WARNING);
        try {
            return work.get();
        } finally {
            TRIBUO.setLevel(level);
        }
    }
}
