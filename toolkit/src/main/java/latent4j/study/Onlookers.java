package latent4j.study;

import java.util.function.Supplier;

/** Who looks on when a comparison or a study runs: lines, or in a notebook the live table. */
public final class Onlookers {

    private static volatile Supplier<Onlooker> supplier = Lines::new;

    private Onlookers() {}

    /** From now on each comparison and each study is watched by one of these. */
    public static void install(Supplier<Onlooker> onlookers) {
        supplier = onlookers;
    }

    /** Lines for a terminal. */
    public static Onlooker lines() {
        return new Lines();
    }

    /** An onlooker for one comparison or study. */
    public static Onlooker current() {
        return supplier.get();
    }
}
